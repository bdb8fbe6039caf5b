"""English and Spanish have every source string; Portuguese has what Wagtail lacks."""

import re
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from django.apps import apps
from django.utils.translation.trans_real import DjangoTranslation

from infra.local.translations import (
    LANGUAGES,
    compiled,
    po_file,
    po_files,
    read,
    refreshed,
    source_strings,
    untranslated,
    written,
)

KEPT = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?[^>]+>")
"""What a translation takes over as it is: placeholders, tags."""
OUTDATED = "Run ./run translations, and commit locale/."

SUITES = ("%(counter)s suíte", "%(counter)s suítes")

every_catalogue = pytest.mark.parametrize(
    "path", po_files(), ids=lambda path: f"{path.parents[1].name}-{path.stem}"
)


def forms(message: Message) -> list[tuple[str, str]]:
    """Return the pairs of a source string and its translation: one, or one for each number."""
    if isinstance(message.id, tuple):
        return list(zip(message.id, message.string, strict=True))
    return [(message.id, message.string)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_has_exactly_the_source_strings(language: str):
    catalog = refreshed(language, source_strings())

    assert po_file(language).read_bytes() == written(language, catalog), OUTDATED


@every_catalogue
def test_every_string_is_translated(path: Path):
    catalog = read(path)

    assert not [message.id for message in untranslated(catalog)]
    assert not [message.id for message in catalog if message.id and message.fuzzy]
    assert not catalog.obsolete


@every_catalogue
def test_translations_keep_placeholders_and_tags(path: Path):
    pairs = [pair for message in read(path) if message.id for pair in forms(message)]

    assert not [
        (source, translation)
        for source, translation in pairs
        if Counter(KEPT.findall(source)) != Counter(KEPT.findall(translation))
    ]


@every_catalogue
def test_compiled_file_is_that_of_the_catalogue(path: Path):
    assert path.with_suffix(".mo").read_bytes() == compiled(path), OUTDATED


def test_strings_come_from_code_and_from_templates_with_their_plurals():
    places = {
        message.id: [place for place, _line in message.locations] for message in source_strings()
    }

    assert "suites/enums.py" in places["Período"]
    assert "theme/templates/suites/suite_index_page.html" in places[SUITES]
    assert "tenancy/templates/tenancy/email/invitation.txt" in places["Olá."]


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_portuguese_has_only_words_that_its_packages_say_in_english(domain: str, settings):
    own = [each.id for each in read(po_file("pt_BR").with_name(f"{domain}.po")) if each.id]
    settings.LOCALE_PATHS = []
    without_ours = DjangoTranslation("pt-br", domain=domain)

    assert not {singular(text) for text in own} - said_by_packages(domain), "No longer said."
    assert not [text for text in own if has(without_ours, text)], "The packages have this now."


def has(translation: DjangoTranslation, text: str | tuple[str, str]) -> bool:
    if isinstance(text, tuple):
        return translation.ngettext(*text, 1) != text[0]
    return translation.gettext(text) != text


def singular(text: str | tuple[str, ...]) -> str:
    return text[0] if isinstance(text, tuple) else text


def said_by_packages(domain: str) -> set[str]:
    """Return the English words of all installed packages."""
    files = [
        path
        for config in apps.get_app_configs()
        for path in Path(config.path).glob(f"locale/en/LC_MESSAGES/{domain}.po")
    ]
    return {singular(message.id) for path in files for message in read(path) if message.id}
