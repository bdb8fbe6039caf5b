"""The one code that a coupon has for everybody, kept so that it is found."""

from django.db import transaction
from django.utils import timezone

from promotions.enums import CouponKind
from promotions.models import Coupon, CouponCode
from promotions.rules.codes import normalise


class CodeTaken(Exception):
    """A code is another coupon's already."""


@transaction.atomic
def keep_single_code(*, coupon: Coupon) -> None:
    """Have a coupon's one code be found, as it is published, and none that it had before.

    Raises `CodeTaken`. A coupon with a code for each person is left alone.
    """
    if coupon.kind != CouponKind.SINGLE:
        return
    code = normalise(coupon.code)
    row, _is_new = CouponCode.objects.get_or_create(code=code, defaults={"coupon_id": coupon.pk})
    if row.coupon_id != coupon.pk:
        raise CodeTaken(code)
    CouponCode.objects.filter(pk=row.pk, disabled_at__isnull=False).update(disabled_at=None)
    former = CouponCode.objects.filter(coupon_id=coupon.pk, disabled_at__isnull=True)
    former.exclude(pk=row.pk).update(disabled_at=timezone.now())


def is_taken(*, code: str, coupon: Coupon) -> bool:
    """Return whether a code is another coupon's, or is to be when that is published."""
    wanted = normalise(code)
    if CouponCode.objects.filter(code=wanted).exclude(coupon_id=coupon.pk).exists():
        return True
    others = Coupon.objects.exclude(pk=coupon.pk).filter(kind=CouponKind.SINGLE)
    drafts = others.values_list("code", "latest_revision__content__code")
    return any(wanted == normalise(each or "") for both in drafts for each in both)
