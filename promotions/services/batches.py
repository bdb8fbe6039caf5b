"""Codes that are one for each person: made in batches, made for somebody, taken out of use."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from promotions.models import CodeBatch, Coupon, CouponCode
from promotions.policies import POLICIES
from promotions.rules.codes import generate, symbols_for
from promotions.services.persons import USUAL
from tenancy import audit
from tenancy.models import User

CHUNK = 1_000
AT_ONCE = 500
"""So many are made while whoever asks for them waits; more are a worker's."""
MOST = 100_000


@dataclass(frozen=True)
class Wish:
    """What codes are to be made. `label` and `tags` are for the staff, `ends_at` is the codes'."""

    count: int
    label: str
    tags: str = ""
    ends_at: datetime | None = None


def issue(*, coupon: Coupon, wish: Wish, actor: User | None = None) -> CodeBatch:
    """Make a batch of codes at once, however many."""
    batch = _begin(coupon, wish, actor)
    issue_missing(batch.pk)
    return batch


def order(*, coupon: Coupon, wish: Wish, actor: User) -> CodeBatch:
    """Make a batch of codes: at once if there are few, else a worker does."""
    from promotions.tasks import issue_codes  # noqa: PLC0415 (tasks import services)

    if wish.count <= AT_ONCE:
        return issue(coupon=coupon, wish=wish, actor=actor)
    batch = _begin(coupon, wish, actor)
    transaction.on_commit(partial(issue_codes.delay, str(batch.pk)))
    return batch


def issue_missing(batch_id: UUID) -> None:
    """Make what a batch still lacks; whoever else does so at the same time makes none too many."""
    batch = CodeBatch.objects.filter(pk=batch_id).first()
    if batch is None:
        return
    symbols = symbols_for(CouponCode.objects.count() + batch.count)
    while _issue_some(batch, symbols):
        pass


@sensitive_variables("holder")
def issue_personal(*, coupon: Coupon, holder: str, wish: Wish, actor: User) -> CouponCode:
    """Make a code that only one person may use, whom the vault knows; nothing else keeps them.

    Raises `InvalidIdentifier`.
    """
    subject_id = POLICIES[coupon.identifier or USUAL].subject(holder)
    with transaction.atomic():
        batch = issue(coupon=coupon, wish=wish, actor=actor)
        code: CouponCode = CouponCode.objects.get(coupon_id=coupon.pk, batch_id=batch.pk)
        code.subject_id = subject_id
        code.save(update_fields=["subject_id"])
    return code


@transaction.atomic
def disable(batch: CodeBatch, *, at: datetime, actor: User) -> int:
    """Refuse a batch's codes from now on; return how many still held. Again changes nothing."""
    CodeBatch.objects.filter(pk=batch.pk, disabled_at=None).update(disabled_at=at)
    codes = CouponCode.objects.filter(coupon_id=batch.coupon_id, batch_id=batch.pk)
    count: int = codes.filter(disabled_at=None).update(disabled_at=at)
    audit.record("promotions.codes.disable", batch, actor=actor, data={"count": count})
    return count


@transaction.atomic
def disable_code(code: CouponCode, *, at: datetime, actor: User) -> None:
    """Refuse one code from now on. Again changes nothing."""
    if CouponCode.objects.filter(pk=code.pk, disabled_at=None).update(disabled_at=at):
        audit.record("promotions.code.disable", code, actor=actor)


@transaction.atomic
def _begin(coupon: Coupon, wish: Wish, actor: User | None) -> CodeBatch:
    batch: CodeBatch = CodeBatch.objects.create(
        coupon_id=coupon.pk,
        label=wish.label,
        count=wish.count,
        tags=wish.tags,
        ends_at=wish.ends_at,
    )
    audit.record("promotions.codes.issue", batch, actor=actor, data={"count": wish.count})
    return batch


@transaction.atomic
def _issue_some(known: CodeBatch, symbols: int) -> bool:
    """Make some of the codes that a batch lacks; False if it lacks none, or is disabled."""
    batch = CodeBatch.objects.select_for_update().get(pk=known.pk)
    made = CouponCode.objects.filter(coupon_id=batch.coupon_id, batch_id=batch.pk).count()
    missing = min(batch.count - made, CHUNK)
    if batch.disabled_at or missing <= 0:
        return False
    prefix = Coupon.objects.values_list("prefix", flat=True).get(pk=batch.coupon_id)
    new = {generate(prefix, symbols) for _number in range(missing)}
    CouponCode.objects.bulk_create(
        [
            CouponCode(
                coupon_id=batch.coupon_id,
                batch_id=batch.pk,
                code=code,
                tags=batch.tags,
                ends_at=batch.ends_at,
            )
            for code in new
        ],
        ignore_conflicts=True,  # one that exists already is drawn again
    )
    return True
