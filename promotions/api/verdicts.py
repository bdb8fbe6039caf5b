"""What is asked of a coupon, and why it does not hold."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from promotions.api.saying import reasons_out
from promotions.api.schemas import ReasonOut
from promotions.api.stays import Visit
from promotions.rules.effects import Bill
from promotions.rules.eligibility import Case, Rule
from promotions.rules.simulation import Simulation, without_code
from promotions.selectors import published_rules
from promotions.services import Ask, Refused
from suites.selectors import Offer
from tenancy.api.content import of_version


@dataclass(frozen=True)
class Inquiry:
    """What is asked, where, and what becomes of the promotions by themselves."""

    ask: Ask
    visit: Visit
    offer: Offer
    found: Simulation
    people: int | None = None

    @property
    def rules(self) -> list[Rule]:
        return rules_now()

    @property
    def case(self) -> Case:
        """The stay as promotions that need no code look at it."""
        return self.visit.case(self.offer, at=self.ask.at, bill=self.ask.bill)


def rules_now() -> list[Rule]:
    """Return the published rules, with courtesies in the reader's language."""
    language = get_language()
    return of_version(("rules", language), lambda: published_rules(language=language))


def simulated(visit: Visit, offer: Offer, *, at: datetime, bill: Bill) -> Simulation:
    """Return what the published promotions that need no code give on a stay."""
    return without_code(rules_now(), visit.case(offer, at=at, bill=bill), bill)


def reasons_of(answer: Refused, inquiry: Inquiry) -> list[ReasonOut]:
    rules = {rule.key: rule for rule in inquiry.rules}
    return reasons_out(answer.findings, inquiry.offer.calendar, rules)
