"""Without its key service the vault makes nothing up, and loses nothing."""

import pytest

from privacy import epochs, vault
from privacy.clients.kms import breaker
from privacy.keys import Refused, Unavailable
from privacy.models import TenantKey, VaultEntry
from tenancy.context import tenant_scope
from tests.factories.privacy import make_cpf
from tests.fakes.serving import Fault

ANA, BIA = make_cpf(529_982_247), make_cpf(111_444_777)
AWAY = [Fault(500, b"{}")] * 100


@pytest.fixture
def scope(lua):
    with tenant_scope(lua):
        yield lua


@pytest.mark.parametrize("ask", [vault.subject_of, vault.find_subject])
@pytest.mark.parametrize("cpf", [ANA, BIA])
def test_nobody_is_taken_for_a_stranger(scope, kms, ask, cpf):
    subject = vault.subject_of(ANA)
    epochs.forget()
    kms.faults = AWAY
    with pytest.raises(Unavailable):
        ask(cpf)
    kms.faults = []
    breaker.close()
    assert vault.subject_of(ANA) == subject
    assert VaultEntry.objects.count() == 1


def test_who_has_the_key_in_memory_goes_on(scope, kms):
    subject = vault.subject_of(ANA)
    kms.faults = AWAY
    assert vault.subject_of(ANA) == subject
    assert vault.reveal(subject) == ANA
    assert vault.subject_of(BIA) != subject


def test_a_vault_whose_first_key_is_refused_stays_empty(scope, kms):
    [own] = kms.keys.values()
    own.state = "Disabled"
    with pytest.raises(Refused):
        vault.subject_of(ANA)
    assert not TenantKey.objects.exists()


def test_a_rotation_whose_new_key_is_refused_changes_nothing(scope, kms):
    subject = vault.subject_of(ANA)
    [own] = kms.keys.values()
    own.state = "Disabled"
    with pytest.raises(Refused):
        vault.rotate()
    assert epochs.numbers() == [1]
    assert vault.reveal(subject) == ANA


def test_erasing_needs_no_key(scope, kms):
    subject = vault.subject_of(ANA)
    epochs.forget()
    kms.faults = AWAY
    assert vault.erase(subject)
    assert vault.shred_tenant() == 0
