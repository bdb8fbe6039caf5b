"""What the checks between tables report, and the two questions that most of them ask."""

from collections.abc import Callable, Iterable, Iterator

from django.utils.translation import gettext as _

from sites.provisioning.lines import KeyPath
from sites.provisioning.tree import Located
from sites.provisioning.wording import unknown

Finding = tuple[KeyPath, str]
"""Where something is wrong, and why."""


def _repeated(value: str) -> str:
    return _("“%s” já está escrito antes.") % value


def twice(found: Iterable[Located], reason: Callable[[str], str] = _repeated) -> Iterator[Finding]:
    """Find what occurs again; empty strings are what could not be read."""
    seen = set()
    for path, value in found:
        if value in seen:
            yield path, reason(value)
        if value:
            seen.add(value)


def known(found: Iterable[Located], declared: frozenset[str] | None) -> Iterator[Finding]:
    """Find what is declared nowhere, if all declarations can be read."""
    for path, slug in found:
        if slug and declared is not None and slug not in declared:
            yield path, unknown(slug, declared)
