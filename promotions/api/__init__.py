"""What the API does with promotions and coupons."""

from ninja import Router

from promotions.api import bookings, coupons, promotions, reveals

router = Router()
router.add_router("", coupons.router)
router.add_router("", reveals.router)
router.add_router("", bookings.router)
router.add_router("", promotions.router)

__all__ = ["router"]
