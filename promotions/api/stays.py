"""The stay that a call is about: what its words mean at a property, and what it costs."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from promotions.api.requests import StayIn
from promotions.rules.effects import Bill
from promotions.rules.eligibility import Case
from suites.api.saying import asked
from suites.models import Stay
from suites.rules.quotes import COUPLE, Quote, Refusal
from suites.selectors import Offer, SuiteCard, suite_cards
from tenancy.api.callers import Caller
from tenancy.api.instants import near
from tenancy.api.problems import wrong

ARRIVAL = "body.stay.arrival"
LATE = timedelta(minutes=15)
"""For clocks that differ, and for who takes a while to send what was filled in."""


@dataclass(frozen=True)
class Visit:
    """A stay as far as it is known, and its price if it is sold then."""

    arrival: datetime
    suite_type_id: UUID | None = None
    stay_id: UUID | None = None
    minutes: int | None = None
    quote: Quote | None = None
    refusal: Refusal | None = None

    def case(self, offer: Offer, *, at: datetime, bill: Bill) -> Case:
        """Return the stay as promotions look at it."""
        return Case(
            at=at,
            calendar=offer.calendar,
            property_id=offer.house.pk,
            arrival=self.arrival,
            suite_type=self.suite_type_id,
            stay=self.stay_id,
            minutes=self.minutes,
            centavos=bill.centavos,
        )

    def bill(self, amount: int | None) -> Bill:
        """Return what is to be paid: the price, or an amount that somebody says.

        What is more than the price is for other things; what is less was agreed elsewhere.
        """
        listed = Bill.of(self.quote.lines) if self.quote else None
        if amount is None:
            return listed or Bill(0)
        if listed is None or amount < listed.centavos:
            return Bill(amount)
        more = amount - listed.centavos
        return Bill(
            listed.stay_centavos,
            listed.extra_hours,
            listed.extra_hour_centavos,
            listed.other_centavos + more,
        )


def arrival_of(said: StayIn, caller: Caller, *, now: datetime) -> datetime | None:
    """Return when guests say that they arrive. Raises a problem for a time that is far away.

    Strangers' arrivals are to come: a promotion that is over is none for those who say that they
    came in time. Programs and staff may write down what has just been.
    """
    if said.arrival is None:
        return None
    arrival = near(said.arrival, now=now, field=ARRIVAL)
    if caller.is_stranger and arrival < now - LATE:
        raise wrong(ARRIVAL, "out_of_range", _("Esta chegada já passou."))
    return arrival


def visit_of(said: StayIn, offer: Offer, *, at: datetime) -> Visit:
    """Return the stay that is meant at a property. Raises a problem for words that it has not."""
    arrival = said.arrival or at
    card = _card(offer, said.suite_type, at) if said.suite_type else None
    stay = _stay(offer, said.period) if said.period else None
    found = None
    if card and stay:
        people = min(COUPLE, card.tariff.capacity) if said.people is None else said.people
        found = asked(card, stay, arrival, people, said.extra_hours)
    return Visit(
        arrival=arrival,
        suite_type_id=card.suite_type.pk if card else None,
        stay_id=stay.pk if stay else None,
        minutes=_minutes(stay, found),
        quote=found if isinstance(found, Quote) else None,
        refusal=found if isinstance(found, Refusal) else None,
    )


def _card(offer: Offer, slug: str, at: datetime) -> SuiteCard:
    cards = suite_cards(offer, at=offer.spell(at).begins_at)
    for card in cards:
        if card.suite_type.slug == slug:
            return card
    raise wrong("body.stay.suite_type", "unknown", _("Não há esta suíte nesta casa."))


def _stay(offer: Offer, slug: str) -> Stay:
    for stay in offer.stays.values():
        if stay.slug == slug:
            return stay
    raise wrong("body.stay.period", "unknown", _("Não há esta permanência nesta casa."))


def _minutes(stay: Stay | None, found: Quote | Refusal | None) -> int | None:
    """Return how long guests stay: a night's length depends on when they arrive."""
    if isinstance(found, Quote):
        return found.minutes
    return stay.minutes if stay else None
