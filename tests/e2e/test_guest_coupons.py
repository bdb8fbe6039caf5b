"""A guest uncovers a code, keeps it, takes it along and forgets it; and says that they come."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Live

# Has the test database made, of which the server gets a copy.
pytestmark = pytest.mark.django_db

SOL, LUA = "sol.localhost", "lua.localhost"
CPF = "529.982.247-25"
PHONE = {"width": 390, "height": 844}
LANGUAGES = [("pt-br", "/"), ("en", "/en/"), ("es", "/es/")]
STORED = "() => ({ ...localStorage })"
ALWAYS = (
    "UPDATE promotions_promotionrule SET effect = 'percent', percent = 20, courtesy = '' "
    "WHERE id IN (SELECT rule_id FROM promotions_coupon WHERE slug = 'cafe-para-todos')",
    *(
        f"DELETE FROM promotions_{name} "
        "WHERE rule_id IN (SELECT rule_id FROM promotions_coupon WHERE slug = 'cafe-para-todos')"
        for name in ("promotionwindow", "promotionrulestay", "promotionrulesuitetype")
    ),
)
"""Has sol's coupon take 20% off, of anything at any hour: the server's clock is everybody's."""


@pytest.fixture
def sunny(showroom: Live) -> Live:
    for statement in ALWAYS:
        showroom.execute(statement)
    showroom.forget()
    return showroom


def card(tab: Page) -> Locator:
    return tab.locator("[data-coupon]")


def ticket(tab: Page) -> Locator:
    return card(tab).locator(".coupon-ticket")


def reveal(tab: Page) -> str:
    card(tab).locator("form button").click()
    expect(ticket(tab)).to_be_focused()
    return ticket(tab).locator("b").inner_text()


def barriers(tab: Page) -> list[str]:
    return [each["id"] for each in Axe().run(tab).response["violations"]]


def kept(tab: Page) -> dict[str, Any]:
    found = tab.evaluate(STORED)
    assert set(found) <= {"kept"}
    return json.loads(found["kept"]) if found else {}


def test_a_page_holds_no_code_and_leaves_nothing_before_somebody_asks(
    sunny: Live, open_tab: Callable[..., Page]
) -> None:
    tab = open_tab(viewport=PHONE)
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(sunny.url(SOL))

    assert "BOMDIA" not in tab.content().upper().replace("-", "")
    assert kept(tab) == {}
    assert not [url for url in asked if "/api/" in url]


def test_a_code_is_uncovered_kept_and_shown_again_without_the_server(
    sunny: Live, open_tab: Callable[..., Page]
) -> None:
    tab = open_tab(viewport=PHONE)
    tab.goto(sunny.url(SOL))
    hosts: set[str] = set()
    tab.on("request", lambda request: hosts.add(request.url.split("/")[2]))

    assert reveal(tab) == "BOMDIA"
    image = ticket(tab).locator("img")
    assert image.evaluate("each => each.complete && each.naturalWidth > 0")
    assert (image.get_attribute("src") or "").startswith("data:image/svg+xml")
    tab.reload()
    expect(ticket(tab)).to_have_count(0)  # nothing to be seen over a shoulder
    tab.route("**/api/**", lambda route: route.abort())
    assert reveal(tab) == "BOMDIA"
    assert {host for host in hosts if host and not host.startswith(SOL)} == set()
    assert tab.context.cookies() == []


def test_the_price_with_the_code_is_what_the_house_would_say(
    sunny: Live, open_tab: Callable[..., Page]
) -> None:
    tab = open_tab()
    tab.goto(sunny.url(SOL))
    prices = tab.locator("[data-centavos]").evaluate_all("all => all.map(e => +e.dataset.centavos)")
    reveal(tab)

    line = ticket(tab).locator(".coupon-price")
    if prices:  # whether anything is sold depends on the hour
        expect(line).not_to_be_empty()
        total = min(prices) - min(prices) // 5
        amounts = [
            re.sub(r"\D", "", each) for each in re.findall(r"R\$\s?[\d.,]+", line.inner_text())
        ]
        assert str(total) in {amounts[0], f"{amounts[0]}00"}


def test_a_code_goes_into_the_message_only_if_the_guest_says_so(
    sunny: Live, open_tab: Callable[..., Page]
) -> None:
    tab = open_tab(viewport=PHONE)
    tab.goto(sunny.url(SOL))
    reveal(tab)
    link, tick = ticket(tab).locator("a[href*='wa.me']"), ticket(tab).locator("[type=checkbox]")

    expect(tick).not_to_be_checked()
    before = link.get_attribute("href") or ""
    assert "BOMDIA" not in before
    tick.check()
    assert "BOMDIA" in (link.get_attribute("href") or "")
    tick.uncheck()
    assert "BOMDIA" not in (link.get_attribute("href") or "")


def test_a_guest_forgets_and_nothing_is_left(sunny: Live, open_tab: Callable[..., Page]) -> None:
    tab = open_tab(viewport=PHONE)
    tab.goto(sunny.url(SOL))
    reveal(tab)
    assert kept(tab)["codes"]["cafe-para-todos"]["code"] == "BOMDIA"

    ticket(tab).locator("[data-act=forget]").click()

    assert kept(tab) == {}
    expect(card(tab).locator("form button")).to_be_focused()
    expect(ticket(tab)).to_have_count(0)


