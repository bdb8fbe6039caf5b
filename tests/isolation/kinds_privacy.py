"""What the vault has of a person: the same CPF in each world."""

from privacy import secrets, vault
from privacy.models import Secret, TenantKey, VaultEntry
from tests.isolation.world import World, kind


@kind
def vault_entry(world: World) -> VaultEntry:
    return VaultEntry.objects.get(subject_id=vault.subject_of("529.982.247-25"))


@kind
def tenant_key(world: World) -> TenantKey:
    return TenantKey.objects.get(epoch=world["vault_entry"].epoch)


@kind
def secret(world: World) -> Secret:
    secrets.keep("sample", b"of somebody else's service")
    return Secret.objects.get(name="sample")
