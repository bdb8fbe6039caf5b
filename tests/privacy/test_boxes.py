"""Boxes: what is sealed in one opens with its key, in its tenant, under its name, not else."""

from uuid import uuid4

import pytest

from privacy import boxes, epochs, vault
from privacy.models import Secret
from privacy.sealing import Tampered
from privacy.secrets import UnknownSecret, read, read_or_keep
from tenancy.context import tenant_scope


@pytest.fixture
def scope(lua):
    epochs.forget()
    with tenant_scope(lua):
        yield lua
    epochs.forget()


def test_what_is_sealed_is_read_again_with_the_wrapped_key(scope):
    box, key = boxes.make(uuid4())
    sealed = box.seal("photo", b"content")

    assert b"content" not in sealed
    assert boxes.open_box(box.box_id, key).unseal("photo", sealed) == b"content"


def test_another_name_another_box_and_a_changed_byte_open_nothing(scope):
    box, key = boxes.make(uuid4())
    other, _other_key = boxes.make(uuid4())
    sealed = box.seal("photo", b"content")

    with pytest.raises(Tampered):
        box.unseal("preview", sealed)
    with pytest.raises(Tampered):
        other.unseal("photo", sealed)
    with pytest.raises(Tampered):
        box.unseal("photo", sealed[:-1] + bytes([sealed[-1] ^ 1]))
    with pytest.raises(Tampered):
        boxes.open_box(other.box_id, key)


def test_another_tenant_opens_nothing(scope, sol):
    box, key = boxes.make(uuid4())
    with tenant_scope(sol), pytest.raises(Tampered):
        boxes.open_box(box.box_id, key)


def test_boxes_survive_a_new_key_of_the_tenant_and_go_with_the_vault(scope):
    box, key = boxes.make(uuid4())
    vault.rotate()
    assert boxes.open_box(box.box_id, key).key == box.key

    vault.shred_tenant()
    with pytest.raises(Tampered):
        boxes.open_box(box.box_id, key)


def test_a_secret_that_is_made_if_need_be_is_made_once(scope):
    made = read_or_keep("x", lambda: b"first")

    assert read_or_keep("x", lambda: b"second") == made == b"first"
    assert Secret.objects.filter(name="x").count() == 1
    with pytest.raises(UnknownSecret):
        read("y")
