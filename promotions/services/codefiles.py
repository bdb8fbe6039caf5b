"""Codes that leave in a file, and those that come with one: all of them, or none."""

from collections.abc import Iterator
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from promotions.codefiles import lines
from promotions.codefiles.cells import BOM, written
from promotions.codefiles.lines import COLUMNS, Line, cells_of
from promotions.codefiles.reading import MOST_TOLD, CodeFile, Wrong
from promotions.models import CodeBatch, Coupon, CouponCode
from promotions.rules.codes import display
from tenancy import audit
from tenancy.models import User

CHUNK = 2_000


class Refused(Exception):
    """Nothing was taken of a file: `wrong` says why."""

    def __init__(self, wrong: list[Wrong]) -> None:
        super().__init__(f"{len(wrong)} problems")
        self.wrong = wrong


def export(
    *, coupon: Coupon, batch: CodeBatch | None = None, zone: ZoneInfo, actor: User
) -> Iterator[str]:
    """Write down who takes codes along; return the file bit by bit, in the order of its codes.

    Personal codes stay: without their person they would be anybody's.
    """
    audit.record("promotions.codes.export", batch or coupon, actor=actor)
    return _export(coupon, batch, zone)


def bring(*, coupon: Coupon, found: CodeFile, actor: User) -> int:
    """Keep all codes of a file for a coupon, and return how many. Raises `Refused`."""
    if wrong := [*found.wrong, *_taken(found)][:MOST_TOLD]:
        raise Refused(wrong)
    try:
        with transaction.atomic():
            batches = _batches(coupon, found)
            CouponCode.objects.bulk_create(
                [_row(coupon, line, batches) for line in found.lines.values()], batch_size=CHUNK
            )
            data = {"count": len(found.lines)}
            audit.record("promotions.codes.import", coupon, actor=actor, data=data)
    except IntegrityError:  # somebody has made one of them meanwhile
        raise Refused(_taken(found)[:MOST_TOLD]) from None
    return len(found.lines)


def _export(coupon: Coupon, batch: CodeBatch | None, zone: ZoneInfo) -> Iterator[str]:
    yield BOM + written(COLUMNS)
    batches = CodeBatch.objects.filter(coupon_id=coupon.pk)
    labels: dict[UUID | None, str] = {each.pk: each.label for each in batches}
    codes = CouponCode.objects.filter(coupon_id=coupon.pk, subject_id=None).order_by("code")
    if batch is not None:
        codes = codes.filter(batch_id=batch.pk)
    after = ""
    while rows := list(codes.filter(code__gt=after)[:CHUNK]):
        yield "".join(_written(row, labels, coupon.prefix, zone) for row in rows)
        after = rows[-1].code


def _written(row: CouponCode, labels: dict[UUID | None, str], prefix: str, zone: ZoneInfo) -> str:
    line = Line(
        code=row.code,
        batch=labels.get(row.batch_id, ""),
        tags=row.tags,
        ends_at=row.ends_at,
        created_at=row.created_at,
        revealed_at=row.revealed_at,
        disabled_at=row.disabled_at,
    )
    return written(cells_of(line, display(row.code, prefix), zone))


def _taken(found: CodeFile) -> list[Wrong]:
    """Return the lines whose codes the company has already, whichever coupon's they are."""
    numbers = {line.code: number for number, line in found.lines.items()}
    codes, taken = list(numbers), set[str]()
    for start in range(0, len(codes), CHUNK):
        known = CouponCode.objects.filter(code__in=codes[start : start + CHUNK])
        taken.update(known.values_list("code", flat=True))
    text = _("Este código já existe.")
    return [Wrong(numbers[code], lines.CODE, text) for code in codes if code in taken]


def _batches(coupon: Coupon, found: CodeFile) -> dict[str, CodeBatch]:
    """Make a batch for each name that lines have."""
    counts: dict[str, int] = {}
    for line in found.lines.values():
        if line.batch:
            counts[line.batch] = counts.get(line.batch, 0) + 1
    made = [
        CodeBatch(coupon_id=coupon.pk, label=label, count=count) for label, count in counts.items()
    ]
    return {each.label: each for each in CodeBatch.objects.bulk_create(made)}


def _row(coupon: Coupon, line: Line, batches: dict[str, CodeBatch]) -> CouponCode:
    batch = batches.get(line.batch)
    return CouponCode(
        coupon_id=coupon.pk,
        batch_id=batch.pk if batch else None,
        code=line.code,
        tags=line.tags,
        ends_at=line.ends_at,
        created_at=line.created_at or timezone.now(),
        revealed_at=line.revealed_at,
        disabled_at=line.disabled_at,
    )
