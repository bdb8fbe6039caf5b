"""What one table of a file promises another: slugs that exist, nothing twice, no text missing.

The checks read the file as it was parsed, not the models: what is wrong in one table then
hides nothing that is wrong in another.
"""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from sites.provisioning import values
from sites.provisioning.fields import Picture, Table, Text
from sites.provisioning.findings import Finding, known, twice
from sites.provisioning.page_crosschecks import page_findings
from sites.provisioning.pricechecks import price_findings, when_findings
from sites.provisioning.promotion_crosschecks import coupon_findings
from sites.provisioning.schema import CompanyFile, Property
from sites.provisioning.tree import Located, Node
from sites.provisioning.wording import fields, tables_in
from tenancy.enums import TENANT_ROLES, Role
from theme.enums import Theme
from theme.palettes import COLOUR, SCHEMES, why_illegible

LANGUAGES = {"pt-br": "pt", "en": "en", "es": "es"}
"""The languages of a site, and the key under which a text has each."""


def findings(data: dict[str, Any]) -> Iterator[Finding]:
    """Return everything that is wrong between the tables of a parsed file."""
    root = Node((), data)
    yield from _people(root)
    yield from _hosts(root)
    yield from _vocabularies(root)
    for key in ("features", "inclusions", "properties"):
        yield from _unique_slugs(root, key)
    yield from coupon_findings(root)
    for house in root.children("properties"):
        for key in ("stays", "special_days", "suite_types", "promotions"):
            yield from _unique_slugs(house, key)
        yield from _languages(house)
        yield from _texts(house, Property, _spoken(house))
        yield from when_findings(house)
        yield from _suite_types(house, root)
        yield from _pictures(house)
        yield from _accents(house)
        yield from page_findings(house)


def _people(root: Node) -> Iterator[Finding]:
    people = list(root.children("people"))
    yield from twice((person.at("email"), person.text("email").lower()) for person in people)
    roles = {person.text("role") for person in people}
    if roles <= set(TENANT_ROLES) - {Role.OWNER} and isinstance(root.table.get("people"), list):
        yield root.at("people"), _("Falta pelo menos uma pessoa com o papel “owner”.")


def _hosts(root: Node) -> Iterator[Finding]:
    houses = list(root.children("properties"))
    yield from twice(
        (house.at("subdomain" if house.text("subdomain") else "slug"), _subdomain(house))
        for house in houses
        if house.text("subdomain") or house.text("slug")
    )
    domains = [(path, _domain(text)) for each in houses for path, text in each.texts("domains")]
    yield from twice(domains)
    for path, domain in domains:
        if f".{domain}".endswith(f".{settings.PLATFORM_DOMAIN}"):
            yield path, _("Endereços da plataforma se escrevem em “subdomain”.")


def _subdomain(house: Node) -> str:
    return house.text("subdomain") or house.text("slug")


def _domain(text: str) -> str:
    try:
        return values.domain(text)
    except values.NotAccepted:
        return ""


def _vocabularies(root: Node) -> Iterator[Finding]:
    spoken = {key for house in root.children("properties") for key in _spoken(house)}
    company = {key: fields(CompanyFile)[key] for key in ("features", "inclusions")}
    for key, annotation in company.items():
        (table,) = tables_in(annotation)
        for word in root.children(key):
            yield from _texts(word, table, spoken)


def _languages(house: Node) -> Iterator[Finding]:
    languages = list(house.texts("languages"))
    yield from twice(languages)
    first = house.table.get("languages", ["pt-br"])
    if isinstance(first, list) and first[:1] != ["pt-br"]:
        yield house.at("languages"), _("O primeiro idioma é sempre “pt-br”.")


def _spoken(house: Node) -> set[str]:
    return {LANGUAGES[text] for _path, text in house.texts("languages") if text in LANGUAGES}


def _walk(node: Node, table: type[Table]) -> Iterator[tuple[Node, type[Table]]]:
    """Return a table and all that the schema knows below it."""
    yield node, table
    for key, annotation in fields(table).items():
        child = node.child(key)
        for below in tables_in(annotation):
            for found in chain([child] if child else [], node.children(key)):
                yield from _walk(found, below)


def _texts(node: Node, table: type[Table], spoken: set[str]) -> Iterator[Finding]:
    """Find the texts below a table that lack one of the languages spoken."""
    for found, below in _walk(node, table):
        if issubclass(below, Text):
            yield from _text(found, spoken)


def _text(text: Node, spoken: set[str]) -> Iterator[Finding]:
    paragraphs = _count_paragraphs(text, "pt")
    for key in sorted(spoken - {"pt"}):
        if key not in text.table:
            yield text.at(key), _("Falta o texto neste idioma, que é um dos idiomas do site.")
        elif paragraphs and _count_paragraphs(text, key) not in {0, paragraphs}:
            yield text.at(key), _("O número de parágrafos não é o mesmo que em português.")


def _count_paragraphs(text: Node, key: str) -> int:
    return sum(bool(part.strip()) for part in text.text(key).split("\n\n"))


def _pictures(house: Node) -> Iterator[Finding]:
    """Find a picture that is described in two ways: one property has it, and its words, once."""
    described: dict[str, Any] = {}
    pictures = (node for node, table in _walk(house, Property) if table is Picture)
    for picture in pictures:
        file, alt = picture.text("file"), picture.table.get("alt")
        if alt and described.setdefault(file, alt) != alt:
            yield picture.at("alt"), _("A mesma imagem já tem outra descrição nesta casa.")


def _suite_types(house: Node, root: Node) -> Iterator[Finding]:
    types = list(house.children("suite_types"))
    yield from twice(chain.from_iterable(_numbers(suite_type) for suite_type in types))
    features = root.slugs("features")
    for suite_type in types:
        yield from twice(suite_type.texts("features"))
        yield from known(suite_type.texts("features"), features)
        yield from twice(suite_type.texts("accessibility"))
        yield from price_findings(suite_type, house, root)


def _numbers(suite_type: Node) -> Iterator[Located]:
    numbers = suite_type.table.get("suites")
    for index, number in enumerate(numbers if isinstance(numbers, list) else ()):
        yield suite_type.at("suites", index), str(number).strip()


def _unique_slugs(node: Node, key: str) -> Iterator[Finding]:
    yield from twice((child.at("slug"), child.text("slug")) for child in node.children(key))


def _accents(house: Node) -> Iterator[Finding]:
    """Find a colour that could not be read on its theme's ground."""
    own, theme = house.child("appearance"), house.text("theme") or Theme.NIGHT.value
    if own is None or theme not in Theme.values:
        return
    for scheme in SCHEMES:
        key = f"accent_{scheme.value}"
        accent = own.text(key)
        if COLOUR.match(accent) and (why := why_illegible(accent, theme, scheme)):
            yield own.at(key), why
