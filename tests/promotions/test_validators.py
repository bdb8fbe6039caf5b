"""A condition of one's own takes one class: here, that guests arrive on the dot."""

from datetime import UTC, datetime

import pytest
from django import forms
from django.urls import reverse

from promotions.models import PromotionRule
from promotions.rules.effects import Bill
from promotions.rules.eligibility import Case, reasons
from promotions.selectors import draft_rules, published_rules
from promotions.validators import VALIDATORS
from suites.models import SuiteType
from suites.selectors import Offer, prices_now
from tenancy.context import tenant_scope
from tenancy.models import Property
from tests.api.calling import NOON, post
from tests.factories.promotions import make_coupon, make_rule
from tests.promotions.test_admin import RULE, RULES, add, edit

pytestmark = pytest.mark.django_db


class ArrivalMinute:
    """Holds for those who arrive at a round minute."""

    label = "Chegada em ponto"
    reasons = {"NOT_ROUND": "Vale para quem chega em ponto."}

    def fields(self) -> dict[str, forms.Field]:
        return {"every": forms.IntegerField(label="A cada quantos minutos", min_value=1)}

    def against(self, settings, case: Case) -> str | None:
        return "NOT_ROUND" if case.arrives_at.minute % settings["every"] else None


@pytest.fixture(autouse=True)
def _registered(monkeypatch, time_machine):
    monkeypatch.setitem(VALIDATORS, "ponto", ArrivalMinute())
    time_machine.move_to(NOON, tick=False)


def rule_of(slug: str = "nova") -> PromotionRule:
    return PromotionRule.objects.get(slug=slug)


def codes(rule, at: datetime) -> list[str]:
    house = Property.objects.get(slug="lua")
    case = Case(at, Offer(house, "pt-br").calendar, house.pk, centavos=Bill(100).centavos)
    return [each.reason for each in reasons(rule, case)]


def test_editors_set_it_draft_it_and_publish_it(lua, staff):
    client = staff(lua, "manager")
    form = client.get(reverse(f"{RULES}:add")).content.decode()
    add(client, RULES, **RULE, **{"ponto-every": "30", "action-publish": "1"})
    with tenant_scope(lua):
        edit(client, RULES, rule_of(), **{"ponto-every": "15"})
        published = next(each for each in published_rules() if each.key == rule_of().pk)
        draft = next(each for each in draft_rules() if each.key == rule_of().pk)
        shown = client.get(reverse(f"{RULES}:edit", args=[rule_of().pk])).content.decode()
        quarter = datetime(2026, 6, 9, 15, 15, tzinfo=UTC)

        assert "<legend>Chegada em ponto</legend>" in form
        assert codes(published, NOON) == []
        assert codes(published, quarter) == ["NOT_ROUND"]
        assert codes(draft, quarter) == []
        assert 'name="ponto-every" value="15"' in shown


def test_what_its_form_refuses_is_told_there_and_emptied_it_is_unset(lua, staff):
    client = staff(lua, "manager")

    refused = add(client, RULES, **RULE, **{"ponto-every": "0"})
    add(client, RULES, **RULE, **{"ponto-every": "", "action-publish": "1"})

    assert set(refused.context["form"].errors) == {"ponto-every"}
    with tenant_scope(lua):
        assert rule_of().conditions == {}


def test_guests_are_told_its_reason_in_its_words(lua):
    with tenant_scope(lua):
        rule = make_rule("ponto", conditions={"ponto": {"every": 7}})
        make_coupon("ponto", rule, code="PONTO7")

    said = post("coupons/validate", {"code": "ponto7", "at": "2026-06-09T12:01:00-03:00"}).json()

    [reason] = said["reasons"]
    assert (reason["code"], reason["message"]) == ("NOT_ROUND", "Vale para quem chega em ponto.")
    assert said["evaluated"][-1] == "ponto"
    assert post("coupons/validate", {"code": "ponto7"}).json()["valid"] is True


def test_a_condition_that_nobody_knows_any_more_is_never_met(lua, monkeypatch):
    with tenant_scope(lua):
        make_rule("ponto", conditions={"ponto": {"every": 1}})
        monkeypatch.delitem(VALIDATORS, "ponto")
        rule = next(each for each in published_rules() if each.key == rule_of("ponto").pk)

        assert codes(rule, NOON) == ["DISABLED"]


def test_prices_that_are_shown_leave_out_what_may_turn_at_any_instant(lua):
    with tenant_scope(lua):
        PromotionRule.objects.update(is_automatic=False)
        make_rule("ponto", is_automatic=True, conditions={"ponto": {"every": 30}})
        offer = Offer(Property.objects.get(slug="lua"), "pt-br")
        [shown] = prices_now(
            offer, [SuiteType.objects.get(slug="loft", property__slug="lua")], at=NOON
        )

    booked = post("bookings", {"stay": {"suite_type": "loft", "period": "2h"}}).json()
    assert [each.centavos for each in shown.stays] == [each.list_centavos for each in shown.stays]
    assert booked["discount"]["minor"] == 760
