"""The words of the interface: collected from the sources, kept in locale/, compiled."""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from infra.local.checkout import ROOT

LOCALE = ROOT / "locale"
LANGUAGES = ("en", "es")
"""What the Portuguese source strings are translated to."""
SILENT = {"benchmarks", "infra", "tests"}
"""Packages that say nothing to people, or say it in English."""
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
UTF8 = {"encoding": "utf-8"}
HEADER = """\
# Alcova: translations of the Portuguese source strings.
msgid ""
msgstr ""
"Language: {language}\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
ALWAYS = datetime(2026, 1, 1, tzinfo=UTC)
"""The date in compiled catalogues: the same words make the same file."""


def refresh() -> list[tuple[str, Message]]:
    """Bring locale/ up to date with the sources; return what lacks a translation, by language."""
    strings, missing = source_strings(), []
    for language in LANGUAGES:
        catalog = refreshed(language, strings)
        po_file(language).write_bytes(written(language, catalog))
        missing += [(language, message) for message in untranslated(catalog)]
    for path in po_files():
        path.with_suffix(".mo").write_bytes(compiled(path))
    return missing


def source_strings() -> list[Message]:
    """Return every source string, each with the files it is in, in an order that stays."""
    catalog = Catalog()
    for path in _sources():
        found = extract(
            "python", BytesIO(_as_python(path)), KEYWORDS, options={"encoding": "utf-8"}
        )
        for _line, text, _comments, context in found:
            # No line: code that moves leaves the catalogues alone.
            place = (str(path.relative_to(ROOT)), None)
            catalog.add(text, locations=[place], context=context)  # type: ignore[list-item]
    return sorted(message for message in catalog if message.id)


def refreshed(language: str, strings: list[Message]) -> Catalog:
    """Return the catalogue with these strings: known ones keep their translation, others go."""
    old, new = read(po_file(language)), Catalog(locale=language)
    for message in strings:
        known = old.get(message.id, message.context)
        is_kept = known and known.id == message.id and not known.fuzzy
        new.add(
            message.id,
            known.string if known and is_kept else None,
            locations=message.locations,
            context=message.context,
        )
    return new


def untranslated(catalog: Catalog) -> list[Message]:
    """Return the messages without a translation, or without all of its plural forms."""
    return [
        message
        for message in catalog
        if message.id
        and not all(message.string if isinstance(message.string, tuple) else [message.string])
    ]


def written(language: str, catalog: Catalog) -> bytes:
    """Return the catalogue's file: sorted by place, without a line or a date that moves."""
    out = BytesIO()
    write_po(out, catalog, width=100, omit_header=True, sort_by_file=True, include_lineno=False)
    return HEADER.format(language=language).encode() + out.getvalue()


def compiled(path: Path) -> bytes:
    """Return what the compiled file of a catalogue has to be."""
    catalog = read(path)
    catalog.creation_date = catalog.revision_date = ALWAYS
    out = BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parents[1].name)


def po_file(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def po_files() -> list[Path]:
    """Return every catalogue, those that fill Wagtail's gaps in Portuguese too."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))


def _sources() -> Iterator[Path]:
    packages = {path.parent for path in ROOT.glob("*/__init__.py")}
    for package in sorted(packages - {ROOT / name for name in SILENT}):
        for path in sorted(package.rglob("*.*")):
            if "templates" in path.parts or path.suffix == ".py":
                yield path


def _as_python(path: Path) -> bytes:
    """Return what Babel can read: a template's strings as calls, without its indentation."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        text = "\n".join(line.lstrip() for line in templatize(text).splitlines())
    return text.encode()
