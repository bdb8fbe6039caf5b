"""KMS keeps the keys: moto has the wire, and a strict fake what moto lets through."""

import threading
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.config import Config
from moto.server import ThreadedMotoServer

from privacy.clients import kms as client
from privacy.clients.kms import AwsKms
from privacy.keyring import keyring
from privacy.keys import KeyFile, Mismatch, Refused, Unavailable
from tests.fakes.serving import Fault

CONTEXT = {"tenant": "7", "purpose": "cpf"}
THROTTLED = Fault(400, b'{"__type": "ThrottlingException", "message": "Rate exceeded"}')
OUT_OF_SORTS = {
    "too many requests": THROTTLED,
    "an error": Fault(500, b'{"__type": "KMSInternalException"}'),
    "a key that is not at hand": Fault(500, b'{"__type": "KeyUnavailableException"}'),
    "an error page": Fault(503, b"<html>unavailable</html>"),
    "a dropped connection": Fault(drops=True),
}


@pytest.fixture(scope="module")
def moto_url() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def moto(moto_url: str, as_client: Any) -> list[str]:
    """Have moto be KMS; return the ids of two keys of its own."""
    own = boto3.client(
        "kms",
        endpoint_url=moto_url,
        region_name="sa-east-1",
        aws_access_key_id="tests",
        aws_secret_access_key="tests",
    )
    keys = [own.create_key()["KeyMetadata"]["KeyId"] for _ in range(2)]
    as_client(moto_url, keys[0])
    return keys


# --- the wire, as moto has it --------------------------------------------------------------------


def test_a_key_is_made_and_unwrapped(moto):
    key = keyring().generate(CONTEXT)
    assert len(key.plain) == 32
    assert key.plain not in key.wrapped
    assert keyring().unwrap(key.wrapped, CONTEXT) == key.plain


@pytest.mark.parametrize(
    "context", [{"tenant": "8", "purpose": "cpf"}, {"tenant": "7"}, {"purpose": "cpf"}]
)
def test_another_context_unwraps_nothing(moto, context):
    with pytest.raises(Mismatch):
        keyring().unwrap(keyring().generate(CONTEXT).wrapped, context)


def test_another_key_unwraps_nothing(moto):
    key = AwsKms(moto[1]).generate(CONTEXT)
    with pytest.raises(Refused):  # moto: AccessDenied; the real one: IncorrectKey
        AwsKms(moto[0]).unwrap(key.wrapped, CONTEXT)


def test_what_is_no_wrapped_key_is_refused(moto):
    with pytest.raises(Refused):
        keyring().unwrap(KeyFile(b"m" * 32).generate(CONTEXT).wrapped, CONTEXT)


# --- what moto lets through ----------------------------------------------------------------------


def test_contexts_of_the_same_letters_differ(kms):
    key = keyring().generate({"a": "bc"})
    with pytest.raises(Mismatch):
        keyring().unwrap(key.wrapped, {"ab": "c"})


def test_contexts_count_whatever_their_order(kms):
    key = keyring().generate(CONTEXT)
    assert keyring().unwrap(key.wrapped, dict(reversed(CONTEXT.items()))) == key.plain


@pytest.mark.parametrize("state", ["Disabled", "PendingDeletion"])
def test_a_key_that_is_not_to_be_used_is_refused_until_it_is_again(kms, state):
    [own] = kms.keys.values()
    key = keyring().generate(CONTEXT)
    own.state = state
    with pytest.raises(Refused):
        keyring().unwrap(key.wrapped, CONTEXT)
    with pytest.raises(Refused):
        keyring().generate(CONTEXT)
    own.state = "Enabled"
    assert keyring().unwrap(key.wrapped, CONTEXT) == key.plain


def test_a_key_that_is_not_ours_unwraps_nothing(kms):
    strange = AwsKms(kms.add_key()).generate(CONTEXT)
    with pytest.raises(Mismatch):
        keyring().unwrap(strange.wrapped, CONTEXT)


