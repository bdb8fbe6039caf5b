"""The texts of one page, and what they are in the other languages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from django.utils.translation import gettext, override
from wagtail_localize.strings import StringValue

from sites.provisioning.fields import Text


@dataclass
class Words:
    """Collects each Portuguese text that goes into a page, with its translations.

    wagtail-localize takes a page apart into strings; `into()` finds each one's translation.
    """

    pairs: dict[str, dict[str, str]] = field(default_factory=dict)

    def say(self, text: Text[Any] | None) -> str:
        """Return the Portuguese text, "" for none, and remember the others."""
        if text is None:
            return ""
        self._pair(text.pt, {"en": text.en, "es": text.es})
        return str(text.pt)

    def ours(self, message: str) -> str:
        """Return a text of the project's own catalogues, and remember the others."""
        said = {}
        for language in ("en", "es"):
            with override(language):
                said[language] = gettext(message)
        self._pair(message, said)
        return message

    def rich(self, heading: Text[Any] | None, text: Text[Any] | None) -> str:
        """Return HTML: a heading, then a paragraph for each block of lines."""
        html = f"<h2>{escape(self.say(heading))}</h2>" if heading else ""
        return html + "".join(f"<p>{escape(part)}</p>" for part in self._paragraphs(text))

    def plain(self, text: Text[Any] | None) -> str:
        """Return paragraphs as plain text, with an empty line between them."""
        if text is None:
            return ""
        said = {name: "\n\n".join(_split(getattr(text, name))) for name in ("pt", "en", "es")}
        self._pair(said["pt"], {language: said[language] for language in ("en", "es")})
        return said["pt"]

    def into(self, data: str, language: str) -> str | None:
        """Return a string of wagtail-localize's in a language, or None where nobody gave it."""
        return self.pairs.get(data, {}).get(language)

    def _paragraphs(self, text: Text[Any] | None) -> list[str]:
        if text is None:
            return []
        parts = {name: _split(getattr(text, name)) for name in ("pt", "en", "es")}
        for index, part in enumerate(parts["pt"]):
            said = {
                language: parts[language][index] if index < len(parts[language]) else None
                for language in ("en", "es")
            }
            self._pair(part, said)
        return parts["pt"]

    def _pair(self, text: str, said: Mapping[str, str | None]) -> None:
        key = StringValue.from_plaintext(text).data
        known = {
            language: StringValue.from_plaintext(words).data
            for language, words in said.items()
            if words
        }
        self.pairs.setdefault(key, {}).update(known)


def _split(text: str | None) -> list[str]:
    parts = (text or "").replace("\r\n", "\n").split("\n\n")
    return [" ".join(part.split()) for part in parts if part.strip()]
