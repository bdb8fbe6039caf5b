"""Decisions about promotions and coupons, on plain values: instants come in as arguments."""
