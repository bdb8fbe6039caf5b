"""Master keys in a file, contexts, and several key services as one."""

import base64
import os
import stat
import threading

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from privacy.keyring import keyring
from privacy.keys import (
    KeyFile,
    Keyring,
    Mismatch,
    Refused,
    Unavailable,
    canonical,
    make_key_file,
    masters,
)

CONTEXT = {"tenant": "7", "purpose": "cpf"}
CONTEXTS = st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=3)
MASTER = base64.b64encode(b"m" * 32).decode()
OTHER = base64.b64encode(b"o" * 32).decode()


@pytest.fixture
def keeper():
    return KeyFile(os.urandom(32))


@pytest.fixture
def none(settings):
    """Have the settings name no keeper."""
    settings.VAULT_OWN_KEY_FILE = None
    return settings


def test_a_key_is_unwrapped_for_the_context_that_it_was_wrapped_for(keeper):
    key = keeper.generate(CONTEXT)
    assert len(key.plain) == 32
    assert key.plain not in key.wrapped
    assert keeper.unwrap(key.wrapped, dict(reversed(CONTEXT.items()))) == key.plain


def test_no_two_keys_are_alike(keeper):
    keys = [keeper.generate(CONTEXT) for _ in range(20)]
    assert len({key.plain for key in keys} | {key.wrapped for key in keys}) == 40


@pytest.mark.parametrize(
    "context",
    [
        {},
        {"tenant": "7"},
        {"tenant": "8", "purpose": "cpf"},
        {"tenant": "7", "purpose": "mail"},
        {"tenant": "cpf", "purpose": "7"},
        {**CONTEXT, "more": ""},
    ],
)
def test_no_other_context_unwraps_it(keeper, context):
    with pytest.raises(Mismatch):
        keeper.unwrap(keeper.generate(CONTEXT).wrapped, context)


def test_contexts_of_the_same_letters_differ(keeper):
    key = keeper.generate({"a": "bc"})
    with pytest.raises(Mismatch):
        keeper.unwrap(key.wrapped, {"ab": "c"})


@given(CONTEXTS, CONTEXTS)
def test_only_equal_contexts_have_the_same_bytes(one, other):
    assert (canonical(one) == canonical(other)) == (one == other)


@pytest.mark.parametrize("place", range(60))
def test_a_wrapped_key_that_was_changed_is_not_unwrapped(keeper, place):
    wrapped = bytearray(keeper.generate(CONTEXT).wrapped)
    assert len(wrapped) == 60
    wrapped[place] ^= 1
    with pytest.raises(Mismatch):
        keeper.unwrap(bytes(wrapped), CONTEXT)


@pytest.mark.parametrize("length", [0, 1, 12, 27, 59])
def test_half_a_wrapped_key_is_not_unwrapped(keeper, length):
    with pytest.raises(Mismatch):
        keeper.unwrap(keeper.generate(CONTEXT).wrapped[:length], CONTEXT)


def test_keys_are_in_no_repr(keeper):
    key = keeper.generate(CONTEXT)
    assert repr(key) == "DataKey()"


# --- several -----------------------------------------------------------------------------------


class Away:
    """A key service that does not answer."""

    def generate(self, context):
        raise Unavailable("away")

    unwrap = property(lambda self: lambda wrapped, context: self.generate(context))


def test_the_first_makes_keys_and_all_unwrap_their_own(keeper):
    new = KeyFile(os.urandom(32))
    old_key, ring = keeper.generate(CONTEXT), Keyring([new, keeper])
    new_key = ring.generate(CONTEXT)
    assert ring.unwrap(old_key.wrapped, CONTEXT) == old_key.plain
    assert ring.unwrap(new_key.wrapped, CONTEXT) == new_key.plain
    assert new.unwrap(new_key.wrapped, CONTEXT) == new_key.plain
    with pytest.raises(Mismatch):
        Keyring([new]).unwrap(old_key.wrapped, CONTEXT)


