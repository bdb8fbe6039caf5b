"""The admin's screens for coupons' codes: batches, files, QR codes, sheets to print."""
