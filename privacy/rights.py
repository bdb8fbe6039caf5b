"""What a person may ask for: all that is stored of them, and that it is erased; across all apps.

A person is known by handles, such as a subject of the vault or what they sent in. Each app
registers which handles it knows, which models it answers for, and what it does. A model says in
`personal` which of its fields tell of a guest, and what for; a test holds that somebody answers
for each (docs/adr/0053).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from tenancy import audit
from tenancy.models import User

Found = Mapping[str, Any]
"""What is stored of a person, by names that they understand: fit to be written as JSON."""


@dataclass(frozen=True)
class Handle:
    """By what an app knows a person."""

    kind: str
    key: UUID


@dataclass(frozen=True)
class Duty:
    """What an app does for whoever has a handle of one kind.

    `export` returns what is stored, {} for nothing; `erase` returns whether there was something,
    and may be called twice.
    """

    app: str
    kind: str
    models: frozenset[str]
    export: Callable[[UUID], Found]
    erase: Callable[[UUID], bool]


class UnknownHandle(LookupError):
    """No app knows people by such handles."""


_duties: dict[tuple[str, str], Duty] = {}


def register(duty: Duty) -> None:
    """Have an app answer for a kind of handle; a second time replaces the first."""
    _duties[duty.app, duty.kind] = duty


def duties() -> list[Duty]:
    """Return what all apps do, those last on whom others lean: the vault comes after its users."""
    return sorted(_duties.values(), key=lambda duty: duty.app == "privacy")


def kinds() -> list[str]:
    """Return by what people are known."""
    return sorted({duty.kind for duty in duties()})


def export_person(handles: Iterable[Handle], *, actor: User | None = None) -> dict[str, Found]:
    """Return all that the tenant in scope has of a person, by app. That it was asked is on record.

    Raises `UnknownHandle`, and a `KeeperError` while something cannot be unsealed.
    """
    found: dict[str, dict[str, Any]] = {}
    for handle in handles:
        for duty in _of(handle):
            if part := duty.export(handle.key):
                found.setdefault(duty.app, {}).update(part)
        audit.record("privacy.person.export", _name(handle), actor=actor)
    return dict(found)


@transaction.atomic
def erase_person(handles: Iterable[Handle], *, actor: User | None = None) -> dict[str, bool]:
    """Erase all that the tenant in scope has of a person; return which apps had something.

    All of it or, after an error, nothing. Raises `UnknownHandle`.
    """
    done: dict[str, bool] = {}
    for handle in handles:
        for duty in _of(handle):
            done[duty.app] = duty.erase(handle.key) or done.get(duty.app, False)
        audit.record("privacy.person.erase", _name(handle), actor=actor)
    return done


def _of(handle: Handle) -> list[Duty]:
    found = [duty for duty in duties() if duty.kind == handle.kind]
    if not found:
        raise UnknownHandle(handle.kind)
    return found


def _name(handle: Handle) -> str:
    return f"{handle.kind}:{handle.key}"
