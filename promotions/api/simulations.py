"""What promotions would do for a stay at any instant, also those that nobody has published."""

from datetime import datetime

from django.utils.translation import get_language

from promotions.api.requests import SimulateIn
from promotions.api.saying import discount_out, effect_out, id_of, reasons_out
from promotions.api.schemas import SimulatedOut, SimulationOut
from promotions.api.stays import visit_of
from promotions.models import PromotionRule
from promotions.rules.eligibility import Case, evaluated
from promotions.rules.simulation import Trial, simulate
from promotions.selectors import draft_rules, published_rules
from suites import selectors as suites
from suites.api.money import money
from suites.api.saying import house_out


def simulation_out(said: SimulateIn, offer: suites.Offer, *, at: datetime) -> SimulationOut:
    visit = visit_of(said.stay, offer, at=at)
    bill = visit.bill(said.amount.minor if said.amount else None)
    case = visit.case(offer, at=at, bill=bill)
    language = get_language()
    rules = draft_rules(language=language) if said.drafts else published_rules(language=language)
    found = simulate(rules, case, bill)
    given, _hours, _courtesies = found.gain
    names = dict(PromotionRule.objects.values_list("pk", "name"))
    return SimulationOut(
        property=house_out(offer.house),
        at=offer.calendar.local(at),
        price=money(bill.centavos),
        discount=money(given),
        total=money(bill.centavos - given),
        promotions=[simulated_out(each, case, names[id_of(each.rule)]) for each in found.trials],
    )


def simulated_out(trial: Trial, case: Case, name: str) -> SimulatedOut:
    rule = trial.rule
    return SimulatedOut(
        promotion_id=id_of(rule),
        name=name,
        automatic=rule.is_automatic,
        holds=trial.holds,
        is_applied=trial.is_applied,
        effect=effect_out(rule.benefit),
        discount=discount_out(trial.discount),
        reasons=reasons_out(trial.findings, case.calendar, {rule.key: rule}),
        evaluated=[str(each) for each in evaluated(rule, case)],
    )
