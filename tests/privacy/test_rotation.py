"""The key is changed while the vault is in use, and whoever is stopped in it goes on later."""

import logging

import pytest

from privacy import epochs, vault
from privacy.enums import KeyState
from privacy.models import TenantKey, VaultEntry
from privacy.vault import Rotated, UnknownSubject
from tenancy.context import tenant_scope
from tenancy.models import AuditEntry
from tests.conftest import execute_as_owner
from tests.factories.privacy import make_cpf

CPFS = [make_cpf(number) for number in range(100_000_001, 100_000_008)]
COLUMNS = "SELECT cpf_index, cpf, data_key FROM privacy_vaultentry WHERE tenant_id = %s"


class Killed(BaseException):
    """The process ended here."""


@pytest.fixture
def scope(lua):
    with tenant_scope(lua):
        yield lua


@pytest.fixture
def people(scope):
    """Return seven subjects by their CPFs."""
    return {cpf: vault.subject_of(cpf) for cpf in CPFS}


def states():
    return dict(TenantKey.objects.values_list("epoch", "state"))


def values(tenant):
    return {bytes(value) for row in execute_as_owner(COLUMNS, tenant.pk) for value in row}


def assert_all_there(people):
    for cpf, subject in people.items():
        assert vault.find_subject(cpf) == vault.subject_of(cpf) == subject
        assert vault.reveal(subject) == cpf
    assert VaultEntry.objects.count() == len(people)


def kill_after(count):
    def progress(done, total):
        if done >= count:
            raise Killed

    return progress


def test_everybody_stays_who_they_are(people):
    assert vault.rotate() == Rotated(epoch=2, moved=7, left=0)
    assert_all_there(people)


def test_nothing_of_what_was_stored_stays(scope, people):
    before = values(scope)
    vault.rotate()
    assert not before & values(scope)


def test_the_old_key_is_gone(people):
    [old] = TenantKey.objects.all()
    vault.rotate()
    assert states() == {1: KeyState.RETIRED, 2: KeyState.CURRENT}
    old.refresh_from_db()
    assert bytes(old.wrapped) == b""


def test_a_key_can_be_changed_again_and_again(people):
    assert [vault.rotate().epoch for _ in range(3)] == [2, 3, 4]
    assert_all_there(people)


def test_an_empty_vault_has_no_key_to_change(scope):
    assert vault.rotate() == Rotated(epoch=0, moved=0, left=0)
    assert states() == {}


def test_progress_is_told_batch_by_batch(people):
    told = []
    vault.rotate(batch=3, progress=lambda done, total: told.append((done, total)))
    assert told == [(3, 7), (6, 7), (7, 7)]


def test_other_tenants_keys_stay(lua, sol):
    for tenant in (lua, sol):
        with tenant_scope(tenant):
            vault.subject_of(CPFS[0])
    before = values(sol)
    with tenant_scope(lua):
        vault.rotate()
    with tenant_scope(sol):
        assert epochs.numbers() == [1]
    assert values(sol) == before


def test_what_was_done_is_on_record(people):
    vault.rotate()
    entries = AuditEntry.objects.filter(action__startswith="privacy.key").order_by("at")
    assert [(entry.action, entry.object) for entry in entries] == [
        ("privacy.key.begin", "cpf:1"),
        ("privacy.key.begin", "cpf:2"),
        ("privacy.key.retire", "cpf:1"),
    ]


# --- stopped -------------------------------------------------------------------------------------


@pytest.mark.parametrize("batches", [1, 2, 3])
def test_a_rotation_that_was_stopped_goes_on(people, batches):
    with pytest.raises(Killed):
        vault.rotate(batch=2, progress=kill_after(2 * batches))
    assert states() == {1: KeyState.OLD, 2: KeyState.CURRENT}
    assert VaultEntry.objects.filter(epoch=2).count() == 2 * batches
    epochs.forget()
    assert_all_there(people)
    assert vault.rotate() == Rotated(epoch=2, moved=7 - 2 * batches, left=0)
    assert states() == {1: KeyState.RETIRED, 2: KeyState.CURRENT}
    assert_all_there(people)


