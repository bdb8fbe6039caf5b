"""The home page's blocks, from what a file says of them."""

import pytest
from wagtail.models import Page

from tenancy.context import tenant_scope
from tests.sites.provisioning.examples import SMALLEST, refused

PARTS = """\
[properties.home.price_now]
heading = { pt = "Chegando agora", en = "Arriving now" }

[properties.home.comparison]
heading = { pt = "Lado a lado", en = "Side by side" }
suite_types = ["flat", "loft"]

[properties.home.promotions]
heading = { pt = "No ar", en = "On now" }

[[properties.suite_types]]
slug = "flat"
name = { pt = "Flat", en = "Flat" }
prices = [{ stay = "2h", price = 90 }]

[[properties.suite_types]]
slug = "loft"
"""
LOFT = '[[properties.suite_types]]\nslug = "loft"\n'


def test_parts_come_in_the_order_of_the_format_in_each_language(mar):
    mar.edit(LOFT, PARTS)
    mar.provision()

    with tenant_scope(mar.tenant):
        home = Page.objects.get(slug="mar", depth=2).specific
        blocks = {block.block_type: block.value for block in home.body}
        english = Page.objects.get(slug="mar-en").specific
        said = {block.block_type: block.value.get("heading") for block in english.body[1:2]}

    assert list(blocks) == [
        "hero",
        "price_now",
        "rich_text",
        "suite_cards",
        "suite_comparison",
        "promotions",
        "contact",
    ]
    assert [row.slug for row in blocks["suite_comparison"]["suite_types"]] == ["flat", "loft"]
    assert said == {"price_now": "Arriving now"}


@pytest.mark.parametrize(
    ("slugs", "field"),
    [
        ('["luxo"]', "suite_types"),
        ('["luxo", "luxo"]', "suite_types[1]"),
        ('["luxo", "luxu"]', "suite_types[1]"),
    ],
)
def test_a_comparison_is_of_two_to_four_suite_types_that_exist(tmp_path, slugs, field):
    table = f'[properties.home.comparison]\nheading = {{ pt = "A" }}\nsuite_types = {slugs}\n'

    found = refused(tmp_path, f"{SMALLEST}\n{table}")

    assert [path for _line, path, _reason in found] == [f"properties[0].home.comparison.{field}"]
