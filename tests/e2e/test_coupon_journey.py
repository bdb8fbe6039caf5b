"""A code's way: a guest uncovers it on a page, the reception uses it, and it is used up."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Live
from tests.e2e.test_editor_journey import sign_in

# Has the test database made, of which the server gets a copy.
pytestmark = pytest.mark.django_db

COUPON = "rule_id FROM promotions_coupon WHERE slug = 'cafe-para-todos'"
AT_ANY_HOUR = (
    f"DELETE FROM promotions_promotionwindow WHERE rule_id IN (SELECT {COUPON})",
    f"DELETE FROM promotions_promotionrulestay WHERE rule_id IN (SELECT {COUPON})",
)
"""The server's clock is everybody's."""
ONE_MORE = """
    UPDATE promotions_coupon c SET limit_per_week = NULL, "limit" = 1 + (
        SELECT count(*) FROM promotions_couponuse u
        WHERE u.coupon_id = c.id AND u.state IN ('held', 'spent')
    ) WHERE slug = 'cafe-para-todos'
"""

ENOUGH = "UPDATE promotions_coupon SET \"limit\" = 500 WHERE slug = 'cafe-para-todos'"


@pytest.fixture
def sunny(showroom: Live) -> Iterator[Live]:
    """Have sol's coupon hold at any hour, once more; others find it as it was but for that."""
    for statement in (*AT_ANY_HOUR, ONE_MORE):
        showroom.execute(statement)
    showroom.forget()
    yield showroom
    showroom.execute(ENOUGH)


@pytest.mark.parametrize(("language", "path"), [("pt-br", "/"), ("en", "/en/"), ("es", "/es/")])
def test_a_guest_uncovers_a_code_the_reception_uses_it_and_it_is_used_up(
    sunny: Live, open_tab: Callable[..., Page], language: str, path: str
) -> None:
    guest = open_tab(viewport={"width": 390, "height": 844})
    guest.goto(sunny.url("sol.localhost", path))
    assert guest.locator("html").get_attribute("lang") == language
    guest.locator("[data-coupon] form button").focus()
    guest.keyboard.press("Enter")
    shown = guest.locator("[data-coupon] .coupon-ticket")
    expect(shown).to_be_focused()
    code = shown.locator("b").inner_text()

    desk = open_tab()
    sign_in(desk, sunny, "sol.painel.localhost", "manager@sol.test")
    desk.goto(sunny.url("sol.painel.localhost", "/portaria/"))
    try_at(desk, code)
    expect(desk.locator("#said")).to_have_text("Vale. Ainda não foi usado.")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(desk.locator("#said")).to_have_text("Usado.")

    try_at(desk, code)
    expect(desk.locator("#said")).to_have_text("Não vale. Nada foi usado.")
    expect(desk.locator("#answer li").first).to_have_text(
        "Já foi usado tantas vezes quantas podia."
    )


def try_at(desk: Page, code: str) -> None:
    desk.locator("#id_code").focus()
    desk.keyboard.type(code)
    desk.keyboard.press("Enter")
    expect(desk.locator("#said")).to_be_focused()
