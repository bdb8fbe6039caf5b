"""Who did what: `record()` writes it down for the tenant in scope."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model

from tenancy.models import AuditEntry, User


def record(
    action: str,
    thing: Model | str = "",
    *,
    actor: User | AnonymousUser | None = None,
    data: dict[str, Any] | None = None,
) -> AuditEntry:
    """Write an entry: `action` is `app.thing.verb`; `data` must hold no personal data.

    A model instance is recorded as its label and key, a person as their id.
    """
    name = f"{thing._meta.label_lower}:{thing.pk}" if isinstance(thing, Model) else thing
    who = str(actor.pk) if isinstance(actor, User) else ""
    entry: AuditEntry = AuditEntry.objects.create(
        action=action, object=name, actor=who, data=data or {}
    )
    return entry
