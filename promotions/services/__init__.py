"""What can be done with a coupon, one verb each."""
