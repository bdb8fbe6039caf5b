"""`./run pictures`: every page type in every theme, on a phone and a desk, light and dark."""

import shutil
from collections.abc import Iterable, Sequence
from itertools import groupby, product
from pathlib import Path
from typing import Literal, NamedTuple

from playwright.sync_api import Browser

from infra.guests.browser import browser, chromium, load_whole
from infra.guests.pages import MAIN_LANGUAGE, GuestPage, one_of_each
from infra.guests.served import Served, demo_served
from infra.guests.sheet import contact_sheet
from infra.local.checkout import ROOT
from infra.local.console import Problem, say
from theme.enums import Theme

Scheme = Literal["light", "dark"]

FOLDER = ROOT / "screenshots"
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
SIZES = ((390, 844), (1440, 900))


class Shot(NamedTuple):
    """A picture to be taken: the whole page, and what is seen of it at first."""

    theme: str
    page: GuestPage
    size: tuple[int, int]
    scheme: Scheme

    @property
    def name(self) -> str:
        """Say what is in it, in an order that sorts well."""
        parts = (self.page.kind, f"{self.size[0]:04}", self.scheme, self.page.site)
        return f"{self.theme}/{'-'.join(parts)}"

    @property
    def words(self) -> set[str]:
        """All that a picture can be asked for by."""
        return {self.theme, self.page.kind, str(self.size[0]), self.scheme, self.page.site}


def take_pictures(arguments: Sequence[str]) -> int:
    """Take the pictures that have all of the words, and make a sheet of them."""
    chromium()
    with demo_served() as demo, browser() as opened:
        shots = chosen(demo.pages, arguments)
        shutil.rmtree(FOLDER, ignore_errors=True)
        for theme, group in groupby(shots, key=lambda shot: shot.theme):
            demo.wear(theme)
            for shot in group:
                say(f"{shots.index(shot) + 1:4}/{len(shots)}  {shot.name}")
                take(shot, demo, opened)
    names = [shot.name for shot in shots]
    (FOLDER / "index.html").write_text(contact_sheet(names), encoding="utf-8")
    say(f"{2 * len(shots)} pictures: {(FOLDER / 'index.html').relative_to(ROOT)}")
    return 0


def chosen(pages: Sequence[GuestPage], words: Iterable[str]) -> list[Shot]:
    """Return the shots that have all of the words; without a site's name, one site a theme."""
    main = [page for page in pages if page.language == MAIN_LANGUAGE]
    sites = {page.site for page in main}
    wanted = set(words)
    shots = [
        Shot(theme, page, size, scheme)
        for theme in Theme.values
        for page in models(main, theme, wanted & sites)
        for size, scheme in product(SIZES, SCHEMES)
    ]
    found = [shot for shot in shots if wanted <= shot.words]
    if not found:
        known = sorted({word for shot in shots for word in shot.words} | sites)
        raise Problem(f"No picture is of all of {' '.join(wanted)}; words are: {' '.join(known)}")
    return found


def models(pages: Sequence[GuestPage], theme: str, sites: set[str]) -> list[GuestPage]:
    """Return one page of each type: of the sites asked for, or else those of the theme first."""
    asked = [page for page in pages if not sites or page.site in sites]
    return one_of_each(sorted(asked, key=lambda page: page.theme != theme))


def take(shot: Shot, demo: Served, opened: Browser) -> None:
    """Write a shot's two pictures."""
    width, height = shot.size
    context = opened.new_context(
        viewport={"width": width, "height": height},
        color_scheme=shot.scheme,
        reduced_motion="reduce",
        locale="pt-BR",
    )
    with context:
        tab = context.new_page()
        tab.goto(demo.url(shot.page))
        load_whole(tab)
        path = FOLDER / f"{shot.name}.png"
        tab.screenshot(path=first_screen(path))
        tab.screenshot(path=path, full_page=True)


def first_screen(path: Path) -> Path:
    return path.with_name(f"{path.stem}-first.png")
