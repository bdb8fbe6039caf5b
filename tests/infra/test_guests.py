"""Pictures and measurements of guests' pages: which are taken, and what is said of them."""

import pytest

from infra.guests import lighthouse
from infra.guests.pages import GuestPage, one_of_each
from infra.guests.pictures import SCHEMES, SIZES, chosen
from infra.guests.report import Measurement, report
from infra.guests.sheet import contact_sheet
from infra.local.console import Problem
from theme.enums import Theme

LUA = GuestPage("lua.localhost", "pt-br", "homepage", "night", "/")
SOL = GuestPage("sol.localhost", "pt-br", "homepage", "clear", "/")
PAGES = [LUA, LUA._replace(kind="suitepage", path="/suites/loft/"), SOL]


def test_one_page_of_each_type_and_language_is_taken():
    english = LUA._replace(language="en", path="/en/")

    assert one_of_each([*PAGES, english]) == [*PAGES[:2], english]


def test_every_type_is_drawn_in_every_theme_size_and_scheme():
    shots = chosen(PAGES, [])

    assert len(shots) == len({shot.name for shot in shots})
    assert len(shots) == len(Theme.values) * 2 * len(SIZES) * len(SCHEMES)


def test_theme_is_drawn_on_a_motel_that_wears_it():
    homes = {shot.page.site for shot in chosen(PAGES, ["clear", "homepage"])}

    assert homes == {"sol"}


def test_any_theme_can_be_drawn_on_any_motel():
    names = {shot.name for shot in chosen(PAGES, ["clear", "lua", "homepage", "390", "dark"])}

    assert names == {"clear/homepage-0390-dark-lua"}


def test_word_that_nothing_is_called_is_refused_with_those_that_are():
    with pytest.raises(Problem, match=r"No picture is of all of neon; words are: .*night"):
        chosen(PAGES, ["neon"])


def test_sheet_leads_from_each_first_screen_to_the_whole_page():
    sheet = contact_sheet(["night/homepage-0390-dark-lua"])

    assert 'href="night/homepage-0390-dark-lua.png"' in sheet
    assert 'src="night/homepage-0390-dark-lua-first.png"' in sheet


def result(*, score: float, lcp: float, weight: int) -> dict[str, object]:
    categories = ("performance", "accessibility", "best-practices", "seo")
    reference = {"id": "image-alt", "weight": 1}
    image = {"node": {"selector": "img.hero"}}
    return {
        "categories": {name: {"score": score, "auditRefs": [reference]} for name in categories},
        "audits": {
            "image-alt": {"title": "No alt", "score": 0, "details": {"items": [image]}},
            "largest-contentful-paint": {"numericValue": lcp},
            "cumulative-layout-shift": {"numericValue": 0.0},
            "total-byte-weight": {"numericValue": weight},
            "network-requests": {"details": {"items": [{}] * 16}},
        },
    }


def test_report_marks_medians_as_met_or_not():
    runs = [result(score=1, lcp=ms, weight=250_000) for ms in (900, 1100, 5000)]

    row = report("12.8.2", 3, [Measurement("night", "homepage", runs)]).splitlines()[-1]

    assert row == (
        "| night | homepage | 100 ✓ | 100 ✓ | 100 ✓ | 100 ✓ | 1.10 s ✓ | 0.000 ✓ | 250 kB ✓ "
        "| 16 ✗ |"
    )


def test_only_home_pages_have_a_goal_for_their_size():
    found = Measurement("night", "suitepage", [result(score=1, lcp=900, weight=900_000)])

    assert "900 kB" in found.cells


def test_failing_audits_are_told_with_their_elements():
    found = Measurement("night", "homepage", [result(score=0.9, lcp=900, weight=1)])

    assert found.complaints == ["night · homepage · image-alt: No alt ", "    img.hero"]


@pytest.mark.parametrize("missing", ["node", "npm"])
def test_machine_without_node_is_told_what_is_missing(monkeypatch, missing):
    monkeypatch.setattr(
        lighthouse.shutil, "which", lambda name: None if name == missing else f"/usr/bin/{name}"
    )

    with pytest.raises(Problem, match=f"^{missing} is not here: install Node.js"):
        lighthouse.lighthouse()
