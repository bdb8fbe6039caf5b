"""The calendar of promotions, and what does not fit together in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.permission_policies import ModelPermissionPolicy

from promotions.models import Coupon, PromotionRule
from promotions.pages import PromotionPage
from promotions.rules.agenda import WHOLE_DAY, Shift, month_of, shifts, week_of
from promotions.rules.lints import Problem, problems
from promotions.selectors.overview import Entry, Overview, Place, entries, overview, places
from promotions.sentences import benefit_text, lint_text
from tenancy.screens import Screen
from theme.previews.rules import YEARS

WEEK, MONTH = "week", "month"
SPANS = {WEEK: week_of, MONTH: month_of}


class PromotionsView(Screen):
    """A screen for those who write promotions."""

    permission_policy = ModelPermissionPolicy(PromotionRule)
    any_permission_required: ClassVar[list[str]] = ["add", "change", "delete"]


@dataclass(frozen=True)
class Cell:
    """A day of a promotion."""

    day: date
    shifts: tuple[Shift, ...]

    @property
    def is_whole(self) -> bool:
        return self.shifts == (WHOLE_DAY,)


@dataclass(frozen=True)
class Row:
    """A promotion in the days that are drawn."""

    entry: Entry
    gives: str
    cells: list[Cell]


@dataclass(frozen=True)
class Sheet:
    """A property in the days that are drawn, with the names of its holidays."""

    place: Place
    days: list[tuple[date, str]]
    rows: list[Row]


class CalendarView(PromotionsView):
    """What runs when, and where: a week, or a month, of each property."""

    page_title = _("Calendário de promoções")
    header_icon = "date"
    template_name = "promotions/calendar.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the sheets, and the ways to other days."""
        found = places(language=get_language())
        span, with_drafts = self._asked(), self.request.GET.get("drafts") == "1"
        today = found[0].calendar.local(timezone.now()).date() if found else timezone.localdate()
        first, count = SPANS[span](self._day(today))
        days = [first + timedelta(days=number) for number in range(count)]
        rules = entries(with_drafts=with_drafts)
        return {
            **super().get_context_data(**kwargs),
            "span": span,
            "is_month": span == MONTH,
            "with_drafts": with_drafts,
            "today": today,
            "first": first,
            "last": days[-1],
            "sheets": [sheet(place, rules, days) for place in found],
            "links": self._links(span, first, count, with_drafts=with_drafts),
        }

    def _asked(self) -> str:
        asked = self.request.GET.get("span", WEEK)
        return asked if asked in SPANS else WEEK

    def _day(self, today: date) -> date:
        try:
            day = date.fromisoformat(self.request.GET.get("on", ""))
        except ValueError:
            return today
        return day if day.year in YEARS else today

    def _links(self, span: str, first: date, count: int, *, with_drafts: bool) -> dict[str, str]:
        def to(day: date | None = None, span: str = span, drafts: bool = with_drafts) -> str:
            on = {"on": (day or first).isoformat()} if day is not None else {}
            return "?" + urlencode({"span": span, **on, **({"drafts": "1"} if drafts else {})})

        return {
            "before": to(first - timedelta(days=1)),
            "now": to(),
            "after": to(first + timedelta(days=count)),
            "week": to(first, WEEK),
            "month": to(first, MONTH),
            "drafts": to(first, drafts=not with_drafts),
        }


def sheet(place: Place, rules: list[Entry], days: list[date]) -> Sheet:
    """Return the promotions of a property, day by day."""
    own = [each for each in rules if place.house.pk in (each.rule.properties or {place.house.pk})]
    return Sheet(
        place=place,
        days=[(day, place.calendar.holiday(day)) for day in days],
        rows=[
            Row(
                entry=each,
                gives=benefit_text(each.rule.benefit),
                cells=[Cell(day, shifts(each.rule.windows, place.calendar, day)) for day in days],
            )
            for each in own
        ],
    )


@dataclass(frozen=True)
class Mend:
    """A problem in words, with the way to what is to be mended."""

    text: str
    name: str
    url: str


class LintsView(PromotionsView):
    """What is wrong with promotions and coupons as they are published."""

    page_title = _("Conferir promoções")
    header_icon = "warning"
    template_name = "promotions/lints.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what is to be mended."""
        whole = overview(language=get_language())
        return {**super().get_context_data(**kwargs), "mends": list(mends(whole))}


def mends(whole: Overview) -> Iterator[Mend]:
    """Return what is wrong now, each with the way to mend it."""
    for problem in problems(whole.subjects, whole.houses, at=timezone.now()):
        row = whole.rows[problem.key]
        yield Mend(lint_text(problem), str(row), way_to(problem, row))


def way_to(problem: Problem, row: Any) -> str:
    """Return the address at which a problem is mended."""
    if isinstance(row, PromotionPage):
        return reverse("wagtailadmin_pages:edit", args=[row.pk])
    if isinstance(row, PromotionRule | Coupon):
        name = row._meta.model_name
        return reverse(f"wagtailsnippets_promotions_{name}:edit", args=[row.pk])
    on = {"span": MONTH, "on": problem.first.isoformat()} if problem.first else {}
    return f"{reverse('promotions_calendar')}?{urlencode(on)}"
