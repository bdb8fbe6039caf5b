"""The company's words: features and inclusions, in each language of its file."""

from typing import Any

from wagtail.models import Locale

from sites.provisioning.fields import Text
from sites.provisioning.ledger import Ledger
from sites.provisioning.schema import CompanyFile
from suites.models import Feature, Inclusion

LANGUAGES = ("pt-br", "en", "es")


def ensure_vocabulary(ledger: Ledger, file: CompanyFile) -> None:
    """Bring features and inclusions to what the file says."""
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    for position, feature in enumerate(file.features):
        key = f"features[{feature.slug}]"
        values = {"icon": feature.icon, "position": position}
        _ensure_word(ledger, key, Feature, locales, feature.slug, feature.name, values)
    for inclusion in file.inclusions:
        key = f"inclusions[{inclusion.slug}]"
        _ensure_word(ledger, key, Inclusion, locales, inclusion.slug, inclusion.name, {})


def _ensure_word(
    ledger: Ledger,
    key: str,
    model: type[Any],
    locales: dict[str, Locale],
    slug: str,
    name: Text[Any],
    values: dict[str, Any],
) -> None:
    original = None
    for language in LANGUAGES:
        if language != "pt-br" and getattr(name, language) is None:
            continue
        wanted = {**values, "name": name.into(language)}
        if original is not None:
            wanted["translation_key"] = original.translation_key
        lookup = {"slug": slug, "locale": locales[language]}
        row = ledger.upsert(f"{key}.{language}", model, lookup, wanted)
        original = original or row
