"""What promotions would do for a stay at any instant, also those that nobody has published."""

from datetime import datetime

from django.utils.translation import get_language

from promotions.api.requests import SimulateIn
from promotions.api.saying import automatic, discount_out, effect_out, id_of, reasons_out
from promotions.api.schemas import SimulatedOut, SimulationOut
from promotions.api.stays import visit_of
from promotions.models import PromotionRule
from promotions.rules.effects import Bill, discount
from promotions.rules.eligibility import Case, Rule, evaluated, reasons
from promotions.rules.stacking import Offer, best, gain
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
    offers = [
        Offer(rule.key, discount(rule.benefit, bill), rule.lane) for rule in automatic(rules, case)
    ]
    applied = best(offers, bill.centavos)
    given, _hours, _courtesies = gain(applied, bill.centavos)
    names = dict(PromotionRule.objects.values_list("pk", "name"))
    keys = {each.key for each in applied}
    return SimulationOut(
        property=house_out(offer.house),
        at=offer.calendar.local(at),
        price=money(bill.centavos),
        discount=money(given),
        total=money(bill.centavos - given),
        promotions=[
            simulated_out(rule, case, bill, name=names[id_of(rule)], is_applied=rule.key in keys)
            for rule in rules
        ],
    )


def simulated_out(
    rule: Rule, case: Case, bill: Bill, *, name: str, is_applied: bool
) -> SimulatedOut:
    findings = reasons(rule, case)
    return SimulatedOut(
        promotion_id=id_of(rule),
        name=name,
        automatic=rule.is_automatic,
        holds=not findings,
        is_applied=is_applied,
        effect=effect_out(rule.benefit),
        discount=discount_out(discount(rule.benefit, bill)),
        reasons=reasons_out(findings, case.calendar, {rule.key: rule}),
        evaluated=[each.value for each in evaluated(rule, case)],
    )
