"""At the reception: codes are looked at, used and given back, whatever the network does."""

import re
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from infra.local.locks import wait_until
from tests.e2e.conftest import Live
from tests.e2e.test_editor_journey import sign_in

# Has the test database made, of which the server gets a copy.
pytestmark = pytest.mark.django_db

STAFF = "lua.painel.localhost"
PHONE = {"width": 390, "height": 844}
TABLET = {"width": 1024, "height": 768}
COUPON = "(SELECT id FROM promotions_coupon WHERE slug = 'terca' AND tenant_id = %s)"
RULE = "(SELECT rule_id FROM promotions_coupon WHERE slug = 'terca' AND tenant_id = %s)"

LOSE_ANSWERS = """many => {
  const real = fetch;
  window.sent = [];
  window.fetch = async (address, request) => {
    sent.push(String(request.body));
    const answer = await real(address, request); // it arrives, and the answer does not
    if (sent.length <= many) throw new TypeError("lost");
    return answer;
  };
}"""

CAMERA = """() => {
  window.BarcodeDetector = class {
    static getSupportedFormats = async () => ["qr_code"];
    detect = async () => (window.shown ? [{ rawValue: window.shown }] : []);
  };
  window.tracks = [];
  navigator.mediaDevices.getUserMedia = async () => {
    const canvas = document.createElement("canvas");
    setInterval(() => canvas.getContext("2d").fillRect(0, 0, Math.random() * 9, 9), 50);
    const stream = canvas.captureStream();
    tracks.push(...stream.getTracks());
    return stream;
  };
}"""
"""Where Chromium has no detector, and machines have no camera."""


@pytest.fixture
def gate(live: Live) -> Iterator[Live]:
    """Have lua's coupon take 20% off at any hour, once."""
    ((lua,),) = live.execute("SELECT id FROM tenancy_tenant WHERE slug = 'lua'")
    live.execute(f'UPDATE promotions_coupon SET "limit" = 1 WHERE id = {COUPON}', lua)
    live.execute(f"DELETE FROM promotions_promotionwindow WHERE rule_id = {RULE}", lua)
    for table in ("couponuse", "meter"):
        live.execute(f"DELETE FROM promotions_{table} WHERE tenant_id = %s", lua)
    live.forget()
    return live


def states(live: Live) -> list[object]:
    rows = live.execute("SELECT state FROM promotions_couponuse ORDER BY created_at")
    return [row[0] for row in rows]


@pytest.fixture
def desk(gate: Live, open_tab: Callable[..., Page]) -> Callable[..., Page]:
    """Return a maker of receptions, at which a manager of lua's stands."""

    def open_desk(*, init: str = "", **options: object) -> Page:
        tab = open_tab(**{"viewport": PHONE, **options})
        if init:
            tab.add_init_script(f"({init})()")
        sign_in(tab, gate, STAFF, "manager@lua.test")
        tab.goto(gate.url(STAFF, "/portaria/?house=lua"))
        return tab

    return open_desk


def heading(tab: Page) -> Locator:
    return tab.locator("#said")


def becomes(tab: Page, expression: str) -> None:
    """Wait until it is so; the page's own way to wait needs `eval`, which its policy refuses."""
    assert wait_until(lambda: tab.evaluate(f"!!({expression})"), 20)


def check(tab: Page, code: str) -> None:
    tab.locator("#id_code").fill(code)
    tab.keyboard.press("Enter")


def use(tab: Page) -> None:
    tab.get_by_role("button", name="Usar agora").click()


def test_by_keyboard_a_code_is_used_once_and_the_second_use_refused(
    gate: Live, desk: Callable[..., Page]
) -> None:
    tab = desk()
    expect(tab.locator("#id_code")).to_be_focused()
    tab.keyboard.type("terca-20")
    tab.keyboard.press("Enter")
    expect(heading(tab)).to_be_focused()
    expect(heading(tab)).to_have_text("Vale. Ainda não foi usado.")
    tab.keyboard.press("Tab")
    expect(tab.get_by_role("button", name="Usar agora")).to_be_focused()
    tab.keyboard.press("Enter")
    expect(heading(tab)).to_have_text("Usado.")
    expect(heading(tab)).to_be_focused()
    assert tab.locator("#id_code").input_value() == ""

    tab.locator("#id_code").focus()
    tab.keyboard.type("TERCA20")
    tab.keyboard.press("Enter")
    expect(heading(tab)).to_have_text("Não vale. Nada foi usado.")
    expect(tab.locator("#answer li")).to_have_text("Já foi usado tantas vezes quantas podia.")
    assert states(gate) == ["spent"]


def test_a_lost_answer_and_many_taps_use_once(gate: Live, desk: Callable[..., Page]) -> None:
    tab = desk()
    check(tab, "TERCA20")
    expect(heading(tab)).to_have_text("Vale. Ainda não foi usado.")
    tab.evaluate(LOSE_ANSWERS, 1)
    button = tab.get_by_role("button", name="Usar agora")
    button.evaluate("each => { each.click(); each.click(); each.click(); }")

    expect(tab.locator("#state p")).to_have_text("Sem conexão: tentando de novo…")
    expect(heading(tab)).to_have_text("Usado.")
    expect(tab.locator("#state p")).to_have_text("")
    sent = tab.evaluate("sent")
    assert len(sent) == 2
    assert sent[0] == sent[1]
    assert "key=" in sent[0]
    assert states(gate) == ["spent"]


