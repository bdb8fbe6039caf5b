"""A person is forgotten, a tenant's vault is destroyed: and neither comes back."""

import pytest

from privacy import epochs, vault
from privacy.enums import KeyState
from privacy.models import TenantKey, VaultEntry
from privacy.vault import Tampered, UnknownSubject
from tenancy.context import tenant_scope
from tenancy.models import AuditEntry, User
from tests.conftest import execute_as_owner
from tests.factories.privacy import make_cpf

ANA, BIA = make_cpf(529_982_247), make_cpf(111_444_777)


class Killed(BaseException):
    """The process ended here."""


@pytest.fixture
def scope(lua):
    with tenant_scope(lua):
        yield lua


def test_an_erased_person_is_nobody(scope):
    ana, bia = vault.subject_of(ANA), vault.subject_of(BIA)
    assert vault.erase(ana)
    assert vault.find_subject(ANA) is None
    with pytest.raises(UnknownSubject):
        vault.reveal(ana)
    assert vault.reveal(bia) == BIA
    assert VaultEntry.objects.count() == 1


def test_an_erased_person_who_comes_again_is_somebody_else(scope):
    before = vault.subject_of(ANA)
    vault.erase(before)
    assert vault.subject_of(ANA) != before


def test_to_erase_again_is_no_error_and_leaves_no_record(scope):
    subject = vault.subject_of(ANA)
    owner = User.objects.get(email="owner@lua.test")
    assert [vault.erase(subject, actor=owner) for _ in range(2)] == [True, False]
    [entry] = AuditEntry.objects.filter(action="privacy.subject.erase")
    assert (entry.object, entry.actor) == (f"subject:{subject}", str(owner.pk))


# --- a tenant ------------------------------------------------------------------------------------


def test_nothing_of_a_shredded_vault_is_left(scope):
    subject = vault.subject_of(ANA)
    vault.subject_of(BIA)
    assert vault.shred_tenant() == 2
    assert not VaultEntry.objects.exists()
    assert [(key.state, bytes(key.wrapped)) for key in TenantKey.objects.all()] == [
        (KeyState.SHREDDED, b"")
    ]
    assert vault.find_subject(ANA) is None
    with pytest.raises(UnknownSubject):
        vault.reveal(subject)


def test_entries_that_somebody_kept_are_of_no_use_without_the_key(scope):
    """A copy of the entries is put back, and the vault used again: nothing opens or is found."""
    subject = vault.subject_of(ANA)
    execute_as_owner("CREATE TEMP TABLE kept AS SELECT * FROM privacy_vaultentry")
    vault.shred_tenant()
    execute_as_owner("INSERT INTO privacy_vaultentry SELECT * FROM kept")
    with pytest.raises(UnknownSubject):
        vault.reveal(subject)
    assert vault.find_subject(ANA) is None
    assert vault.subject_of(ANA) != subject
    VaultEntry.objects.filter(subject_id=subject).update(epoch=2)
    with pytest.raises(Tampered):
        vault.reveal(subject)


def test_another_process_that_has_the_key_in_memory_does_not_use_it(scope):
    subject = vault.subject_of(ANA)
    assert len(epochs._unwrapped) == 1
    epochs.shred()
    assert len(epochs._unwrapped) == 1
    assert vault.find_subject(ANA) is None
    with pytest.raises(UnknownSubject):
        vault.reveal(subject)


def test_a_vault_that_is_used_again_begins_anew(scope):
    before = vault.subject_of(ANA)
    vault.shred_tenant()
    after = vault.subject_of(ANA)
    assert after != before
    assert vault.reveal(after) == ANA
    assert dict(TenantKey.objects.values_list("epoch", "state")) == {
        1: KeyState.SHREDDED,
        2: KeyState.CURRENT,
    }


def test_a_vault_is_shredded_in_the_middle_of_a_rotation(scope):
    vault.subject_of(ANA)
    epochs.begin(after=1)
    vault.subject_of(BIA)
    assert vault.shred_tenant() == 2
    assert set(TenantKey.objects.values_list("state", flat=True)) == {KeyState.SHREDDED}


def test_shredding_that_was_stopped_has_destroyed_the_keys_and_goes_on(scope):
    for number in range(100_000_001, 100_000_006):
        vault.subject_of(make_cpf(number))

    def progress(done, total):
        raise Killed

    with pytest.raises(Killed):
        vault.shred_tenant(batch=2, progress=progress)
    assert VaultEntry.objects.count() == 3
    assert epochs.numbers() == []
    told = []
    assert vault.shred_tenant(batch=2, progress=lambda *args: told.append(args)) == 3
    assert told == [(2, 3), (3, 3)]


def test_other_tenants_vaults_stay(lua, sol):
    with tenant_scope(sol):
        subject = vault.subject_of(ANA)
    with tenant_scope(lua):
        vault.subject_of(ANA)
        assert vault.shred_tenant() == 1
    with tenant_scope(sol):
        assert vault.reveal(subject) == ANA


def test_what_was_destroyed_is_on_record(scope):
    vault.subject_of(ANA)
    vault.shred_tenant()
    entry = AuditEntry.objects.get(action="privacy.key.shred")
    assert entry.object == "cpf:1"
