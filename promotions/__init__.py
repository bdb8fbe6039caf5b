"""Offers: promotion pages, coupons and their redemptions."""
