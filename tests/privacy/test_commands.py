"""What operators run: to change a key, to forget a person, to destroy a tenant's vault."""

import io
import sys

import pytest
from django.core.management import CommandError, call_command

from privacy import epochs, vault
from privacy.models import VaultEntry
from tenancy.context import tenant_scope
from tests.factories.privacy import make_cpf
from tests.fakes.serving import Fault

ANA, BIA = make_cpf(529_982_247), make_cpf(111_444_777)


@pytest.fixture
def scope(lua):
    with tenant_scope(lua):
        yield lua


@pytest.fixture
def manage(capsys):
    """Return a way to run `manage.py tenant …`, which returns what it says."""

    def run(*words):
        call_command("tenant", *words)
        return capsys.readouterr().out

    return run


@pytest.fixture
def typed(monkeypatch):
    """Return a way to have something come from the standard input."""
    return lambda text: monkeypatch.setattr(sys, "stdin", io.StringIO(text))


def test_a_key_is_changed_and_the_progress_told(manage, scope):
    people = {cpf: vault.subject_of(cpf) for cpf in (ANA, BIA)}
    said = manage("lua", "vault_rotate", "--batch=1")
    assert said.splitlines() == ["[1/2]", "[2/2]", "Chave 2 em uso; 2 CPFs trocados."]
    assert {cpf: vault.find_subject(cpf) for cpf in people} == people
    assert epochs.numbers() == [2]


def test_an_empty_vault_says_so(manage, lua):
    assert manage("lua", "vault_rotate") == "O cofre está vazio: não há chave a trocar.\n"


def test_entries_that_stay_behind_are_an_error(manage, scope):
    vault.subject_of(ANA)
    VaultEntry.objects.update(cpf=b"x" * 39)
    with pytest.raises(CommandError, match="1 CPFs não puderam ser abertos"):
        manage("lua", "vault_rotate")


def test_a_key_service_that_is_away_is_an_error(manage, scope, kms):
    vault.subject_of(ANA)
    kms.faults = [Fault(500, b"{}")] * 9
    with pytest.raises(CommandError, match="Unavailable"):
        manage("lua", "vault_rotate")
    with pytest.raises(CommandError, match="Unavailable"):
        manage("lua", "vault_rotate")


def test_a_person_is_erased_by_a_cpf_that_is_in_no_command_line(manage, scope, typed):
    vault.subject_of(ANA)
    bia = vault.subject_of(BIA)
    typed("529.982.247-25\n")
    assert manage("lua", "vault_erase") == "A pessoa foi apagada do cofre.\n"
    assert list(VaultEntry.objects.values_list("subject_id", flat=True)) == [bia]


def test_a_person_is_erased_by_their_id(manage, scope):
    subject = vault.subject_of(ANA)
    manage("lua", "vault_erase", f"--subject={subject}")
    assert not VaultEntry.objects.exists()


@pytest.mark.parametrize("text", [f"{BIA}\n", "529.982.247-24\n", "", "x\n"])
def test_who_is_not_there_is_an_error_that_quotes_nothing(manage, scope, typed, text):
    vault.subject_of(ANA)
    typed(text)
    with pytest.raises(CommandError) as raised:
        manage("lua", "vault_erase")
    assert str(raised.value) in ("Esta pessoa não está no cofre.", "Isto não é um CPF.")
    assert VaultEntry.objects.count() == 1


def test_another_companys_person_is_not_there(manage, lua, sol, typed):
    with tenant_scope(sol):
        subject = vault.subject_of(ANA)
    typed(ANA)
    for words in ((), (f"--subject={subject}",)):
        with pytest.raises(CommandError, match="não está no cofre"):
            manage("lua", "vault_erase", *words)


def test_a_vault_is_shredded_by_who_names_it_twice(manage, lua, sol):
    for tenant in (lua, sol):
        with tenant_scope(tenant):
            vault.subject_of(ANA)
    for other in ("sol", "LUA", ""):
        with pytest.raises(CommandError, match="Nada foi destruído"):
            manage("lua", "vault_shred", other)
    said = manage("lua", "vault_shred", "lua")
    assert said.splitlines() == ["[1/1]", "As chaves foram destruídas, e 1 CPFs com elas."]
    with tenant_scope(lua):
        assert not VaultEntry.objects.exists()
    with tenant_scope(sol):
        assert vault.find_subject(ANA)
