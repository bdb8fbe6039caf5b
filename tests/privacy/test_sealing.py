"""What is stored, to the byte: by other means than the code's own, so that it stays readable."""

import hmac
import json
import os
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from privacy.sealing import EpochKeys, Tampered, derive, index_of, seal, unseal

CPF = "52998224725"
CONTEXT = {"tenant": "7", "purpose": "cpf"}
SUBJECT = UUID("7c0e0d3c-6d0b-4b0e-9a51-6c6e2ac7f0aa")


@pytest.fixture
def keys():
    drawn = {use: os.urandom(32) for use in ("index", "sealing", "secrets", "signing")}
    return EpochKeys(tenant_id=7, epoch=3, **drawn)


def hkdf(key, info):
    """RFC 5869 with SHA-256, without salt, for 32 bytes."""
    extracted = hmac.digest(b"\x00" * 32, key, "sha256")
    return hmac.digest(extracted, info + b"\x01", "sha256")


def opened(key, sealed, name):
    place = {"field": name, "subject": str(SUBJECT), "tenant": "7"}
    return AESGCM(key).decrypt(
        sealed[:12], sealed[12:], json.dumps(place, separators=(",", ":")).encode()
    )


def test_an_epochs_keys_come_of_the_tenants_key_by_hkdf():
    keys = derive(b"k" * 32, CONTEXT, 3)
    info = '{"epoch":"3","purpose":"cpf","tenant":"7","use":"%s"}'
    assert (keys.tenant_id, keys.epoch) == (7, 3)
    assert keys.index == hkdf(b"k" * 32, (info % "index").encode())
    assert keys.sealing == hkdf(b"k" * 32, (info % "sealing").encode())


def test_an_index_is_an_hmac_of_the_digits(keys):
    assert index_of(CPF, keys) == hmac.digest(keys.index, b"cpf:v1:52998224725", "sha256")


def test_a_cpf_is_sealed_under_its_own_key_and_that_under_the_tenants(keys):
    sealed = seal(CPF, SUBJECT, keys)
    data_key = opened(keys.sealing, sealed.data_key, "data_key")
    assert len(data_key) == 32
    assert opened(data_key, sealed.cpf, "cpf") == CPF.encode()


def test_the_same_cpf_is_never_sealed_alike(keys):
    values = [value for _ in range(20) for value in seal(CPF, SUBJECT, keys)]
    assert len(set(values)) == len({value[:12] for value in values}) == 40


def test_what_is_sealed_opens(keys):
    assert unseal(seal(CPF, SUBJECT, keys), SUBJECT, keys) == CPF


@pytest.mark.parametrize("changes", [{"tenant_id": 8}, {"sealing": b"s" * 32}])
def test_it_opens_under_no_other_tenant_or_key(keys, changes):
    with pytest.raises(Tampered):
        unseal(seal(CPF, SUBJECT, keys), SUBJECT, replace(keys, **changes))


def test_it_opens_for_no_other_subject(keys):
    with pytest.raises(Tampered):
        unseal(seal(CPF, SUBJECT, keys), uuid4(), keys)
