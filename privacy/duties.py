"""The vault's own part in a person's rights."""

from uuid import UUID

from privacy import vault
from privacy.models import VaultEntry
from privacy.rights import Duty, Found, register


def export_subject(subject_id: UUID) -> Found:
    """Return that the vault has their CPF, and since when: they know it, and nobody else shall."""
    entry = VaultEntry.objects.filter(subject_id=subject_id).first()
    if entry is None:
        return {}
    return {"has_cpf": True, "since": entry.created_at.isoformat()}


def erase_subject(subject_id: UUID) -> bool:
    return vault.erase(subject_id)


register(
    Duty(
        app="privacy",
        kind="subject",
        models=frozenset({"privacy.vaultentry"}),
        export=export_subject,
        erase=erase_subject,
    )
)
