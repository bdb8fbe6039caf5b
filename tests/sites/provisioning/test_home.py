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


OFFERED = """\
[properties.home.amenities]
heading = { pt = "Na casa toda", en = "All through the house" }
[[properties.home.amenities.amenities]]
icon = "car"
name = { pt = "Garagem", en = "Garage" }
text = { pt = "Fecha.", en = "It closes." }

[properties.home.packages]
heading = { pt = "Pacotes", en = "Packages" }
[[properties.home.packages.packages]]
name = { pt = "Velas", en = "Candles" }
price = "140,50"
picture = { file = "lua.png", alt = { pt = "Uma lua", en = "A moon" } }

[properties.home.menu]
heading = { pt = "Cardápio", en = "Menu" }
[[properties.home.menu.sections]]
name = { pt = "Taças", en = "Glasses" }
dishes = [
  { name = { pt = "Suco", en = "Juice" }, price = 16 },
  { name = { pt = "Água", en = "Water" } },
]

[properties.home.guest_photos]
heading = { pt = "Fotos", en = "Photos" }

[properties.home.reviews]
heading = { pt = "Avaliações", en = "Reviews" }

[properties.home.faq]
heading = { pt = "Antes", en = "Before" }
[[properties.home.faq.questions]]
question = { pt = "Tem?", en = "Is there?" }
answer = { pt = "Tem.", en = "Yes." }

[properties.home.directions]
heading = { pt = "Caminho", en = "The way" }
steps = [{ pt = "Virem.", en = "Turn." }]
entrance = { pt = "Pelo arco.", en = "Through the arch." }
map = { file = "lua.png", alt = { pt = "Uma lua", en = "A moon" } }

[[properties.suite_types]]
slug = "loft"
"""


def test_what_the_house_offers_is_told_in_each_language(mar):
    mar.edit(LOFT, OFFERED)
    mar.provision()
    again = mar.provision()

    with tenant_scope(mar.tenant):
        found = {}
        for slug in ("mar", "mar-en"):
            body = Page.objects.get(slug=slug, depth=2).specific.body
            found[slug] = {block.block_type: block.value for block in body}
        names = list(found["mar"])
        told = [_told(blocks) for blocks in found.values()]

    assert names == [
        *("hero", "rich_text", "suite_cards", "amenities", "packages", "menu"),
        *("guest_photos", "reviews", "faq", "directions"),
    ]
    assert told == [
        ["car", "Garagem", "Fecha.", "Velas", 14050, "Suco", 1600, "Tem?", "Virem.", "Pelo arco."],
        [
            "car",
            "Garage",
            "It closes.",
            "Candles",
            14050,
            "Juice",
            1600,
            "Is there?",
            "Turn.",
            "Through the arch.",
        ],
    ]
    assert not again.changes


def _told(blocks):
    (amenity,), (package,) = blocks["amenities"]["amenities"], blocks["packages"]["packages"]
    ((juice, _water),) = (section["dishes"] for section in blocks["menu"]["sections"])
    assert package["image"] == blocks["directions"]["map"]
    return [
        *(amenity[name] for name in ("icon", "name", "text")),
        *(package["name"], package["price"], juice["name"], juice["price"]),
        blocks["faq"]["questions"][0]["question"],
        *(*blocks["directions"]["steps"], blocks["directions"]["entrance"]),
    ]


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
