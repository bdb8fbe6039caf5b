"""What guests read of promotions. The number of queries never depends on how many there are."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from promotions.models import PromotionRule
from promotions.pages import PromotionPage
from promotions.rules.eligibility import Rule
from promotions.rules.spans import Phase, Window, phase_at
from promotions.rules.windows import is_open, next_open
from promotions.selectors.prices import CHEAPER, PromotedSuite, promoted_prices
from promotions.selectors.rules import draft_rule, rule_of, with_parts
from suites.models import Stay, SuiteType
from suites.rules.calendars import Calendar
from suites.selectors import Offer, SuiteCard, read_pictures, suite_cards
from tenancy.models import Property
from theme.routing import root_path

FOREVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Promotion:
    """A page, and the rule that it tells of, if it tells of one."""

    page: PromotionPage
    rule: Rule | None

    @property
    def dates(self) -> Window:
        """From when to when it holds."""
        return self.rule.windows.dates if self.rule else Window()

    @property
    def is_published(self) -> bool:
        """Whether what the page tells may be had: a rule that is only a draft grants nothing."""
        return self.rule is None or self.rule.is_published


@dataclass(frozen=True)
class PromotionFacts:
    """Where a promotion stands, and what it covers; nothing named means everything.

    `suites` are those that have a page. One that `is_limited` may be for others alone. `opens` is
    the time in which it can next be had, where only some hours count; it may have begun. `prices`
    are those of an `arrival` in that time, at once if it is open; None where it takes nothing off
    a price. All instants are on the property's clocks.
    """

    promotion: Promotion
    phase: Phase
    suites: list[SuiteCard]
    stays: list[Stay]
    is_limited: bool
    at: datetime
    is_open: bool
    opens: Window | None
    arrival: datetime | None = None
    prices: list[PromotedSuite] = field(default_factory=list)

    @property
    def rule(self) -> Rule | None:
        return self.promotion.rule

    @property
    def dates(self) -> Window:
        return self.promotion.dates


def published_promotions(*, venue: Property, language: str) -> list[Promotion]:
    """Return the published promotions of a property, whenever they are in force.

    Those that end first come first; not those whose rule is for other properties.
    """
    root = root_path(venue.site, language)
    if root is None:
        return []
    pages = PromotionPage.objects.live().filter(url_path__startswith=root)
    rows = with_parts(pages.select_related("cover", "rule"), "rule_id").order_by()
    found = [Promotion(page, _rule(page, language)) for page in rows]
    own = [each for each in found if _is_at(each.rule, venue)]
    return sorted(own, key=lambda each: (each.dates.ends_at or FOREVER, each.page.path))


def promotion_of(
    page: PromotionPage, *, language: str | None = None, is_draft: bool = False
) -> Promotion:
    """Return a page, a draft of one too, with the rule that it tells of.

    That is the published one; or, for those who write it, what its latest draft says.
    """
    if page.rule_id is None:
        return Promotion(page, None)
    rows = PromotionRule.objects.filter(pk=page.rule_id).select_related("latest_revision")
    row = with_parts(rows).first()
    if row is None:
        return Promotion(page, None)
    rule = draft_rule(row, language=language) if is_draft else rule_of(row, row, language=language)
    return Promotion(page, rule)


def in_force(promotions: Iterable[Promotion], *, at: datetime) -> list[Promotion]:
    """Return the promotions whose dates hold an instant, at whatever hours they can be had."""
    return [
        each
        for each in promotions
        if each.is_published and phase_at([each.dates], at) is Phase.LIVE
    ]


def promotion_facts(promotion: Promotion, *, offer: Offer, at: datetime) -> PromotionFacts:
    """Return what a promotion covers of an offer, and where it stands at an instant."""
    rule = promotion.rule
    types = _own_types(rule, offer) if rule and rule.suite_types else []
    suites = suite_cards(offer, at=offer.spell(at).begins_at, only=types) if types else []
    read_pictures(suites)
    has_hours = rule is not None and not rule.windows.is_around_the_clock
    opens = _next_time(rule, offer.calendar, at) if rule else None
    arrival = _arrival(promotion, opens, offer.calendar.local(at))
    return PromotionFacts(
        promotion=promotion,
        phase=phase_at([promotion.dates], at),
        suites=suites,
        stays=[stay for key, stay in offer.stays.items() if rule and key in rule.stays],
        is_limited=bool(rule and rule.suite_types),
        at=offer.calendar.local(at),
        is_open=rule is None or is_open(rule.windows, offer.calendar, at),
        opens=opens if has_hours else None,
        arrival=arrival,
        prices=promoted_prices(rule, offer, arrival=arrival) if rule and arrival else [],
    )


def _rule(page: PromotionPage, language: str) -> Rule | None:
    return rule_of(page.rule, page, language=language) if page.rule else None


def _next_time(rule: Rule, calendar: Calendar, at: datetime) -> Window | None:
    found = next_open(rule.windows, calendar, at)
    if found is None or found.starts_at is None:
        return None
    ends_at = calendar.local(found.ends_at) if found.ends_at else None
    return Window(calendar.local(found.starts_at), ends_at)


def _arrival(promotion: Promotion, opens: Window | None, at: datetime) -> datetime | None:
    """Return when guests next come for the promotion's prices; None where it changes none."""
    rule = promotion.rule
    if rule is None or opens is None or opens.starts_at is None or not promotion.is_published:
        return None
    return max(at, opens.starts_at) if rule.benefit.effect in CHEAPER else None


def _is_at(rule: Rule | None, venue: Property) -> bool:
    return rule is None or not rule.properties or venue.pk in rule.properties


def _own_types(rule: Rule, offer: Offer) -> list[SuiteType]:
    found = SuiteType.objects.filter(pk__in=rule.suite_types, property=offer.house)
    return list(found.order_by("position", "name"))