def test_a_key_that_is_not_there_is_refused(kms, settings):
    settings.KMS_KEY_ID = ["key-9999"]
    with pytest.raises(Refused):
        keyring().generate(CONTEXT)


def test_a_denied_context_is_refused(kms):
    key = keyring().generate(CONTEXT)
    kms.denied = [CONTEXT]
    with pytest.raises(Refused):
        keyring().unwrap(key.wrapped, CONTEXT)


def test_a_changed_blob_is_refused(kms):
    wrapped = bytearray(keyring().generate(CONTEXT).wrapped)
    wrapped[-1] ^= 1
    with pytest.raises(Mismatch):
        keyring().unwrap(bytes(wrapped), CONTEXT)


def test_the_services_log_has_the_tenant_and_the_purpose_and_no_more(kms):
    keyring().unwrap(keyring().generate(CONTEXT).wrapped, CONTEXT)
    assert kms.trail == [("GenerateDataKey", CONTEXT), ("Decrypt", CONTEXT)]


def test_a_new_key_of_kms_comes_in_front_and_the_old_one_still_unwraps(kms, settings):
    old = keyring().generate(CONTEXT)
    settings.KMS_KEY_ID = [kms.add_key(), *settings.KMS_KEY_ID]
    new = keyring().generate(CONTEXT)
    assert keyring().unwrap(old.wrapped, CONTEXT) == old.plain
    settings.KMS_KEY_ID = settings.KMS_KEY_ID[:1]
    assert keyring().unwrap(new.wrapped, CONTEXT) == new.plain
    with pytest.raises(Mismatch):
        keyring().unwrap(old.wrapped, CONTEXT)


def test_kms_takes_over_from_a_key_file(kms, settings, tmp_path):
    master = b"m" * 32
    settings.VAULT_KEY = "bW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW0="
    old = KeyFile(master).generate(CONTEXT)
    new = keyring().generate(CONTEXT)
    assert keyring().unwrap(old.wrapped, CONTEXT) == old.plain
    settings.VAULT_KEY = ""
    assert keyring().unwrap(new.wrapped, CONTEXT) == new.plain


# --- when it is out of sorts ---------------------------------------------------------------------


@pytest.mark.parametrize("name", OUT_OF_SORTS)
def test_a_call_is_tried_again(kms, name):
    kms.faults = [OUT_OF_SORTS[name]] * 2
    assert len(keyring().generate(CONTEXT).plain) == 32


@pytest.mark.parametrize("name", OUT_OF_SORTS)
def test_a_service_that_stays_so_is_unavailable_after_three_tries(kms, name):
    kms.faults = [OUT_OF_SORTS[name]] * 9
    with pytest.raises(Unavailable):
        keyring().generate(CONTEXT)
    assert len(kms.faults) == 6


def test_a_silent_service_is_waited_for_a_moment_only(kms, monkeypatch):
    held = threading.Event()
    patience = client.PATIENCE.merge(Config(read_timeout=0.1))
    monkeypatch.setattr(client, "PATIENCE", patience)
    client._client_of.cache_clear()
    kms.faults = [Fault(200, b"{}", stalls=held)] * 3
    try:
        with pytest.raises(Unavailable, match="ReadTimeoutError"):
            keyring().generate(CONTEXT)
    finally:
        held.set()


def test_a_service_that_stays_away_is_not_asked_for_a_while(kms):
    kms.faults = [OUT_OF_SORTS["a dropped connection"]] * 9
    for _ in range(3):
        with pytest.raises(Unavailable):
            keyring().generate(CONTEXT)
    assert kms.faults == []
    with pytest.raises(Unavailable):
        keyring().generate(CONTEXT)
    assert kms.trail == []


def test_refusals_do_not_count_as_away(kms):
    kms.denied = [CONTEXT]
    for _ in range(5):
        with pytest.raises(Refused):
            keyring().generate(CONTEXT)
    assert len(kms.trail) == 5


def test_patience_is_bounded():
    assert client.PATIENCE.connect_timeout + client.PATIENCE.read_timeout < 5
    assert client.PATIENCE.retries == {"mode": "standard", "total_max_attempts": 3}
