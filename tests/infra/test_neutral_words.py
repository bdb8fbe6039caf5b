"""What kind of house it is, only `suites` and the demo say: a hostel or a clinic changes those."""

import re

import pytest

from infra.local.checkout import ROOT

NEUTRAL = (
    "analytics",
    "config",
    "infra",
    "privacy",
    "promotions",
    "reviews",
    "sites",
    "tenancy",
    "theme",
    "ugc",
)
SOURCES = {".py", ".html", ".css", ".js", ".svg", ".xml"}
WRITTEN_BY_A_PROGRAM = "migrations"
DEMO = ("sites/demo/", "infra/local/addresses.py")
"""The demo is of motels: its texts, its drawings, and the list of its sites."""

ALLOWED = {"motelsites": "the label of the app `sites`, since Django has a `sites` of its own"}
WORD = re.compile(r"\w*mot[eé](?:l|is)\w*", re.IGNORECASE)


def sources(package):
    for path in sorted((ROOT / package).rglob("*")):
        name = path.relative_to(ROOT).as_posix()
        is_ours = WRITTEN_BY_A_PROGRAM not in path.parts and not name.startswith(DEMO)
        if is_ours and path.suffix in SOURCES:
            yield name, path.read_text(encoding="utf-8")


@pytest.mark.parametrize("package", NEUTRAL)
def test_code_outside_suites_does_not_say_what_kind_of_house_it_is(package):
    found = {
        (name, word)
        for name, text in sources(package)
        for word in WORD.findall(text)
        if word.lower() not in ALLOWED
    }

    assert not found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("motel: Property", ["motel"]),
        ("class SelectByMotel:", ["SelectByMotel"]),
        ("Para motéis que fecham.", ["motéis"]),
        ('"motelsites.HomePage"', ["motelsites"]),
        ("remote, motion", []),
    ],
)
def test_word_is_found_in_any_form(text, words):
    assert WORD.findall(text) == words
