"""Codes of coupons: made, kept and taken out of use."""

from django.db import transaction
from django.utils import timezone

from promotions.enums import CouponKind
from promotions.models import CodeBatch, Coupon, CouponCode
from promotions.rules.codes import generate, normalise
from tenancy import audit
from tenancy.models import User


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


@transaction.atomic
def issue(
    *, coupon: Coupon, count: int, label: str, tags: str = "", actor: User | None = None
) -> CodeBatch:
    """Make codes of a coupon, each for one person, and return their batch."""
    batch: CodeBatch = CodeBatch.objects.create(coupon_id=coupon.pk, label=label, count=count)
    missing = count
    while missing:
        new = {generate(coupon.prefix) for _number in range(missing)}
        CouponCode.objects.bulk_create(
            [
                CouponCode(coupon_id=coupon.pk, batch_id=batch.pk, code=code, tags=tags)
                for code in new
            ],
            ignore_conflicts=True,  # one that exists already is drawn again
        )
        missing = count - CouponCode.objects.filter(batch_id=batch.pk).count()
    audit.record("promotions.codes.issue", batch, actor=actor, data={"count": count})
    return batch


def is_taken(*, code: str, coupon: Coupon) -> bool:
    """Return whether a code is another coupon's."""
    return bool(
        CouponCode.objects.filter(code=normalise(code)).exclude(coupon_id=coupon.pk).exists()
    )
