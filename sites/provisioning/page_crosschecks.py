"""What the tables of pages, menus and redirects promise the others of their property."""

from collections.abc import Iterator
from itertools import chain

from django.utils.translation import gettext as _

from sites.provisioning.findings import Finding, known, twice
from sites.provisioning.promotion_crosschecks import promotion_findings
from sites.provisioning.tree import Node

FIXED = ("home", "suites", "promocoes", "contato", "perguntas")
"""Pages that need no slug in the file."""


def page_findings(house: Node) -> Iterator[Finding]:
    """Return everything that is wrong between these tables."""
    yield from _addresses(house)
    yield from _comparison(house)
    yield from _coupon(house)
    yield from promotion_findings(house)
    yield from _links(house)
    yield from twice((each.at("from"), each.text("from")) for each in house.children("redirects"))


def _own_pages(house: Node) -> list[Node]:
    return [*house.children("texts"), *house.children("campaigns")]


def _addresses(house: Node) -> Iterator[Finding]:
    fixed = (((), slug) for slug in FIXED)
    own = ((page.at("slug"), page.text("slug")) for page in _own_pages(house))
    yield from twice(chain(fixed, own))


def _comparison(house: Node) -> Iterator[Finding]:
    home = house.child("home")
    comparison = home.child("comparison") if home else None
    if comparison is not None:
        yield from twice(comparison.texts("suite_types"))
        yield from known(comparison.texts("suite_types"), house.slugs("suite_types"))


def _coupon(house: Node) -> Iterator[Finding]:
    home = house.child("home")
    table = home.child("coupon") if home else None
    if table is not None:
        coupons = [each for row in house.children("promotions") for each in row.children("coupons")]
        slugs = frozenset(each.text("slug") for each in coupons)
        yield from known([(table.at("coupon"), table.text("coupon"))], slugs)


def _links(house: Node) -> Iterator[Finding]:
    pages = frozenset([*FIXED, *(page.text("slug") for page in _own_pages(house))])
    if house.child("faq") is None:
        pages -= {"perguntas"}
    menu = house.child("navigation")
    groups = list(menu.children("footer")) if menu else []
    links = chain(
        menu.children("header") if menu else (),
        *(group.children("links") for group in groups),
        house.children("redirects"),
    )
    for link in links:
        yield from known([(link.at("page"), link.text("page"))], pages)
        if ("page" in link.table) == ("url" in link.table):
            yield link.at("page"), _("Escreva “page” ou “url”: um dos dois.")
    for link in chain(
        menu.children("header") if menu else (), *(g.children("links") for g in groups)
    ):
        if "url" in link.table and "label" not in link.table:
            yield link.at("label"), _("Um endereço precisa de um texto.")
