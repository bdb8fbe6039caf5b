"""Three-way comparison: what the file says, what the database has, what was applied last.

A value is written only where the *file's* changed since it was last applied, or was never
applied. What people changed since then stays, and is reported as kept.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from django.db.models import Model

from tenancy.models import AppliedItem

M = TypeVar("M", bound=Model)


class Verb(StrEnum):
    """What became of one thing in the file."""

    CREATED = "created"
    CHANGED = "changed"
    KEPT = "kept"


@dataclass(frozen=True)
class Change:
    """One line of the report: `key` is the thing's path in the file."""

    verb: Verb
    key: str
    fields: tuple[str, ...] = ()


@dataclass
class Ledger:
    """The applied digests of the current tenant, and the changes of this run."""

    changes: list[Change] = field(default_factory=list)
    applied: dict[str, str] = field(default_factory=dict)
    refs: dict[str, str] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    @classmethod
    def open(cls) -> "Ledger":
        """Read what was applied to the current tenant before."""
        rows = list(AppliedItem.objects.values_list("key", "digest", "ref"))
        return cls(
            applied={key: digest for key, digest, _ref in rows},
            refs={key: ref for key, _digest, ref in rows if ref},
        )

    def settle(
        self,
        key: str,
        wanted: Any,
        *,
        exists: bool,
        write: Callable[[], str | None],
        differs: Callable[[], tuple[str, ...]] | None = None,
    ) -> bool:
        """Write what the file wants if it is the file that changed; return whether it was written.

        `differs` names the fields in which the database is not as wanted; it is asked only for
        things that exist. Without it the file's own change decides, and nothing is reported as
        kept. A thing that people deleted stays deleted until the file changes. `write` may
        return the key of the row that it made, to be found under `refs` next time.
        """
        self.seen.add(key)
        digest = digest_of(wanted)
        is_news = self.applied.get(key) != digest
        fields = differs() if exists and differs else ()
        if exists and not fields and (differs or not is_news):
            self._remember(key, digest)
            return False
        if not is_news:
            self.changes.append(Change(Verb.KEPT, key, fields))
            return False
        self._remember(key, digest, write() or self.refs.get(key, ""))
        self.changes.append(Change(Verb.CHANGED if exists else Verb.CREATED, key, fields))
        return True

    def upsert(
        self, key: str, model: type[M], lookup: Mapping[str, Any], values: Mapping[str, Any]
    ) -> M | None:
        """Bring one row to the file's values; return it, or None if people deleted it."""
        found = model._default_manager.filter(**lookup).first()
        row = found if found is not None else model(**lookup)

        def differs() -> tuple[str, ...]:
            return tuple(name for name, value in values.items() if getattr(row, name) != value)

        def write() -> None:
            for name, value in values.items():
                setattr(row, name, value)
            row.full_clean(validate_constraints=False, validate_unique=False)
            row.save()

        written = self.settle(
            key, {**lookup, **values}, exists=found is not None, differs=differs, write=write
        )
        return row if found is not None or written else None

    def no_longer_in_file(self) -> list[str]:
        """Return the keys that earlier files had and this one has not: left alone, but told."""
        return sorted(self.applied.keys() - self.seen)

    def _remember(self, key: str, digest: str, ref: str = "") -> None:
        ref = ref or self.refs.get(key, "")
        if self.applied.get(key) == digest and self.refs.get(key, "") == ref:
            return
        values = {"digest": digest, "ref": ref}
        AppliedItem.objects.update_or_create(key=key, defaults=values)
        self.applied[key] = digest
        if ref:
            self.refs[key] = ref


def digest_of(value: Any) -> str:
    """Return a digest of plain values, rows counting by their key."""
    text = json.dumps(value, sort_keys=True, default=_plain, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> str:
    return str(value.pk) if isinstance(value, Model) else str(value)
