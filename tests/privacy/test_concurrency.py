"""Processes that work at the same time, and what a process that was killed leaves behind."""

import os
import signal
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import OperationalError, connection, transaction

from infra.local.checkout import ROOT
from privacy import epochs, vault
from privacy.enums import KeyState
from privacy.models import TenantKey, VaultEntry
from privacy.vault import Rotated
from tenancy.context import tenant_scope
from tests.connections import connected, settings_of
from tests.factories.privacy import make_cpf

ANA, BIA = make_cpf(529_982_247), make_cpf(111_444_777)
CPFS = [make_cpf(number) for number in range(100_000_001, 100_000_013)]

ROTATE = """
import os, signal, sys
import django
django.setup()
from privacy import rotation
from tenancy.context import tenant_scope

tenant_id, moment = int(sys.argv[1]), sys.argv[2]
move, batches = rotation._move, []

def die(*_):
    batches.append(1)
    if len(batches) == 3:
        os.kill(os.getpid(), signal.SIGKILL)

def move_and_die(*given):
    count = move(*given)
    die()
    return count

if moment == "within a batch":
    rotation._move = move_and_die
with tenant_scope(tenant_id):
    rotation.rotate(batch=2, progress=die if moment == "after a batch" else rotation.silent)
"""


@pytest.fixture
def own(committed, lua):
    """Work at lua on a connection of one's own, whose writes others see."""
    with connected(settings_of("app")) as own, tenant_scope(lua):
        yield own


def states():
    return dict(TenantKey.objects.values_list("epoch", "state"))


@pytest.mark.parametrize("has_key", [True, False])
def test_many_at_once_are_one_subject(at_lua, own, has_key):
    if has_key:
        vault.subject_of(BIA)
    answers = at_lua.run(*[lambda: vault.subject_of(ANA)] * 8)
    assert answers == [vault.find_subject(ANA)] * 8
    assert VaultEntry.objects.count() == 1 + has_key
    assert states() == {1: KeyState.CURRENT}


def test_many_people_at_once_are_all_kept(at_lua, own):
    answers = at_lua.run(*[lambda cpf=cpf: vault.subject_of(cpf) for cpf in CPFS])
    assert sorted(answers) == sorted(vault.find_subject(cpf) for cpf in CPFS)
    assert len(set(answers)) == len(CPFS)


def test_who_comes_second_waits_for_the_first_and_gets_the_same(at_lua, own):
    vault.subject_of(BIA)
    with transaction.atomic():
        first = vault.subject_of(ANA)
        [thread] = at_lua.start(lambda: vault.subject_of(ANA))
        wait_until_somebody_waits()
    thread.join()
    assert at_lua.answers == [first]


def test_who_comes_second_is_the_first_where_that_one_gave_up(at_lua, own):
    vault.subject_of(BIA)
    with transaction.atomic():
        given_up = vault.subject_of(ANA)
        [thread] = at_lua.start(lambda: vault.subject_of(ANA))
        wait_until_somebody_waits()
        transaction.set_rollback(True)
    thread.join()
    assert at_lua.answers == [vault.find_subject(ANA)]
    assert at_lua.answers != [given_up]


def test_an_epoch_does_not_end_while_somebody_is_being_added_in_it(at_lua, own):
    """Otherwise whoever knows of the next one could add the same person again."""
    vault.subject_of(BIA)

    def begin():
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '50ms'")
        epochs.begin(after=1)

    with transaction.atomic():
        vault.subject_of(ANA)
        [refusal] = at_lua.run(begin)
    assert isinstance(refusal, OperationalError)
    assert "lock timeout" in str(refusal)
    assert states() == {1: KeyState.CURRENT}


def test_people_who_come_while_an_epoch_begins_are_one_each(at_lua, own):
    vault.subject_of(BIA)
    jobs = [lambda cpf=cpf: vault.subject_of(cpf) for cpf in CPFS[:4] * 3]
    answers = at_lua.run(*jobs, vault.rotate)
    assert len(answers) == len(jobs) + 1
    assert not [each for each in answers if isinstance(each, Exception)]
    assert VaultEntry.objects.count() == 5
    assert {vault.reveal(vault.find_subject(cpf)) for cpf in CPFS[:4]} == set(CPFS[:4])


def test_two_rotations_at_once_move_everybody_once(at_lua, own):
    people = {cpf: vault.subject_of(cpf) for cpf in CPFS}
    answers = at_lua.run(*[lambda: vault.rotate(batch=3)] * 2)
    assert all(isinstance(each, Rotated) for each in answers)
    last = max(states())
    assert states()[last] == KeyState.CURRENT
    assert epochs.numbers() == [last]
    assert {cpf: vault.find_subject(cpf) for cpf in CPFS} == people
    assert set(VaultEntry.objects.values_list("epoch", flat=True)) == {last}


@pytest.mark.parametrize("moment", ["after a batch", "within a batch"])
def test_a_killed_rotation_leaves_whole_batches_and_goes_on(own, lua, moment):
    people = {cpf: vault.subject_of(cpf) for cpf in CPFS}
    killed = subprocess.run(
        [sys.executable, "-c", ROTATE, str(lua.pk), moment],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    moved = VaultEntry.objects.filter(epoch=2).count()
    assert moved == (6 if moment == "after a batch" else 4)
    assert states() == {1: KeyState.OLD, 2: KeyState.CURRENT}
    assert {cpf: vault.subject_of(cpf) for cpf in CPFS} == people
    assert [vault.reveal(subject) for subject in people.values()] == CPFS
    assert vault.rotate() == Rotated(epoch=2, moved=len(CPFS) - moved, left=0)
    assert states() == {1: KeyState.RETIRED, 2: KeyState.CURRENT}
    assert {cpf: vault.subject_of(cpf) for cpf in CPFS} == people


def test_an_entry_is_found_by_its_index_under_the_tenants_policy(own):
    """The policies must not keep PostgreSQL from using it: equality of bytes leaks nothing."""
    vault.subject_of(ANA)
    with own.cursor() as cursor:
        cursor.execute("SELECT proleakproof FROM pg_proc WHERE proname IN ('byteaeq', 'uuid_eq')")
        assert cursor.fetchall() == [(True,), (True,)]


def wait_until_somebody_waits():
    """Return once a connection waits for a lock of somebody's."""
    with connection.cursor() as cursor:
        for _look in range(100_000):
            cursor.execute(
                "SELECT count(*) FROM pg_locks l WHERE NOT l.granted "
                "AND pg_backend_pid() = ANY(pg_blocking_pids(l.pid))"
            )
            if cursor.fetchone()[0]:
                return
    raise AssertionError("Nobody waits.")


def environment():
    """Return what a process needs that works on the test's database with the test's key."""
    url = urlsplit(os.environ["DATABASE_URL"])
    name = connection.settings_dict["NAME"]
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DATABASE_ROLE": "app",
        "DATABASE_URL": urlunsplit(url._replace(path=f"/{name}")),
        "VAULT_KEY_FILE": str(settings.VAULT_OWN_KEY_FILE),
    }
