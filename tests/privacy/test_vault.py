"""A CPF goes in once, as one subject, and comes out by one door: with a key file and with KMS."""

from uuid import uuid4

import pytest
from cachetools import TTLCache
from django.db import transaction

from privacy import epochs, vault
from privacy.cpf import InvalidCpf
from privacy.keys import Refused
from privacy.models import TenantKey, VaultEntry
from privacy.vault import Tampered, UnknownSubject
from tenancy.context import NoTenant, tenant_scope
from tenancy.models import AuditEntry, User
from tests.conftest import execute_as_owner
from tests.factories.privacy import make_cpf

ANA, BIA = make_cpf(529_982_247), make_cpf(111_444_777)


@pytest.fixture(params=["key file", "kms"], autouse=True)
def keeper(request):
    """Have a key file keep the keys, then KMS; return the service, if there is one."""
    return request.getfixturevalue("kms") if request.param == "kms" else None


@pytest.fixture
def scope(lua):
    with tenant_scope(lua):
        yield lua


def restart():
    """Forget what a process that ends forgets."""
    epochs.forget()


def test_a_cpf_is_one_subject_however_it_is_written(scope):
    subject = vault.subject_of("529.982.247-25")
    assert subject == vault.subject_of(ANA) == vault.find_subject(" 529 982 247 25 ")
    assert VaultEntry.objects.count() == 1
    assert vault.reveal(subject) == ANA


def test_two_cpfs_are_two_subjects(scope):
    ana, bia = vault.subject_of(ANA), vault.subject_of(BIA)
    assert ana != bia
    assert (vault.reveal(ana), vault.reveal(bia)) == (ANA, BIA)


def test_a_subjects_id_is_random(scope):
    assert vault.subject_of(ANA).version == 4


def test_who_only_looks_leaves_nothing(scope):
    assert vault.find_subject(ANA) is None
    assert not VaultEntry.objects.exists()
    assert not TenantKey.objects.exists()
    vault.subject_of(BIA)
    assert vault.find_subject(ANA) is None
    assert VaultEntry.objects.count() == 1


@pytest.mark.parametrize("ask", [vault.subject_of, vault.find_subject])
@pytest.mark.parametrize("typed", ["", "529.982.247-24", "11111111111"])
def test_what_is_no_cpf_is_nobody(scope, ask, typed):
    with pytest.raises(InvalidCpf):
        ask(typed)
    assert not TenantKey.objects.exists()


def test_nobody_is_asked_without_a_tenant(lua):
    for ask in (vault.subject_of, vault.find_subject):
        with pytest.raises(NoTenant):
            ask(ANA)
    for act in (vault.erase, vault.reveal):
        with pytest.raises(NoTenant):
            act(uuid4())
    with pytest.raises(NoTenant):
        vault.rotate()
    with pytest.raises(NoTenant):
        vault.shred_tenant()


def test_after_a_restart_all_is_as_before(scope):
    subject = vault.subject_of(ANA)
    restart()
    assert vault.subject_of(ANA) == subject
    restart()
    assert vault.reveal(subject) == ANA


# --- revealing -----------------------------------------------------------------------------------


def test_who_reveals_is_on_record_and_the_cpf_is_not(scope):
    owner = User.objects.get(email="owner@lua.test")
    subject = vault.subject_of(ANA)
    vault.reveal(subject, actor=owner)
    entry = AuditEntry.objects.get(action="privacy.subject.reveal")
    assert (entry.object, entry.actor, entry.data) == (f"subject:{subject}", str(owner.pk), {})


def test_a_stranger_is_revealed_to_nobody_and_the_try_is_on_record(scope):
    with pytest.raises(UnknownSubject):
        vault.reveal(uuid4())
    assert AuditEntry.objects.filter(action="privacy.subject.reveal").count() == 1


def test_nothing_is_revealed_where_the_record_could_be_taken_back(scope):
    subject = vault.subject_of(ANA)
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        vault.reveal(subject)


# --- two tenants ---------------------------------------------------------------------------------


def test_two_tenants_with_one_cpf_have_nothing_in_common(lua, sol):
    for tenant in (lua, sol):
        with tenant_scope(tenant):
            vault.subject_of(ANA)
    one, other = execute_as_owner(
        "SELECT subject_id, cpf_index, cpf, data_key, id FROM privacy_vaultentry"
    )
    assert not {str(value) for value in one} & {str(value) for value in other}
    one_key, other_key = execute_as_owner("SELECT wrapped FROM privacy_tenantkey")
    assert one_key != other_key


def test_one_tenants_subject_is_a_stranger_to_the_other(lua, sol):
    with tenant_scope(lua):
        subject = vault.subject_of(ANA)
    with tenant_scope(sol):
        assert vault.find_subject(ANA) is None
        with pytest.raises(UnknownSubject):
            vault.reveal(subject)
        assert not vault.erase(subject)
    with tenant_scope(lua):
        assert vault.reveal(subject) == ANA


