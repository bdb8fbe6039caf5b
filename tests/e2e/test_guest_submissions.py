"""A guest sends a photo and words, a manager looks at them, all see them, and they are gone."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Page, expect

from infra.local.components import WORKER
from tests.e2e.conftest import DATABASE_URLS, ROOT, Live, _with_database
from tests.e2e.test_editor_journey import sign_in
from tests.ugc.sending import photo

# Has the test database made, of which the server gets a copy.
pytestmark = pytest.mark.django_db

HOST, STAFF = "lua.localhost", "lua.painel.localhost"
PHONE = {"width": 390, "height": 844}
WORDS = "O teto abre, e a lua entra."
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture(scope="module")
def worked(showroom: Live) -> Iterator[Live]:
    """Have a worker beside the server."""
    name = urlsplit(showroom.dsn).path.removeprefix("/")
    own = {url: _with_database(os.environ[url], name) for url in DATABASE_URLS}
    own |= {
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "VAR_DIR": str(settings.VAR_DIR),
        "REDIS_URL": showroom.redis_url,
        "PORT": str(showroom.port),
        "DATABASE_ROLE": "app",
    }
    command = [sys.executable, *WORKER, "--queues=celery,pages", "--pool=solo"]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **own}, start_new_session=True)
    yield showroom
    os.killpg(process.pid, signal.SIGTERM)
    process.wait(timeout=30)


def fill_in(tab: Page, live: Live, folder: Path) -> None:
    picture = folder / "IMG_0001.jpg"
    picture.write_bytes(photo((1600, 1200)))
    tab.goto(live.url(HOST))
    form = tab.locator("form[data-challenge]")
    form.locator("[name=photos]").set_input_files(picture)
    form.locator("[name=company][value=nobody]").check()
    form.locator("[name=words]").fill(WORDS)
    form.locator("[name=name]").fill("Bia")
    for box in ("photos", "words", "adults"):
        form.locator(f"[name={box}_agreed]").check()


def barriers(tab: Page) -> list[str]:
    return [each["id"] for each in Axe().run(tab, options=RULES).response["violations"]]


def until(look: Callable[[], bool], seconds: float = 60) -> bool:
    deadline = time.monotonic() + seconds
    while not look() and time.monotonic() < deadline:
        time.sleep(0.3)
    return look()


def test_a_photo_goes_from_a_phone_to_the_page_and_away_again(
    worked: Live, open_tab: Callable[..., Page], tmp_path: Path
) -> None:
    tab, manager = open_tab(viewport=PHONE), open_tab()
    hosts: set[str] = set()
    tab.on("request", lambda request: hosts.add(urlsplit(request.url).hostname or ""))
    fill_in(tab, worked, tmp_path)
    tab.locator("form[data-challenge] [type=submit]").click()
    receipt = tab.locator("#recibo").get_attribute("href") or ""
    assert barriers(tab) == []
    rows = worked.execute("SELECT id FROM ugc_submission WHERE words = %s", WORDS)
    ((key,),) = rows
    asked = "SELECT status FROM ugc_submission WHERE id = %s"
    assert until(lambda: worked.execute(asked, key) == [("queued",)])

    sign_in(manager, worked, STAFF, "manager@lua.test")
    manager.goto(worked.url(STAFF, f"/admin/guests/{key}/"))
    for image in manager.locator(".guest-sides img").all():
        assert image.evaluate("each => each.complete && each.naturalWidth > 0")
    assert [each for each in barriers(manager) if each not in ADMINS_OWN] == []
    manager.locator(".regions-add").click()
    mark = manager.locator(".regions-mark")
    expect(mark).to_be_focused()
    manager.keyboard.press("ArrowRight")
    manager.keyboard.press("Shift+ArrowDown")
    expect(manager.locator("[name=left]").first).to_have_value("405")
    expect(manager.locator("[name=height]").first).to_have_value("205")
    manager.locator("[value=mark]").click()
    expect(manager.locator("[name=left]").first).to_have_value("405")
    manager.locator("[value=publish]").click()
    expect(manager.locator(".guest-facts")).to_contain_text("Publicado")

    guest = open_tab(viewport=PHONE)
    shown = guest.locator(".guest-photos-list li", has_text=WORDS)
    assert until(lambda: bool(guest.goto(worked.url(HOST)) and shown.count()))
    expect(shown).to_contain_text("Bia")
    shown.locator("img").scroll_into_view_if_needed()
    picture = shown.locator("img").get_attribute("src") or ""
    assert until(lambda: shown.locator("img").evaluate("e => e.complete && e.naturalWidth > 0"))
    assert barriers(guest) == []

    tab.goto(receipt)
    assert barriers(tab) == []
    tab.get_by_text("Retirar tudo", exact=True).click()
    tab.locator("[value=withdraw]").click()
    assert until(lambda: bool(tab.goto(receipt) and tab.locator("#apagado").count()))
    assert until(lambda: bool(guest.goto(worked.url(HOST)) and not shown.count()))
    asked_again = "async (path) => (await fetch(path, { cache: 'no-store' })).status"
    assert guest.evaluate(asked_again, picture) == 404
    assert {host for host in hosts if host} == {HOST}
    assert tab.context.cookies() == []


ADMINS_OWN = {"color-contrast", "landmark-unique", "region", "aria-allowed-role", "list"}
"""What axe finds in the frame that Wagtail draws around every screen."""


def test_without_scripts_the_form_is_sent_as_well(
    worked: Live, open_tab: Callable[..., Page], tmp_path: Path
) -> None:
    tab = open_tab(java_script_enabled=False, viewport=PHONE)
    fill_in(tab, worked, tmp_path)
    tab.locator("form[data-challenge] [type=submit]").click()

    expect(tab.locator("#recibo")).to_be_visible()


def test_what_is_wrong_is_said_and_fits_a_narrow_screen(
    worked: Live, open_tab: Callable[..., Page]
) -> None:
    found = []
    for scheme in ("light", "dark"):
        tab = open_tab(viewport={"width": 320, "height": 700}, color_scheme=scheme)
        tab.goto(worked.url(HOST))
        tab.locator("form[data-challenge] [type=submit]").click()
        expect(tab.locator(".guest-form-errors")).to_be_visible()
        found += barriers(tab)
        assert tab.evaluate("document.documentElement.scrollWidth") <= 320

    assert found == []
