"""A guest asks for a code while something is wrong: the server, the network, what is stored."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e.conftest import Live
from tests.e2e.test_guest_coupons import CPF, LUA, PHONE, card, reveal, ticket

# Has the test database made, of which the server gets a copy.
pytestmark = pytest.mark.django_db

VELAS = re.compile(r"VELAS(-\w{1,4})+")
KEPT = {"codes": {"aniversario": {"code": "VELAS-2", "ends_at": None, "gives": "Bolo", "qr": ""}}}
TOLD = {429: "data-many", 500: "data-away", 503: "data-away"}
"""Which words of the block are said for an answer's status."""


@pytest.fixture
def tab(showroom: Live, open_tab: Callable[..., Page]) -> Page:
    showroom.forget()  # how often this CPF was tried
    opened = open_tab(viewport=PHONE)
    opened.goto(showroom.url(LUA))
    return opened


def said(tab: Page) -> Locator:
    return card(tab).locator("[role=status]")


def ask(tab: Page) -> Locator:
    field = card(tab).locator("[name=cpf]")
    field.fill(CPF)
    card(tab).locator("form button").click()
    return field


@pytest.mark.parametrize(
    ("status", "body"),
    [(429, {"status": 429, "title": "?"}), (503, {"status": 503, "title": "?"}), (500, None)],
)
def test_a_server_in_trouble_says_so_and_blames_nobody(
    tab: Page, status: int, body: dict[str, Any] | None
) -> None:
    answer = json.dumps(body) if body else "<h1>500</h1>"
    tab.route("**/coupons/reveal", lambda route: route.fulfill(status=status, body=answer))
    field = ask(tab)

    expect(said(tab)).to_have_text(card(tab).get_attribute(TOLD[status]) or "")
    assert field.get_attribute("aria-invalid") is None
    assert field.input_value() == CPF
    tab.unroute("**/coupons/reveal")
    assert VELAS.fullmatch(reveal(tab))


def test_an_answer_that_does_not_come_is_not_waited_for(tab: Page) -> None:
    tab.evaluate("AbortSignal.timeout = () => AbortSignal.abort()")
    ask(tab)

    expect(said(tab)).to_have_text(card(tab).get_attribute("data-away") or "")
    expect(card(tab).locator("form button")).to_have_attribute("aria-disabled", "false")


@pytest.mark.parametrize("stored", ["nonsense", "null", '{"codes": "no"}', "[]"])
def test_what_others_left_in_the_storage_stops_nothing(tab: Page, stored: str) -> None:
    tab.evaluate("stored => localStorage.setItem('kept', stored)", stored)
    tab.reload()
    card(tab).locator("[name=cpf]").fill(CPF)

    assert VELAS.fullmatch(reveal(tab))


@pytest.mark.parametrize(
    ("reason", "told"), [("PERIOD_NOT_ELIGIBLE", "data-none"), ("IDENTIFIER_REQUIRED", "data-same")]
)
def test_a_code_is_said_to_hold_now_only_if_a_stay_on_sale_takes_it(
    tab: Page, reason: str, told: str
) -> None:
    def answer(route: Route) -> None:
        is_of_stay = bool(route.request.post_data_json["stay"])
        why = {"code": reason, "message": "?", "blocking": reason == "PERIOD_NOT_ELIGIBLE"}
        reasons = [why] if is_of_stay else []
        route.fulfill(json={"valid": False, "reasons": reasons, "alternatives": []})

    tab.route("**/coupons/validate", answer)
    is_sold = tab.locator("[data-suite][data-stay]").count() > 0
    card(tab).locator("[name=cpf]").fill(CPF)
    reveal(tab)

    line = ticket(tab).locator(".coupon-price")
    expect(line).to_have_text((line.get_attribute(told) or "?") if is_sold else "")


def test_a_code_that_holds_says_what_costs_less_without_it(tab: Page) -> None:
    offers = [{"automatic": True, "effect": {"text": text}} for text in ("30% a menos", "café")]
    amounts = {"price": {"minor": 10_000}, "total": {"minor": 9_000}}
    verdict = {"valid": True, **amounts, "reasons": [], "alternatives": offers}
    tab.route("**/coupons/validate", lambda route: route.fulfill(json=verdict))
    is_sold = tab.locator("[data-suite][data-stay]").count() > 0
    card(tab).locator("[name=cpf]").fill(CPF)
    reveal(tab)

    line = ticket(tab).locator(".coupon-price")
    if is_sold:
        expect(line).to_contain_text("Agora, sem código: 30% a menos, café.")
        expect(line).to_contain_text("90")


@pytest.mark.parametrize(("is_blocking", "told"), [(True, "data-without"), (False, "data-later")])
def test_a_wish_to_come_says_what_became_of_the_code(
    showroom: Live, tab: Page, is_blocking: bool, told: str
) -> None:
    reasons = [{"code": "?", "message": "Já terminou.", "blocking": is_blocking}]
    noted = {"reference": "ABC234", "total": {"minor": 123_450}, "reasons": reasons}
    tab.evaluate("kept => localStorage.setItem('kept', kept)", json.dumps(KEPT))
    tab.goto(showroom.url(LUA, "/suites/"))
    tab.locator("main a[href^='/suites/']:not([href='/suites/'])").first.click()
    if not tab.locator(".booking").count():
        return  # nothing is sold at this hour
    address = tab.locator(".booking").get_attribute("data-book") or ""
    tab.route(f"**{address}", lambda route: route.fulfill(status=201, json=noted))
    tab.locator(".booking summary").click()
    why = tab.locator(".booking form").get_attribute(told) or ""
    tab.locator(".booking [name=coupon]").check()
    tab.locator(".booking [type=submit]").click()

    total = tab.locator(".booking-done .booking-total")
    expect(total).to_have_text(f"R$\N{NO-BREAK SPACE}1.234,50. {why.format(why='Já terminou.')}")
