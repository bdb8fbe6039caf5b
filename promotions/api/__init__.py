"""What the API does with promotions and coupons."""

from ninja import Router

from promotions.api import coupons, promotions

router = Router()
router.add_router("", coupons.router)
router.add_router("", promotions.router)

__all__ = ["router"]