def test_whoever_stops_trying_may_tap_again_and_uses_once(
    gate: Live, desk: Callable[..., Page]
) -> None:
    tab = desk()
    check(tab, "TERCA20")
    expect(heading(tab)).to_have_text("Vale. Ainda não foi usado.")

    tab.evaluate(LOSE_ANSWERS, 1)
    use(tab)
    tab.get_by_role("button", name="Parar de tentar").click()
    expect(tab.locator("#state p")).to_contain_text("Parado, sem saber se foi feito.")
    use(tab)

    expect(heading(tab)).to_have_text("Usado.")
    assert states(gate) == ["spent"]


def test_what_is_typed_anew_is_looked_at_anew(desk: Callable[..., Page]) -> None:
    tab = desk()
    check(tab, "TERCA20")
    expect(heading(tab)).to_have_text("Vale. Ainda não foi usado.")
    tab.locator("#id_code").fill("OUTRO")

    expect(tab.get_by_role("button", name="Usar agora")).to_have_count(0)


def test_a_use_is_undone_while_its_minutes_run(gate: Live, desk: Callable[..., Page]) -> None:
    tab = desk()
    check(tab, "TERCA20")
    use(tab)
    undo = tab.locator("#answer .undo button")
    expect(undo).to_have_text(re.compile(r"^Desfazer (10:00|9:5\d)$"))
    before = undo.inner_text()
    expect(undo).not_to_have_text(before)
    expect(tab.get_by_role("button", name="Desfazer", exact=True)).to_be_visible()
    undo.click()

    expect(heading(tab)).to_have_text("Desfeito: o código pode ser usado de novo.")
    expect(heading(tab)).to_be_focused()
    assert states(gate) == ["reversed"]


def test_whoever_is_signed_out_is_led_to_sign_in(desk: Callable[..., Page]) -> None:
    tab = desk()
    tab.context.clear_cookies(name="alcova_session")
    check(tab, "TERCA20")

    tab.wait_for_url(re.compile("/admin/login/"))


@pytest.mark.parametrize("shown", ["TERCA20", "https://lua.localhost/promos?code=terca-20"])
def test_the_camera_reads_a_code_and_is_off_again(desk: Callable[..., Page], shown: str) -> None:
    tab = desk(init=CAMERA)
    tab.get_by_role("button", name="Ler com a câmera").click()
    expect(tab.get_by_role("dialog")).to_be_visible()
    assert violations(tab) == []
    tab.evaluate("code => { window.shown = code }", shown)

    expect(heading(tab)).to_have_text("Vale. Ainda não foi usado.")
    expect(heading(tab)).to_be_focused()
    expect(tab.get_by_role("dialog")).to_have_count(0)
    becomes(tab, "tracks.length && tracks.every(each => each.readyState === 'ended')")


def test_a_camera_that_is_closed_or_refused_is_off(desk: Callable[..., Page]) -> None:
    tab = desk(init=CAMERA)
    button = tab.get_by_role("button", name="Ler com a câmera")
    button.click()
    becomes(tab, "tracks.length && document.querySelector('video').srcObject")
    tab.keyboard.press("Escape")
    expect(button).to_be_focused()
    becomes(tab, "tracks.every(each => each.readyState === 'ended')")

    tab.evaluate("() => { navigator.mediaDevices.getUserMedia = () => Promise.reject() }")
    button.click()
    expect(tab.locator("#camera [role=status]")).to_contain_text("A câmera não abriu.")


def test_a_camera_that_is_opened_again_before_leave_was_given_is_off_when_closed(
    desk: Callable[..., Page],
) -> None:
    tab = desk(init=CAMERA)
    tab.evaluate(
        """() => {
          const asked = navigator.mediaDevices.getUserMedia;
          window.give = [];
          navigator.mediaDevices.getUserMedia = () =>
            new Promise((resolve) => window.give.push(async () => resolve(await asked())));
        }"""
    )
    button = tab.get_by_role("button", name="Ler com a câmera")
    button.click()
    becomes(tab, "give.length === 1")
    tab.keyboard.press("Escape")
    button.click()
    becomes(tab, "give.length === 2")
    tab.evaluate("give.forEach(each => each())")
    becomes(tab, "tracks.filter(each => each.readyState === 'ended').length === 1")
    expect(tab.locator("#camera [role=status]")).to_be_empty()

    tab.keyboard.press("Escape")
    becomes(tab, "tracks.length === 2 && tracks.every(each => each.readyState === 'ended')")


def test_without_a_detector_there_is_no_camera_s_button(desk: Callable[..., Page]) -> None:
    tab = desk()
    expect(tab.locator("#id_code")).to_be_focused()
    expect(tab.locator("#scan")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [{"width": 320, "height": 700}, PHONE, TABLET])
def test_no_state_of_the_page_has_a_barrier_or_a_way_sideways(
    desk: Callable[..., Page], scheme: str, viewport: dict[str, int]
) -> None:
    tab = desk(viewport=viewport, color_scheme=scheme)
    found = violations(tab)
    check(tab, "NADA")
    expect(heading(tab)).to_have_text("Não vale. Nada foi usado.")
    found += violations(tab)
    check(tab, "TERCA20")
    expect(heading(tab)).to_have_text("Vale. Ainda não foi usado.")
    found += violations(tab)
    tab.context.set_offline(True)
    use(tab)
    expect(tab.locator("#state p")).to_have_text("Sem conexão: tentando de novo…")
    found += violations(tab)
    tab.context.set_offline(False)
    expect(heading(tab)).to_have_text("Usado.")
    found += violations(tab)

    assert found == []


def violations(tab: Page) -> list[str]:
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    return [each["id"] for each in Axe().run(tab).response["violations"]]
