"""A person's rights reach everything that tells of them, in every app."""

import json
from io import StringIO
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models

from infra.local.checkout import ROOT
from privacy import rights, vault
from privacy.models import VaultEntry
from privacy.rights import Duty, Handle, UnknownHandle
from promotions.models import CouponUse, Meter
from tenancy.context import tenant_scope
from tenancy.models import AuditEntry
from tenancy.scoped import TenantScoped
from tests.factories.privacy import make_cpf

SUSPICIOUS = {
    "actor", "address", "asker", "author", "contact", "cpf", "email", "ip", "message", "person",
    "phone", "subject_id", "words",
}  # fmt: skip
"""Names that fields have where they tell of somebody."""
STAFF = {
    "tenancy.user": "who works for a company: tenancy.people",
    "tenancy.invitation": "who is asked to: tenancy.invitations",
}
"""Whose fields tell of staff, not of guests."""
NOT_GUESTS = {
    "tenancy.auditentry.actor": "staff, by id",
    "promotions.ledgerentry.actor": "staff or a device, by id",
    "promotions.offlineuse.actor": "staff or a device, by id",
    "promotions.offersnapshot.words": "what was said of an offer",
    "ugc.consenttext.text": "what everybody reads",
    "theme.sitesettings.phone": "the house's",
    "privacy.tenantkey.wrapped": "a key",
    "privacy.secret.sealed": "what other services gave to the company",
    "privacy.vaultentry.data_key": "a key",
    "ugc.submission.data_key": "a key",
    "ugc.letter.data_key": "a key",
}
"""Fields that look as though they told of a guest, and do not: each with the reason."""


def our_models() -> list[type[models.Model]]:
    """Return all models that are written in this repository."""
    ours = {path.parent.name for path in ROOT.glob("*/apps.py")}
    return [
        model
        for model in apps.get_models()
        if model.__module__.partition(".")[0] in ours and model._meta.label_lower not in STAFF
    ]


def personal_of(model: type[models.Model]) -> dict[str, str]:
    return dict(getattr(model, "personal", None) or {})


def answered_for() -> set[str]:
    return {label for duty in rights.duties() for label in duty.models}


def test_every_model_of_many_small_rows_says_what_in_it_tells_of_a_guest():
    silent = [
        model._meta.label
        for model in our_models()
        if issubclass(model, TenantScoped) and model.is_operational and model.personal is None
    ]

    assert silent == []


def test_every_personal_field_exists_and_has_a_purpose():
    for model in our_models():
        for name, purpose in personal_of(model).items():
            assert model._meta.get_field(name)
            assert purpose


def test_somebody_answers_for_every_model_with_personal_data():
    personal = {model._meta.label_lower for model in our_models() if personal_of(model)}

    assert personal - answered_for() == set()
    assert answered_for() - personal == set()


def test_no_field_that_looks_personal_is_forgotten():
    kinds = (models.EmailField, models.BinaryField, models.GenericIPAddressField)
    forgotten = [
        f"{model._meta.label_lower}.{field.name}"
        for model in our_models()
        for field in model._meta.local_concrete_fields
        if (isinstance(field, kinds) or field.name in SUSPICIOUS)
        and field.name not in personal_of(model)
    ]

    assert sorted(set(forgotten) - set(NOT_GUESTS)) == []
    assert set(NOT_GUESTS) - {*forgotten, "ugc.consenttext.text"} == set()


def test_a_model_that_nobody_answers_for_is_found(monkeypatch):
    monkeypatch.setattr(rights, "_duties", {})

    with pytest.raises(AssertionError):
        test_somebody_answers_for_every_model_with_personal_data()


@pytest.fixture
def scope(lua):
    with tenant_scope(lua):
        yield lua


def make_use(subject_id):
    meter = Meter.objects.create(
        owner_id=uuid4(), key=f"person:{subject_id}", taken=1, limit=1, whole=1
    )
    took = [[str(meter.owner_id), meter.key, 0, 1]]
    return CouponUse.objects.create(
        coupon_id=uuid4(),
        code_id=uuid4(),
        rule_id=uuid4(),
        property_id=uuid4(),
        subject_id=subject_id,
        state="spent",
        price_centavos=9000,
        discount_centavos=1000,
        took=took,
        took_count=1,
        wanted_count=1,
        digest="x",
    )


def test_a_persons_uses_are_exported_and_erased_with_their_cpf(scope):
    subject_id = vault.subject_of(make_cpf(529_982_247))
    use = make_use(subject_id)
    other = make_use(vault.subject_of(make_cpf(111_444_777)))
    handle = Handle("subject", subject_id)

    found = rights.export_person([handle])
    assert found["privacy"]["has_cpf"]
    assert [each["discount_centavos"] for each in found["promotions"]["uses"]] == [1000]

    assert rights.erase_person([handle]) == {"privacy": True, "promotions": True}
    assert rights.export_person([handle]) == {}
    use.refresh_from_db()
    assert use.subject_id != subject_id
    assert use.took[0][1] == f"person:{use.subject_id}"
    assert Meter.objects.filter(key=use.took[0][1], taken=1).count() == 1
    assert not Meter.objects.filter(key__contains=str(subject_id)).exists()
    assert rights.export_person([Handle("subject", other.subject_id)])["promotions"]["uses"]
    assert rights.erase_person([handle]) == {"privacy": False, "promotions": False}


def test_an_error_in_one_app_leaves_all_as_it_was(scope, monkeypatch):
    subject_id = vault.subject_of(make_cpf(529_982_247))
    make_use(subject_id)

    def fail(key):
        raise ConnectionError

    broken = Duty("privacy", "subject", frozenset(), lambda key: {}, fail)
    monkeypatch.setattr(rights, "_duties", {**rights._duties, ("privacy", "subject"): broken})
    with pytest.raises(ConnectionError):
        rights.erase_person([Handle("subject", subject_id)])

    assert CouponUse.objects.filter(subject_id=subject_id).exists()
    assert VaultEntry.objects.filter(subject_id=subject_id).exists()


def test_another_tenants_person_is_nobody(scope, sol):
    subject_id = vault.subject_of(make_cpf(529_982_247))
    make_use(subject_id)
    with tenant_scope(sol):
        assert rights.export_person([Handle("subject", subject_id)]) == {}
        assert not any(rights.erase_person([Handle("subject", subject_id)]).values())

    assert CouponUse.objects.filter(subject_id=subject_id).exists()


def test_who_asked_is_on_record_without_a_name(scope):
    subject_id = vault.subject_of(make_cpf(529_982_247))
    rights.export_person([Handle("subject", subject_id)])

    entry = AuditEntry.objects.get(action="privacy.person.export")
    assert entry.object == f"subject:{subject_id}"


def test_an_unknown_kind_of_handle_is_refused(scope):
    with pytest.raises(UnknownHandle):
        rights.export_person([Handle("shoe size", uuid4())])


def test_the_command_shows_and_erases(scope, monkeypatch):
    cpf = make_cpf(529_982_247)
    subject_id = vault.subject_of(cpf)
    make_use(subject_id)
    out = StringIO()
    monkeypatch.setattr("sys.stdin", StringIO(cpf + "\n"))
    call_command("rights", "export", "cpf", stdout=out)
    assert json.loads(out.getvalue())["promotions"]["uses"]
    assert cpf not in out.getvalue()

    out = StringIO()
    call_command("rights", "erase", "subject", str(subject_id), stdout=out)
    assert "promotions" in out.getvalue()
    monkeypatch.setattr("sys.stdin", StringIO(cpf + "\n"))
    with pytest.raises(CommandError):
        call_command("rights", "export", "cpf", stdout=out)
