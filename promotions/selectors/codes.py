"""A coupon's codes and batches, with what became of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from promotions.enums import UseState
from promotions.models import CodeBatch, Coupon, CouponCode, CouponUse


@dataclass(frozen=True)
class Counts:
    """How many codes there are, and how many of them have been used, are reserved, are refused."""

    made: int = 0
    used: int = 0
    held: int = 0
    disabled: int = 0


@dataclass(frozen=True)
class BatchLine:
    """A batch with its counts; without one, codes that guests uncovered or a file brought."""

    batch: CodeBatch | None
    counts: Counts

    @property
    def is_coming(self) -> bool:
        """Whether codes of it are still being made."""
        batch = self.batch
        return bool(batch and not batch.disabled_at and self.counts.made < batch.count)


def codes_of(coupon: Coupon, *, at: datetime) -> "QuerySet[Any]":
    """Return a coupon's codes, each with whether it has been used and whether it is reserved."""
    uses = CouponUse.objects.filter(coupon_id=coupon.pk, code_id=OuterRef("pk")).order_by()
    return CouponCode.objects.filter(coupon_id=coupon.pk).annotate(
        is_used=Exists(uses.filter(state=UseState.SPENT)),
        is_held=Exists(uses.filter(state=UseState.HELD, expires_at__gt=at)),
    )


def batch_lines(coupon: Coupon, *, at: datetime) -> list[BatchLine]:
    """Return a coupon's batches, the latest first; then the codes that are of none. Two queries."""
    counts = dict(_counts(codes_of(coupon, at=at)))
    batches = CodeBatch.objects.filter(coupon_id=coupon.pk).order_by("-created_at", "-pk")
    lines = [BatchLine(each, counts.pop(each.pk, Counts())) for each in batches]
    return [*lines, *(BatchLine(None, each) for each in counts.values())]


def batch_line(batch: CodeBatch, coupon: Coupon, *, at: datetime) -> BatchLine:
    """Return one batch with its counts."""
    counts = dict(_counts(codes_of(coupon, at=at).filter(batch_id=batch.pk)))
    return BatchLine(batch, counts.get(batch.pk, Counts()))


def _counts(codes: "QuerySet[Any]") -> Iterable[tuple[UUID | None, Counts]]:
    rows = (
        codes.order_by()
        .values_list("batch_id")
        .annotate(
            made=Count("pk"),
            used=Count("pk", filter=Q(is_used=True)),
            held=Count("pk", filter=Q(is_held=True)),
            disabled=Count("pk", filter=Q(disabled_at__isnull=False)),
        )
    )
    for batch_id, *numbers in rows:
        yield batch_id, Counts(*numbers)
