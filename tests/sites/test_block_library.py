"""The admin's page that shows every block."""

import re

import pytest

from sites.library import block_groups, block_notes
from theme.enums import Theme

ADDRESS = "/admin/blocks/"


@pytest.mark.parametrize("role", ["owner", "manager", "editor"])
def test_everybody_who_writes_pages_sees_all_blocks_drawn(staff, lua, role):
    html = staff(lua, role).get(ADDRESS).content.decode()

    assert re.findall(r'<section class="library-block" id="(\w+)"', html) == [
        note.name for notes in block_groups().values() for note in notes
    ]
    assert html.count("<iframe") == len(block_notes())
    assert "até 80 letras" in html


@pytest.mark.parametrize("theme", Theme.values)
def test_previews_are_drawn_in_the_theme_that_is_chosen(staff, lua, theme):
    client = staff(lua, "editor")

    html = client.get(ADDRESS, {"theme": theme, "scheme": "dark"}).content.decode()
    addresses = re.findall(r'<iframe[^>]* src="([^"]+)"', html)
    preview = client.get(addresses[0].replace("&amp;", "&"))

    assert f'data-theme="{theme}"' in preview.content.decode()
    assert preview.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_an_unknown_theme_is_the_site_s(staff, lua):
    html = staff(lua, "editor").get(ADDRESS, {"theme": "<b>"}).content.decode()

    assert "&theme=&" in html.replace("&amp;", "&")


def test_the_page_stands_in_the_menu_of_tenants(staff, lua):
    assert ADDRESS in staff(lua, "editor").get("/admin/").content.decode()
