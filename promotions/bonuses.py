"""What promotions without a code give on the stays of a property, as prices are shown."""

from collections.abc import Hashable, Iterator
from datetime import datetime
from functools import partial
from heapq import merge
from itertools import chain

from django.utils.translation import override

from promotions.rules.effects import Bill
from promotions.rules.eligibility import Rule
from promotions.rules.lengths import shortenings
from promotions.rules.simulation import without_code
from promotions.rules.windows import turns
from promotions.selectors import automatic_rules
from promotions.selectors.prices import case_of
from promotions.sentences import benefit_text
from suites.bonuses import NOTHING, Bonus
from suites.rules.quotes import Quote
from suites.rules.turns import horizon
from suites.selectors import Offer
from suites.selectors.offers import stay_rule


class Promotions:
    """The giver of `suites.bonuses`: the best for guests of what is published and needs no code."""

    def bonus(self, offer: Offer, suite_type: Hashable, quote: Quote, *, at: datetime) -> Bonus:
        """Return what guests get who ask for a stay at an instant."""
        rules = _rules(offer)
        if not rules:
            return NOTHING
        case = case_of(offer, suite_type, quote, at=at)
        found = without_code(rules, case, Bill.of(quote.lines))
        with override(offer.language):  # a page and a call in another one may share the offer
            words = tuple(benefit_text(each.rule.benefit) for each in found.applied)
        return Bonus(found.gain[0], words)

    def turns(self, offer: Offer, *, after: datetime) -> Iterator[datetime]:
        """Return, in order, when some promotion may hold or not, as far as prices are looked at.

        That is when it opens or closes, and when a night becomes too short for it.
        """
        rules, stays = _rules(offer), [stay_rule(each) for each in offer.stays.values()]
        known, until = offer.calendar, horizon(after)
        opening = (turns(each.windows, known, after=after, until=until) for each in rules)
        shorter = (shortenings(each, stays, known, after=after, until=until) for each in rules)
        return merge(*chain(opening, shorter))


def _rules(offer: Offer) -> list[Rule]:
    """Return the promotions that prices of a property count, read once for an offer.

    Those with further conditions are not among them: nobody knows when such a condition turns.
    """
    return offer.once("automatic promotions", partial(_automatic, offer))


def _automatic(offer: Offer) -> list[Rule]:
    rules = automatic_rules(language=offer.language)
    here = (each for each in rules if not each.properties or offer.house.pk in each.properties)
    return [each for each in here if not each.extras]