def test_one_tenants_key_does_not_serve_the_other(lua, sol):
    """Even where somebody put it into the other's row, past all walls."""
    for tenant in (lua, sol):
        with tenant_scope(tenant):
            subject = vault.subject_of(ANA)
    execute_as_owner(
        "UPDATE privacy_tenantkey SET wrapped = (SELECT wrapped FROM privacy_tenantkey "
        "WHERE tenant_id = %s) WHERE tenant_id = %s",
        lua.pk,
        sol.pk,
    )
    restart()
    with tenant_scope(sol):
        for ask in (lambda: vault.find_subject(ANA), lambda: vault.reveal(subject)):
            with pytest.raises(Refused):
                ask()


def test_one_tenants_entry_does_not_open_at_the_other(lua, sol):
    for tenant in (lua, sol):
        with tenant_scope(tenant):
            subject = vault.subject_of(ANA)
    execute_as_owner(
        "UPDATE privacy_vaultentry SET cpf = s.cpf, data_key = s.data_key FROM "
        "(SELECT cpf, data_key FROM privacy_vaultentry WHERE tenant_id = %s) s "
        "WHERE tenant_id = %s",
        lua.pk,
        sol.pk,
    )
    with tenant_scope(sol), pytest.raises(Tampered):
        vault.reveal(subject)


# --- tampering -----------------------------------------------------------------------------------


@pytest.mark.parametrize("column", ["cpf", "data_key"])
@pytest.mark.parametrize("place", [0, 11, 12, -1])
def test_a_changed_byte_is_noticed(scope, column, place):
    subject = vault.subject_of(ANA)
    entry = VaultEntry.objects.get()
    changed = bytearray(getattr(entry, column))
    changed[place] ^= 1
    VaultEntry.objects.update(**{column: bytes(changed)})
    with pytest.raises(Tampered) as raised:
        vault.reveal(subject)
    assert ANA not in repr(raised.value)


@pytest.mark.parametrize("column", ["cpf", "data_key"])
def test_half_a_value_is_noticed(scope, column):
    subject = vault.subject_of(ANA)
    for length in (0, 5, 20):
        VaultEntry.objects.update(
            **{column: bytes(getattr(VaultEntry.objects.get(), column))[:length]}
        )
        with pytest.raises(Tampered):
            vault.reveal(subject)


@pytest.mark.parametrize("columns", [("cpf", "data_key"), ("cpf",), ("data_key",)])
def test_one_persons_values_do_not_open_as_anothers(scope, columns):
    ana, bia = vault.subject_of(ANA), vault.subject_of(BIA)
    entry = VaultEntry.objects.get(subject_id=bia)
    VaultEntry.objects.filter(subject_id=ana).update(
        **{column: getattr(entry, column) for column in columns}
    )
    with pytest.raises(Tampered):
        vault.reveal(ana)


def test_a_cpf_and_its_key_do_not_change_places(scope):
    subject = vault.subject_of(ANA)
    entry = VaultEntry.objects.get()
    VaultEntry.objects.update(cpf=entry.data_key, data_key=entry.cpf)
    with pytest.raises(Tampered):
        vault.reveal(subject)


# --- memory --------------------------------------------------------------------------------------


def test_keys_are_in_memory_for_minutes_and_then_unwrapped_again(scope, keeper, monkeypatch):
    now = [0.0]
    kept = TTLCache(maxsize=4, ttl=epochs.MINUTES * 60, timer=lambda: now[0])
    monkeypatch.setattr(epochs, "_unwrapped", kept)
    asked = []
    unwrap = epochs.keyring

    def counted():
        asked.append(now[0])
        return unwrap()

    vault.subject_of(ANA)
    monkeypatch.setattr(epochs, "keyring", counted)
    for now[0] in (1.0, 299.0, 301.0, 302.0):
        vault.subject_of(ANA)
    assert asked == [301.0]
    assert epochs.MINUTES <= 5


def test_a_process_holds_so_many_keys_and_no_more(lua, sol, monkeypatch):
    monkeypatch.setattr(epochs, "_unwrapped", TTLCache(maxsize=1, ttl=300))
    subjects = {}
    for tenant in (lua, sol, lua, sol):
        with tenant_scope(tenant):
            subjects.setdefault(tenant, vault.subject_of(ANA))
            assert vault.reveal(subjects[tenant]) == ANA
            assert [name[0] for name in epochs._unwrapped] == [tenant.pk]


def test_keys_of_a_tenant_for_whom_nobody_asks_go_too(lua, sol, monkeypatch):
    now = [0.0]
    monkeypatch.setattr(epochs, "_unwrapped", TTLCache(maxsize=4, ttl=300, timer=lambda: now[0]))
    with tenant_scope(lua):
        vault.subject_of(ANA)
    now[0] = 301.0
    with tenant_scope(sol):
        vault.subject_of(ANA)
    assert {name[0] for name in epochs._unwrapped._Cache__data} == {sol.pk}


def test_keys_are_in_no_repr(scope):
    vault.subject_of(ANA)
    assert repr(epochs.readable()) == f"[EpochKeys(tenant_id={scope.pk}, epoch=1)]"


def test_the_indexes_key_is_not_the_sealing_one(scope):
    vault.subject_of(ANA)
    [keys] = epochs.readable()
    assert len({keys.index, keys.sealing}) == 2
