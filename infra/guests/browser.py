"""Debian's Chromium, driven without a word to anybody but the pages."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

from infra.local.console import Problem

FLAGS = ("--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking")

WHOLE = """async () => {
    const pictures = [...document.images];
    pictures.forEach(picture => { picture.loading = "eager"; });
    await Promise.all(pictures.map(picture => picture.decode().catch(() => {})));
    await document.fonts.ready;
}"""


def chromium() -> str:
    """Return the path of the browser; raise `Problem` where there is none."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        raise Problem("There is no browser: install Debian's chromium, and fonts-liberation.")
    return path


@contextmanager
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        try:
            yield found
        finally:
            found.close()


def load_whole(tab: Page) -> None:
    """Load also what waits for being scrolled to."""
    tab.evaluate(WHOLE)
