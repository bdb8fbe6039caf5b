"""How many reviews came in each month, and what they gave on average."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Avg, Count, Q
from django.db.models.functions import TruncMonth
from django.utils.timezone import localtime

from reviews.enums import Erasure
from reviews.models import Location, Review

MONTHS = 24
HEIGHT, WIDTH = 100.0, 20


@dataclass(frozen=True)
class Month:
    """A month's reviews: `x` and `height` are where its bar is drawn, `y` its average."""

    first: date
    count: int
    average: float | None
    x: int
    top: float
    height: float
    y: float | None


@dataclass(frozen=True)
class Statistics:
    """A location's last months, and how the stars are shared out; `line` joins the averages."""

    location: Location
    months: tuple[Month, ...]
    stars: tuple[tuple[int, int], ...]
    total: int
    answered: int
    line: str
    most: int
    """Reviews of the month with most of them: where bars end."""

    @property
    def last(self) -> Month:
        """The month that goes on."""
        return self.months[-1]


def statistics(location: Location, *, at: datetime) -> Statistics:
    """Return what the last two years' reviews come to: those that are not gone."""
    rows = Review.objects.filter(location=location, stars__gt=0).exclude(erasure=Erasure.GONE)
    by_month = {
        found["month"].date(): found
        for found in rows.annotate(month=TruncMonth("written_at"))
        .values("month")
        .annotate(count=Count("pk"), average=Avg("stars"))
        .order_by("month")
    }
    most: int = max((found["count"] for found in by_month.values()), default=0) or 1
    months = tuple(
        month_of(first, number, by_month.get(first), most)
        for number, first in enumerate(last_months(localtime(at).date()))
    )
    sums = rows.aggregate(
        total=Count("pk"),
        answered=Count("pk", filter=~Q(reply_at=None)),
        **{f"stars_{each}": Count("pk", filter=Q(stars=each)) for each in range(1, 6)},
    )
    return Statistics(
        location=location,
        months=months,
        stars=tuple((each, sums[f"stars_{each}"]) for each in range(5, 0, -1)),
        total=sums["total"],
        answered=sums["answered"],
        most=most,
        line=" ".join(f"{each.x + WIDTH // 2},{each.y}" for each in months if each.y is not None),
    )


def month_of(first: date, number: int, found: dict[str, float] | None, most: int) -> Month:
    """Return a month with where it is drawn: counts from the bottom, averages from 1 to 5."""
    count = int(found["count"]) if found else 0
    average = float(found["average"]) if found else None
    height = round(HEIGHT * count / most, 1)
    y = None if average is None else round(HEIGHT * (5 - average) / 4, 1)
    return Month(first, count, average, number * WIDTH, round(HEIGHT - height, 1), height, y)


def last_months(day: date) -> Iterator[date]:
    """Yield the first days of the last months, the oldest first."""
    last = day.year * 12 + day.month - 1
    for number in range(last - MONTHS + 1, last + 1):
        yield date(number // 12, number % 12 + 1, 1)
