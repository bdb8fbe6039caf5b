"""A CPF is nowhere but in the vault, where it is sealed: not in tables, logs, events or errors."""

import base64
import logging
import re
import sys
import traceback

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.views.debug import ExceptionReporter

from privacy import cpf as numbers
from privacy import epochs, vault
from privacy.forms import CpfField
from privacy.models import VaultEntry
from tenancy.context import no_tenant, tenant_scope
from tests.conftest import execute_as_owner
from tests.factories.privacy import make_cpf
from tests.isolation.walls import columns

ANA, BIA = make_cpf(529_982_247), make_cpf(111_444_777)


@pytest.fixture
def scope(lua):
    with tenant_scope(lua):
        yield lua


def spellings(cpf):
    """Return how a CPF would look, whole or without its check digits, as text or as bytes."""
    dotted = f"{cpf[:3]}.{cpf[3:6]}.{cpf[6:9]}"
    return [cpf[:9], dotted, base64.b64encode(cpf[:9].encode()).decode(), cpf[:9].encode().hex()]


def found(cpf, text):
    return [each for each in spellings(cpf) if each in text]


def dump(tables=()):
    """Return every row of every table, or of some, past all walls, as text."""
    parts = [f"SELECT '{table}', t::text FROM {table} t" for table in tables or columns()]
    return "\n".join(f"{table} {row}" for table, row in execute_as_owner(" UNION ALL ".join(parts)))


def use_everything():
    """Do whatever can be done with a CPF."""
    ana, bia = vault.subject_of(ANA), vault.subject_of(BIA)
    vault.find_subject(ANA)
    vault.reveal(ana)
    vault.rotate()
    vault.reveal(ana)
    vault.erase(bia)
    return ana


@pytest.mark.parametrize(
    "stored",
    ["529.982.247-25", int(ANA), ANA.encode(), base64.b64encode(ANA.encode()).decode()],
)
def test_the_search_finds_a_cpf_however_somebody_might_store_it(scope, stored):
    execute_as_owner("CREATE TABLE seeds (data jsonb, number bigint, raw bytea)")
    column = {str: "data", int: "number", bytes: "raw"}[type(stored)]
    value = f'"{stored}"' if column == "data" else stored
    execute_as_owner(f"INSERT INTO seeds ({column}) VALUES (%s)", value)
    assert found(ANA, dump({"seeds"}))


def test_no_table_has_a_cpf(scope):
    assert use_everything()
    text = dump()
    assert "privacy_vaultentry" in text
    assert "privacy.subject.reveal" in text
    assert found(ANA, text) == found(BIA, text) == []


def test_no_table_has_a_key(scope):
    use_everything()
    text = dump()
    for keys in epochs.readable():
        assert keys.index.hex() not in text
        assert keys.sealing.hex() not in text


def test_an_entry_tells_nothing_by_its_size(scope):
    for cpf in (ANA, BIA, make_cpf(1)):
        vault.subject_of(cpf)
    sizes = {
        tuple(len(value) for value in row)
        for row in VaultEntry.objects.values_list("cpf_index", "cpf", "data_key")
    }
    assert sizes == {(32, 39, 60)}


@pytest.mark.parametrize("keeper", ["key file", "kms"])
def test_no_line_of_a_log_has_a_cpf_or_a_key(scope, caplog, keeper, request):
    if keeper == "kms":
        request.getfixturevalue("kms")
    with caplog.at_level(logging.DEBUG), CaptureQueriesContext(connection) as queries:
        use_everything()
        keys = epochs.readable()
    sql = "\n".join(query["sql"] for query in queries)
    text = caplog.text + sql
    assert "privacy_vaultentry" in sql
    assert found(ANA, text) == found(BIA, text) == []
    for each in keys:
        assert each.index.hex() not in text
        assert repr(each.index) not in text


def test_botocore_does_not_quote_what_kms_unwrapped(scope, kms, caplog):
    with caplog.at_level(logging.DEBUG):
        vault.subject_of(ANA)
    assert not [each for each in caplog.records if each.name.startswith("botocore")]


def tamper():
    subject = vault.subject_of(ANA)
    VaultEntry.objects.update(cpf=b"x" * 39)
    vault.reveal(subject)


def outside():
    with no_tenant():
        vault.subject_of(ANA)


FAILURES = {
    "a wrong check digit": lambda: vault.subject_of(f"{ANA[:10]}0"),
    "a number too many": lambda: vault.find_subject(f"{ANA}1"),
    "no mask for it": lambda: numbers.masked(f"{ANA}1"),
    "a form": lambda: CpfField().clean(f"{ANA}1"),
    "tampering": tamper,
    "no tenant": outside,
}


@pytest.mark.parametrize("name", FAILURES)
def test_no_error_quotes_a_cpf(scope, name):
    with pytest.raises(Exception) as raised:  # noqa: PT011 (each its own)
        FAILURES[name]()
    text = "".join(traceback.format_exception(raised.value)) + repr(raised.value)
    assert not re.search(r"\d{9}|529\.982", text)


def reported(act, request):
    """Return what Django's report of an error says of each function's variables."""
    try:
        act()
    except Exception:  # noqa: BLE001 (its report is what is looked at)
        reporter = ExceptionReporter(request, *sys.exc_info())
        frames = reporter.get_traceback_frames()
        return {each["function"]: str(each["vars"]) for each in frames}
    raise AssertionError("It went well.")


@pytest.mark.parametrize(
    ("broken", "function"),
    [("privacy.vault.ADD", "_add"), ("privacy.vault.VaultEntry", "_find")],
)
def test_djangos_report_of_an_error_stars_out_what_functions_held(
    scope, rf, monkeypatch, broken, function
):
    vault.subject_of(BIA)
    monkeypatch.setattr(broken, "no statement")
    said = reported(lambda: vault.subject_of(ANA), rf.get("/"))
    assert {"subject_of", function} <= said.keys()
    assert found(ANA, str(said)) == []


def test_djangos_report_stars_out_what_was_typed(rf):
    said = reported(lambda: numbers.normalise(f"{ANA}1"), rf.get("/"))
    assert "normalise" in said
    assert found(ANA, str(said)) == []


def test_reprs_and_names_of_entries_have_no_cpf(scope):
    subject = vault.subject_of(ANA)
    entry = VaultEntry.objects.get()
    assert str(entry) == str(subject)
    assert found(ANA, repr(entry) + repr(vars(entry))) == []