def test_a_key_is_refused_only_when_all_have_answered(keeper):
    strange = KeyFile(os.urandom(32)).generate(CONTEXT)
    with pytest.raises(Refused):
        Keyring([keeper]).unwrap(strange.wrapped, CONTEXT)
    with pytest.raises(Unavailable):
        Keyring([keeper, Away()]).unwrap(strange.wrapped, CONTEXT)


def test_who_is_away_does_not_keep_others_from_their_own(keeper):
    key = keeper.generate(CONTEXT)
    assert Keyring([Away(), keeper]).unwrap(key.wrapped, CONTEXT) == key.plain


# --- files and settings ------------------------------------------------------------------------


def test_a_key_file_is_the_owners_alone_and_stays_what_it_is(tmp_path):
    path = tmp_path / "below" / "vault-key"
    make_key_file(path)
    text = path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [len(key) for key in masters(text)] == [32]
    make_key_file(path)
    assert path.read_text() == text
    assert [each.name for each in path.parent.iterdir()] == ["vault-key"]


def test_processes_that_start_together_have_one_key_file(tmp_path, monkeypatch):
    together = threading.Barrier(8)
    link, seen = os.link, []

    def at_once(*paths):
        together.wait()
        link(*paths)

    monkeypatch.setattr(os, "link", at_once)

    def start():
        make_key_file(tmp_path / "key")
        seen.append((tmp_path / "key").read_text())

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 8
    assert len(set(seen)) == 1


@pytest.mark.parametrize(
    "text", ["", "not base64!", base64.b64encode(b"short").decode(), f"{MASTER} AAAA", "é" * 44]
)
def test_what_is_no_master_key_is_refused_without_being_quoted(text):
    with pytest.raises(ValueError, match="master key") as raised:
        masters(text)
    assert not text or text not in str(raised.value)
    assert raised.value.__cause__ is None


def test_a_master_key_comes_from_the_environment_or_a_file(none, tmp_path):
    none.VAULT_KEY = MASTER
    key = keyring().generate(CONTEXT)
    none.VAULT_KEY, none.VAULT_KEY_FILE = "", str(tmp_path / "key")
    (tmp_path / "key").write_text(f"{OTHER}\n{MASTER}\n")
    assert keyring().unwrap(key.wrapped, CONTEXT) == key.plain
    newer = keyring().generate(CONTEXT)
    (tmp_path / "key").write_text(OTHER)
    assert keyring().unwrap(newer.wrapped, CONTEXT) == newer.plain
    with pytest.raises(Mismatch):
        keyring().unwrap(key.wrapped, CONTEXT)


def test_a_file_of_our_own_is_made_only_where_nothing_is_set(none, tmp_path):
    none.VAULT_OWN_KEY_FILE = tmp_path / "own"
    none.VAULT_KEY = MASTER
    keyring()
    assert not none.VAULT_OWN_KEY_FILE.exists()
    none.VAULT_KEY = ""
    key = keyring().generate(CONTEXT)
    assert keyring().unwrap(key.wrapped, CONTEXT) == key.plain


@pytest.mark.parametrize("text", ["", "x" * 44, "\xe9"])
def test_nobody_starts_with_a_key_that_is_none(none, tmp_path, text):
    path = tmp_path / "key"
    path.write_bytes(text.encode("latin-1"))
    none.VAULT_KEY_FILE = str(path)
    with pytest.raises(ImproperlyConfigured):
        keyring()


def test_the_check_of_a_deployment_asks_who_keeps_the_keys(none, tmp_path):
    def found():
        checks = run_checks(include_deployment_checks=True, tags=["security"])
        return [each.msg for each in checks if each.id == "privacy.E001"]

    assert "KMS_KEY_ID" in found()[0]
    none.VAULT_KEY_FILE = str(tmp_path / "gone")
    assert "gone" in found()[0]
    none.VAULT_KEY_FILE, none.KMS_KEY_ID = "", ["alias/alcova"]
    assert found() == []
