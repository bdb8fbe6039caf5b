"""Decisions about promotions and coupons, on plain values: instants come in as arguments.

`spans` and `windows` say when a promotion is in force, `eligibility` why one does not hold,
`effects` what it takes off a price, `stacking` which are applied together, `limits` what a use of a
coupon takes, `codes` how codes are written and made. docs/promotions.md explains them.
"""
