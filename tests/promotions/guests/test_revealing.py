"""Uncovering a code: by the API."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from privacy.keys import Unavailable
from promotions.models import Coupon, CouponCode, OfferSnapshot
from promotions.rules.codes import normalise
from promotions.uncovering import qr_address
from sites.models import HomePage
from tenancy.context import tenant_scope
from tests.api.calling import CENTRO, NOON, SOL, fields, post, problem
from tests.factories.coupons import PERSONS
from tests.factories.promotions import make_coupon, make_rule

pytestmark = pytest.mark.django_db

DEVICE, OTHER = "aparelho-de-teste", "outro-aparelho"


def reveal(slug: str, device: str | None = DEVICE, client: Client | None = None, **more: object):
    headers = {"device_id": device} if device else {}
    return post("coupons/reveal", {"coupon": slug, **more}, client, **headers)


def holder(cpf: str) -> dict[str, object]:
    return {"holder": {"cpf": cpf}}


def said_of(answer) -> list[str]:
    return [reason["code"] for reason in answer.json()["reasons"]]


def test_a_shared_code_comes_with_its_words_and_its_qr(shared):
    answer = reveal("brinde")

    said = answer.json()
    assert answer.status_code == 200, said
    assert (said["coupon"], said["code"], said["ends_at"]) == ("brinde", "BRINDE-20", None)
    assert said["gives"] == "20% de desconto"
    assert said["qr"].startswith("data:image/svg+xml")
    assert answer.headers["Cache-Control"] == "no-store"
    assert not answer.cookies


def test_each_device_has_a_code_of_its_own_and_gets_the_same_again(motel, own):
    first, again, other = reveal("meu"), reveal("meu"), reveal("meu", OTHER)

    assert first.json() == again.json()
    assert first.json()["code"] != other.json()["code"]
    assert first.json()["code"].startswith("MEU-")
    assert CouponCode.objects.filter(coupon_id=own.pk).count() == 2


def test_a_code_lasts_from_when_it_was_revealed_and_no_other_follows(motel, own):
    ends = "2026-06-09T13:00:00-03:00"
    assert reveal("meu").json()["ends_at"] == ends
    with time_machine.travel(NOON + timedelta(minutes=59), tick=False):
        assert reveal("meu").json()["ends_at"] == ends
    with time_machine.travel(NOON + timedelta(minutes=60), tick=False):
        late = reveal("meu")

    assert problem(late) == (409, "coupon_refused")
    assert said_of(late) == ["EXPIRED"]
    assert CouponCode.objects.get(coupon_id=own.pk).ends_at == NOON + timedelta(hours=1)


def test_somebody_without_a_device_gets_a_code_each_time(motel, own):
    assert reveal("meu", None).json()["code"] != reveal("meu", None).json()["code"]


def test_a_person_is_asked_for_and_gets_the_same_code_on_any_device(motel, personal):
    assert said_of(reveal("velas")) == ["IDENTIFIER_REQUIRED"]
    assert said_of(reveal("velas", **holder("111.111.111-11"))) == ["IDENTIFIER_INVALID"]
    first = reveal("velas", **holder(PERSONS[0]))
    again = reveal("velas", OTHER, **holder(normalise(PERSONS[0]).replace(".", "")))
    other = reveal("velas", **holder(PERSONS[1]))

    assert first.json()["code"] == again.json()["code"] != other.json()["code"]
    codes = CouponCode.objects.filter(coupon_id=personal.pk)
    assert codes.count() == codes.values("subject_id").distinct().count() == 2


def test_what_was_said_is_kept_and_nothing_of_who_asked(motel, personal):
    said = reveal("velas", **holder(PERSONS[0])).json()

    snapshot = OfferSnapshot.objects.get()
    assert snapshot.coupon_id == personal.pk
    assert snapshot.rule_id == personal.rule_id
    assert snapshot.words == {"gives": said["gives"], "terms": said["terms"]}
    assert (snapshot.language, snapshot.at) == ("pt-br", NOON)
    written = str(vars(snapshot))
    code = CouponCode.objects.get(coupon_id=personal.pk)
    assert str(code.subject_id) not in written
    assert DEVICE not in written
    assert not any(cpf in written or normalise(cpf) in written for cpf in PERSONS)


def test_words_are_in_the_language_that_is_asked_for(shared):
    answer = post("coupons/reveal", {"coupon": "brinde"}, accept_language="en")

    assert answer.headers["Content-Language"] == "en"
    assert answer.status_code == 200


def test_a_coupon_that_is_on_no_public_page_stays_with_those_who_have_it(motel, own):
    make_coupon("segredo", make_rule("segredo"))
    home = HomePage.objects.get(pk=motel.site.root_page_id)

    assert problem(reveal("segredo")) == (404, "not_found")
    assert problem(reveal("nada")) == (404, "not_found")
    assert reveal("meu").status_code == 200
    home.body = []
    home.save_revision().publish()
    assert problem(reveal("meu")) == (404, "not_found")


def test_a_coupon_is_offered_where_its_page_is(motel, shared, sol):
    for host in (CENTRO, SOL):
        assert problem(reveal("brinde", client=Client(HTTP_HOST=host))) == (404, "not_found")


@pytest.mark.parametrize(
    ("fields_of_it", "reason"),
    [
        ({"starts_at": NOON + timedelta(days=1)}, "NOT_STARTED"),
        ({"ends_at": NOON}, "EXPIRED"),
    ],
)
def test_a_coupon_out_of_its_time_says_when(shared, fields_of_it, reason):
    Coupon.objects.filter(pk=shared.pk).update(**fields_of_it)

    answer = reveal("brinde")

    assert problem(answer) == (409, "coupon_refused")
    assert said_of(answer) == [reason]
    assert not OfferSnapshot.objects.exists()


def test_a_new_shared_code_reaches_who_had_the_old_one(motel, shared):
    reveal("brinde")
    shared.code = "BRINDE-30"
    shared.save_revision().publish()

    assert reveal("brinde").json()["code"] == "BRINDE-30"


def test_tries_are_counted(lua, shared):
    for _try in range(30):
        reveal("brinde")
    answer = reveal("brinde")

    assert problem(answer) == (429, "too_many_attempts")
    assert answer.headers["Retry-After"]


def test_bodies_that_say_more_are_refused(shared):
    assert fields(reveal("brinde", name="Ana")) == [("body", "extra_forbidden")]
    with tenant_scope(shared.tenant_id):
        assert not OfferSnapshot.objects.exists()


def test_a_coupon_that_works_offline_has_a_signed_code_in_its_qr(shared):
    plain = reveal("brinde").json()["qr"]
    Coupon.objects.update(works_offline=True)
    offline = reveal("brinde").json()

    assert offline["code"] == "BRINDE-20"
    assert plain == qr_address("BRINDE-20") != offline["qr"]
    assert offline["qr"] == reveal("brinde", OTHER).json()["qr"]  # nothing of who asked


def test_where_the_keys_are_away_the_qr_has_the_code(shared, monkeypatch):
    Coupon.objects.update(works_offline=True)
    monkeypatch.setattr("privacy.epochs.keyring", away)

    assert reveal("brinde").json()["qr"] == qr_address("BRINDE-20")


def away():
    raise Unavailable
