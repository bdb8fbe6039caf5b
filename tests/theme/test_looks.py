"""Themes, as code and style sheets agree on them."""

import re
from pathlib import Path

import pytest

from infra.typefaces import COMMON, signs_of
from tenancy.context import tenant_scope
from theme.enums import Face, Scheme, Theme
from theme.looks import LOOKS, Look, last_look, remember
from theme.models import SiteSettings
from theme.palettes import SCHEMES, STYLES, TYPEFACES, grounds, why_illegible
from theme.rules import TEXT_CONTRAST, contrast
from theme.sheets import own_sheet, site_sheet

TOKENS = (STYLES / "tokens.css").read_text(encoding="utf-8")


def rule(selector: str) -> str:
    return TOKENS.split(f"\n{selector} {{", 1)[1].split("\n}", 1)[0]


def names(selector: str) -> set[str]:
    return set(re.findall(r"(--[\w-]+):", rule(selector)))


@pytest.mark.parametrize("theme", Theme)
def test_theme_has_a_look_and_the_tokens_of_all_themes(theme):
    assert LOOKS[theme].theme == theme
    assert names(f'[data-theme="{theme}"]') == names('[data-theme="night"]')


@pytest.mark.parametrize("theme", Theme)
def test_theme_has_a_dark_and_a_light_scheme_with_legible_accents(theme):
    found = grounds(theme)
    for scheme in SCHEMES:
        (accent,) = re.findall(rf"--accent-{scheme}: (#\w{{6}});", rule(f'[data-theme="{theme}"]'))
        assert len(found[scheme]) == 2
        assert why_illegible(accent, theme, scheme) == ""


@pytest.mark.parametrize("face", Face)
def test_typeface_is_shipped_with_its_licence_and_measures(face):
    fonts = STYLES.parent / "fonts"

    assert (fonts / f"{face}.woff2").stat().st_size < 11_500
    assert (fonts / f"{face}-LICENSE.txt").exists()
    assert "--display" in names(f'[data-face="{face}"]')


@pytest.mark.parametrize("face", Face)
def test_browsers_get_all_signs_of_a_typeface_in_two_files(face):
    whole = signs_of(TYPEFACES / f"{face}.woff2")
    first, rest = (signs_of(STYLES.parent / f"fonts/{face}{part}.woff2") for part in ("", "-rest"))

    assert (first, rest) == (whole & COMMON, whole - COMMON)
    assert whole >= COMMON
    assert set(map(ord, rest)) == second_range(face)


def second_range(face: str) -> set[int]:
    """Return the signs for which a browser asks for the second file of a typeface."""
    rule = TOKENS.split(f'fonts/{face}-rest.woff2"', 1)[1].split("}", 1)[0]
    ranges = re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", rule)
    return {sign for a, b in ranges for sign in range(int(a, 16), int(b or a, 16) + 1)}


def test_variants_that_looks_name_are_drawn():
    text = site_sheet().text

    for look in LOOKS.values():
        assert f'[data-hero="{look.hero}"]' in text
        assert f'[data-cards="{look.cards}"]' in text


def test_site_sheet_has_every_style_sheet_and_addresses_that_exist():
    text = site_sheet().text
    files = [path.read_text(encoding="utf-8") for path in Path(STYLES).rglob("*.css")]

    assert all(file.splitlines()[-3].strip() in text for file in files)
    assert 'url("../' not in text
    assert "/*" not in text
    assert text.startswith("@font-face")


@pytest.mark.parametrize(
    ("field", "colour", "ratio"),
    [("accent_light", "#ffc0cb", "1,4:1"), ("accent_dark", "#550022", "1,2:1")],
)
def test_settings_refuse_an_accent_that_cannot_be_read(field, colour, ratio):
    with pytest.raises(Exception, match="precisa de 4,5:1") as refused:
        SiteSettings(theme="night", **{field: colour}).clean()

    assert list(refused.value.message_dict) == [field]
    assert ratio in refused.value.message_dict[field][0]


def test_settings_accept_accents_that_can_be_read_in_their_scheme():
    SiteSettings(theme="night", accent_light="#a00060", accent_dark="#ffb0e0").clean()


@pytest.mark.parametrize("path", sorted(STYLES.rglob("*.css")), ids=lambda path: path.stem)
def test_style_sheet_leaves_no_rule_open_for_the_next_one(path):
    css = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)

    assert css.count("{") == css.count("}")


@pytest.mark.parametrize("path", sorted(STYLES.rglob("*.css")), ids=lambda path: path.stem)
def test_no_width_is_of_a_typeface_that_comes_later(path):
    css = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)

    assert re.findall(r"[\d.]+(?:ch|ex|cap|ic)\b", css) == []


def test_own_sheet_changes_only_what_was_chosen():
    assert own_sheet(SiteSettings()) is None
    assert own_sheet(SiteSettings(accent_dark="#ffb0e0")).text == (
        ":root[data-theme] { --accent-dark: #ffb0e0; --on-accent-dark: #17111a; }\n"
    )


def test_own_sheet_leaves_out_what_is_no_colour():
    assert own_sheet(SiteSettings(accent_dark="red;}x{")) is None


@pytest.mark.django_db
def test_last_look_is_kept_by_tenant_and_host(lua, sol):
    look = Look("clear", "figtree", "arch", "arch", Scheme.DARK)
    with tenant_scope(lua):
        remember("lua.localhost", look)
        assert last_look("lua.localhost") == look
    with tenant_scope(sol):
        assert last_look("lua.localhost") == LOOKS[Theme.NIGHT]


def test_the_band_of_previews_can_be_read_in_every_look():
    sheet = (STYLES.parent / "preview.css").read_text(encoding="utf-8")
    band = sheet.split(".preview-band {")[1].split("}")[0]
    ground, ink = (re.search(rf"{name}: (#\w+);", band)[1] for name in ("background", " color"))

    assert contrast(ink, ground) >= TEXT_CONTRAST