def test_one_that_was_stopped_before_its_first_entry_goes_on(people):
    epochs.begin(after=1)
    assert_all_there(people)
    assert vault.rotate() == Rotated(epoch=2, moved=7, left=0)


def test_one_that_was_stopped_after_its_last_entry_goes_on(people, monkeypatch):
    def die():
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(epochs, "retire", die)
        with pytest.raises(Killed):
            vault.rotate()
    assert vault.rotate() == Rotated(epoch=2, moved=0, left=0)
    assert states() == {1: KeyState.RETIRED, 2: KeyState.CURRENT}


def test_newcomers_come_under_the_new_key_meanwhile(people):
    newcomer = make_cpf(200_000_001)
    with pytest.raises(Killed):
        vault.rotate(batch=2, progress=kill_after(2))
    subject = vault.subject_of(newcomer)
    assert VaultEntry.objects.get(subject_id=subject).epoch == 2
    assert_all_there(people | {newcomer: subject})
    assert vault.rotate().moved == 5
    assert_all_there(people | {newcomer: subject})


def test_who_is_erased_meanwhile_stays_erased(people):
    gone = people.pop(CPFS[-1])
    with pytest.raises(Killed):
        vault.rotate(batch=2, progress=kill_after(2))
    vault.erase(gone)
    vault.rotate()
    assert_all_there(people)
    with pytest.raises(UnknownSubject):
        vault.reveal(gone)


# --- what cannot be opened -----------------------------------------------------------------------


def test_an_entry_that_cannot_be_opened_holds_nobody_up(people, caplog):
    broken = people.pop(CPFS[3])
    VaultEntry.objects.filter(subject_id=broken).update(cpf=b"x" * 39)
    with caplog.at_level(logging.ERROR):
        assert vault.rotate(batch=2) == Rotated(epoch=2, moved=6, left=1)
    assert str(broken) in caplog.text
    assert not any(cpf in caplog.text for cpf in CPFS)
    assert states() == {1: KeyState.OLD, 2: KeyState.CURRENT}
    assert vault.find_subject(CPFS[3]) == broken
    vault.erase(broken)
    assert vault.rotate() == Rotated(epoch=2, moved=0, left=0)
    assert states() == {1: KeyState.RETIRED, 2: KeyState.CURRENT}
    assert_all_there(people)


# --- epochs that begin at the wrong moment -------------------------------------------------------


def meanwhile(monkeypatch, act, *, is_late=False):
    """Have somebody act just after the next question after the epochs; or just before."""
    ask, acts = epochs.readable, [act]

    def readable():
        if not acts:
            return ask()
        known, _done = None if is_late else ask(), acts.pop()()
        return ask() if known is None else known

    monkeypatch.setattr(epochs, "readable", readable)


def test_who_knows_the_old_key_only_adds_nobody_under_it(people, monkeypatch):
    newcomer = make_cpf(200_000_001)
    meanwhile(monkeypatch, lambda: epochs.begin(after=1))
    subject = vault.subject_of(newcomer)
    assert VaultEntry.objects.get(subject_id=subject).epoch == 2
    assert_all_there(people | {newcomer: subject})


@pytest.mark.parametrize("ask", [vault.find_subject, vault.subject_of])
def test_who_knows_the_old_key_only_still_finds_who_has_moved(people, monkeypatch, ask):
    cpf, subject = next(iter(people.items()))
    meanwhile(monkeypatch, vault.rotate)
    assert ask(cpf) == subject
    assert_all_there(people)


def test_who_has_the_entry_of_before_opens_who_has_moved(people, monkeypatch):
    cpf, subject = next(iter(people.items()))
    meanwhile(monkeypatch, vault.rotate, is_late=True)
    assert vault.reveal(subject) == cpf


def test_two_first_epochs_are_one(scope):
    assert epochs.begin(after=0)
    assert not epochs.begin(after=0)
    epochs.begin_first()
    assert states() == {1: KeyState.CURRENT}


def test_two_rotations_that_begin_together_are_one(people):
    assert epochs.begin(after=1)
    assert not epochs.begin(after=1)
    assert states() == {1: KeyState.OLD, 2: KeyState.CURRENT}