def test_a_person_is_asked_for_and_their_cpf_stays_nowhere(
    showroom: Live, open_tab: Callable[..., Page]
) -> None:
    showroom.forget()  # how often this CPF was tried
    tab = open_tab(viewport=PHONE)
    sent: list[str] = []
    tab.on("request", lambda request: sent.append(request.url))
    tab.goto(showroom.url(LUA))
    field, said = card(tab).locator("[name=cpf]"), card(tab).locator("[role=status]")

    card(tab).locator("form button").click()
    expect(said).not_to_be_empty()
    expect(field).to_be_focused()
    field.fill("111.111.111-11")
    card(tab).locator("form button").click()
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill(CPF)
    code = reveal(tab)

    assert re.fullmatch(r"VELAS(-\w{1,4})+", code)
    plain = re.sub(r"\D", "", CPF)
    assert plain not in re.sub(r"\D", "", json.dumps(tab.evaluate(STORED)["kept"].split('"qr"')[0]))
    assert not [url for url in sent if plain in url or CPF in url]
    assert field.input_value() == ""
    other = open_tab(viewport=PHONE)
    other.goto(showroom.url(LUA))
    other.locator("[name=cpf]").fill(plain)
    assert reveal(other) == code


@pytest.mark.parametrize(("language", "path"), LANGUAGES)
def test_all_of_it_by_keyboard_in_each_language(
    sunny: Live, open_tab: Callable[..., Page], language: str, path: str
) -> None:
    tab = open_tab()
    tab.goto(sunny.url(SOL, path))
    assert tab.locator("html").get_attribute("lang") == language

    card(tab).locator("form button").focus()
    tab.keyboard.press("Enter")
    expect(ticket(tab)).to_be_focused()
    tab.keyboard.press("Tab")
    expect(ticket(tab).locator("[type=checkbox]")).to_be_focused()
    tab.keyboard.press("Space")
    expect(ticket(tab).locator("[type=checkbox]")).to_be_checked()
    for _stop in range(9):
        tab.keyboard.press("Tab")
        if ticket(tab).locator("[data-act=forget]").evaluate("e => e === document.activeElement"):
            break
    tab.keyboard.press("Enter")
    assert kept(tab) == {}


def test_a_shown_code_has_no_barrier_and_no_way_sideways(
    sunny: Live, open_tab: Callable[..., Page]
) -> None:
    found = []
    for scheme in ("light", "dark"):
        tab = open_tab(viewport={"width": 320, "height": 700}, color_scheme=scheme)
        tab.goto(sunny.url(SOL))
        reveal(tab)
        found += barriers(tab)
        width = tab.evaluate("document.documentElement.scrollWidth")
        assert width <= 320

    assert found == []


@pytest.mark.parametrize(("language", "path"), LANGUAGES)
def test_no_state_of_asking_has_a_barrier(
    showroom: Live, open_tab: Callable[..., Page], language: str, path: str
) -> None:
    showroom.forget()  # how often this CPF was tried
    tab = open_tab(viewport=PHONE, reduced_motion="reduce")
    tab.goto(showroom.url(LUA, path))
    field, said = card(tab).locator("[name=cpf]"), card(tab).locator("[role=status]")
    found = barriers(tab)
    for given in ("", "111.111.111-11"):
        field.fill(given)
        card(tab).locator("form button").click()
        expect(said).to_contain_text("CPF")
        expect(field).to_be_focused()
        found += barriers(tab)
    field.fill(CPF)
    reveal(tab)

    assert found + barriers(tab) == []
    assert tab.locator("html").get_attribute("lang") == language


def test_esc_twice_leaves_while_a_code_is_shown(sunny: Live, open_tab: Callable[..., Page]) -> None:
    tab = open_tab()
    tab.route(lambda url: SOL not in url, lambda route: route.fulfill(body="elsewhere"))
    tab.goto(sunny.url(SOL))
    reveal(tab)
    for _press in range(2):
        tab.keyboard.press("Escape")

    tab.wait_for_url(lambda url: SOL not in url, timeout=5_000)


def test_without_scripts_a_form_gets_the_code(sunny: Live, open_tab: Callable[..., Page]) -> None:
    tab = open_tab(java_script_enabled=False, viewport=PHONE)
    tab.goto(sunny.url(SOL))
    card(tab).locator("form button").click()

    expect(tab.locator(".coupon-code")).to_contain_text("BOMDIA")
    expect(tab.locator(".coupon-qr svg")).to_be_visible()
    assert tab.context.cookies() == []


def test_a_guest_says_that_they_come_and_takes_the_reference_along(
    sunny: Live, open_tab: Callable[..., Page]
) -> None:
    tab = open_tab(viewport=PHONE)
    tab.goto(sunny.url(SOL))
    reveal(tab)
    tab.goto(sunny.url(SOL, "/suites/"))
    tab.locator("main a[href^='/suites/']:not([href='/suites/'])").first.click()
    if not tab.locator(".booking").count():
        return  # nothing is sold at this hour
    tab.locator(".booking summary").click()
    expect(tab.locator(".booking [type=checkbox]")).not_to_be_checked()
    tab.locator(".booking [type=submit]").click()

    expect(tab.locator(".booking-done")).to_be_focused()
    assert barriers(tab) == []
    reference = tab.locator(".booking-done b").inner_text()
    href = tab.locator(".booking-done a[href*='wa.me']").get_attribute("href") or ""
    assert reference in href
    assert "BOMDIA" not in href
    rows = sunny.execute(
        "SELECT state, use_id FROM promotions_bookingintent WHERE reference = %s", reference
    )
    assert rows == [("asked", None)]
