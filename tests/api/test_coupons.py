"""What the API does with coupons, and for whom."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from promotions.enums import Effect
from promotions.models import CouponCode, CouponProperty, CouponUse, LedgerEntry, Meter
from tenancy.context import tenant_scope
from tenancy.models import Property
from tests.api.calling import CENTRO, LUA, NOON, STAFF, fields, get, post, problem, program_of
from tests.factories.coupons import PERSONS, make_code, make_coupon, make_rule

pytestmark = pytest.mark.django_db

BRL = {"currency": "BRL"}
STAY = {"suite_type": "loft", "period": "2h"}
SAID = {"code": "dez-10", "stay": STAY}
KEY = "0b9d6a8e-5c1f-4c55-9a43-2f6f5d1a7c11"
LATER = "c9b7a1de-33c1-4f0e-8a34-90b1c2d3e4f5"
RESERVATIONS = "coupons/reservations"


@pytest.fixture
def coupon(lua):
    """Return R$ 10 off with the code DEZ10, twice at all of lua's houses."""
    with tenant_scope(lua):
        return make_coupon(make_rule(), "DEZ10", limit=2)


@pytest.fixture
def program(lua):
    return program_of(lua)


def reserve(key: str = KEY, client: Client | None = None, **changes: object):
    return post(RESERVATIONS, {**SAID, **changes}, client, idempotency_key=key)


def step(use_id: str, verb: str, client: Client, key: str | None = None):
    what = "redemptions" if verb == "reverse" else RESERVATIONS
    headers = {"idempotency_key": key} if key else {}
    return post(f"{what}/{use_id}/{verb}", None, client, **headers)


def said_of(answer) -> list[str]:
    return [reason["code"] for reason in answer.json()["reasons"]]


def taken(tenant) -> int:
    with tenant_scope(tenant):
        return sum(Meter.objects.filter(key="all").values_list("taken", flat=True))


def test_a_code_that_holds_says_what_it_gives_and_keeps_nothing(lua, coupon):
    answer = post("coupons/validate", SAID)

    assert answer.status_code == 200
    assert answer.json() == {
        "valid": True,
        "promotion_id": str(coupon.rule_id),
        "effect": {
            "type": "amount",
            "percent": None,
            "cap": None,
            "amount": {**BRL, "minor": 1000},
            "price": None,
            "hours": None,
            "courtesy": "",
            "text": answer.json()["effect"]["text"],
        },
        "price": {**BRL, "minor": 7600},
        "discount": {"amount": {**BRL, "minor": 1000}, "hours": 0, "courtesy": ""},
        "beside": {**BRL, "minor": 0},
        "promotions": [],
        "total": {**BRL, "minor": 6600},
        "reasons": [],
        "alternatives": [],
        "evaluated": answer.json()["evaluated"],
    }
    assert answer.headers["Cache-Control"] == "no-store"
    with tenant_scope(lua):
        assert not CouponUse.objects.exists()
        assert not Meter.objects.exists()


def test_an_amount_is_the_whole_bill_where_somebody_says_it(lua, coupon):
    def price(**said: object) -> int:
        return post("coupons/validate", {**SAID, **said}).json()["price"]["minor"]

    assert price(amount={**BRL, "minor": 10000}) == 10000
    assert price(amount={**BRL, "minor": 5000}) == 5000
    assert price(stay={}, amount={**BRL, "minor": 5000}) == 5000


def test_a_refusal_says_why_when_it_holds_again_and_what_else_there_is(lua, coupon):
    with tenant_scope(lua):
        coupon.rule.starts_at = NOON + timedelta(days=1)
        coupon.rule.save()
        automatic = make_rule(
            "sempre", effect=Effect.PERCENT, percent=5, amount_centavos=None, is_automatic=True
        )

    said = post("coupons/validate", SAID).json()

    assert said["valid"] is False
    [reason] = said["reasons"]
    assert (reason["code"], reason["blocking"]) == ("NOT_STARTED", True)
    assert reason["next_valid"] == {"begins_at": "2026-06-10T12:00:00-03:00", "ends_at": None}
    assert reason["message"]
    [other] = said["alternatives"]
    assert other["promotion_id"] == str(automatic.pk)
    assert other["discount"]["amount"]["minor"] == 380


def test_a_use_that_is_asked_for_at_another_instant(lua, coupon):
    with tenant_scope(lua):
        coupon.starts_at = NOON + timedelta(days=1)
        coupon.save()
    later = (NOON + timedelta(days=2)).isoformat()
    away = (NOON + timedelta(days=500)).isoformat()

    assert post("coupons/validate", {**SAID, "at": later}).json()["valid"] is True
    assert fields(post("coupons/validate", {**SAID, "at": away})) == [("body.at", "out_of_range")]


def test_words_that_the_house_has_not_are_wrong_whatever_the_code(lua, coupon):
    for code in ("dez-10", "nada"):
        suite = post("coupons/validate", {"code": code, "stay": {"suite_type": "luxo"}})
        period = post("coupons/validate", {"code": code, "stay": {"period": "9h"}})

        assert fields(suite) == [("body.stay.suite_type", "unknown")]
        assert fields(period) == [("body.stay.period", "unknown")]


def test_a_reservation_keeps_a_use_for_a_quarter_of_an_hour(lua, coupon):
    answer = reserve()

    said = answer.json()
    assert answer.status_code == 201
    assert UUID(said.pop("id"))
    assert said == {
        "state": "held",
        "property": "lua",
        "promotion_id": str(coupon.rule_id),
        "price": {**BRL, "minor": 7600},
        "discount": {"amount": {**BRL, "minor": 1000}, "hours": 0, "courtesy": ""},
        "beside": {**BRL, "minor": 0},
        "total": {**BRL, "minor": 6600},
        "created_at": "2026-06-09T12:00:00-03:00",
        "expires_at": "2026-06-09T12:15:00-03:00",
    }
    assert taken(lua) == 1


def test_the_same_reservation_again_gets_the_same_answer(lua, coupon, program):
    first = reserve()
    again = reserve()
    step(first.json()["id"], "commit", program)
    after = reserve()

    assert (again.status_code, again.content) == (201, first.content)
    assert (after.status_code, after.content) == (201, first.content)
    assert taken(lua) == 1


def test_the_same_reservation_again_after_prices_have_turned_gets_the_same_answer(lua, coupon):
    with time_machine.travel("2026-06-12T22:30:00-03:00", tick=False):
        first = reserve(stay={**STAY, "period": "pernoite"})
    with time_machine.travel("2026-06-13T00:30:00-03:00", tick=False):
        again = reserve(stay={**STAY, "period": "pernoite"})

    assert (again.status_code, again.content) == (201, first.content)


def test_a_key_that_came_with_another_reservation_is_refused(lua, coupon):
    reserve()

    assert problem(reserve(code="outro")) == (422, "idempotency_key_reused")
    assert problem(reserve(stay={**STAY, "extra_hours": 0, "people": 1})) == (
        422,
        "idempotency_key_reused",
    )
    assert taken(lua) == 1


@pytest.mark.parametrize("key", ["curta", "a" * 15, "com espaço no meio", "x" * 201])
def test_a_key_is_long_enough_that_nobody_draws_it_again(lua, coupon, key):
    answer = post(RESERVATIONS, SAID, idempotency_key=key)

    assert problem(answer) == (422, "invalid")
    assert [field for field, _code in fields(answer)] == ["header.Idempotency-Key"]


def test_a_reservation_needs_a_key_and_a_stay(lua, coupon):
    assert fields(post(RESERVATIONS, SAID)) == [("header.Idempotency-Key", "missing")]
    assert fields(reserve(stay={"suite_type": "loft"})) == [("body.stay.period", "missing")]


def test_a_stranger_s_own_amount_is_not_reserved_with(lua, coupon, program):
    amount = {**BRL, "minor": 99_000}

    mine = reserve(amount=amount)
    theirs = reserve(LATER, program, amount=amount, property="lua")

    assert mine.json()["price"]["minor"] == 7600
    assert theirs.json()["price"]["minor"] == 99_000


def test_a_stay_that_is_not_sold_then_is_not_reserved(lua, coupon):
    for code in ("dez-10", "nada"):
        answer = reserve(code=code, stay={**STAY, "period": "pernoite"})

        assert problem(answer) == (409, "stay_not_sold")
        assert answer.json()["opens_at"] == "2026-06-12T22:00:00-03:00"


@pytest.mark.parametrize("days", [-3, -0.5, 500])
def test_a_stranger_reserves_for_those_who_are_still_to_come(lua, coupon, days):
    stay = {**STAY, "arrival": (NOON + timedelta(days=days)).isoformat()}

    assert fields(reserve(stay=stay)) == [("body.stay.arrival", "out_of_range")]


def test_a_program_may_write_down_what_has_just_been(lua, coupon, program):
    stay = {**STAY, "arrival": (NOON - timedelta(minutes=30)).isoformat()}

    answer = reserve(client=program, stay=stay, property="lua")
    assert answer.status_code == 201, answer.content


def test_nobody_is_asked_about_arrivals_that_are_far_away(lua, coupon):
    for days in (-2, 500):
        stay = {**STAY, "arrival": (NOON + timedelta(days=days)).isoformat()}
        answer = post("coupons/validate", {**SAID, "stay": stay})
        assert fields(answer) == [("body.stay.arrival", "out_of_range")]


def test_none_too_many_is_reserved_and_the_refusal_says_why(lua, coupon):
    reserve()
    reserve(LATER)

    answer = reserve(str(uuid4()))

    assert problem(answer) == (409, "coupon_refused")
    assert said_of(answer) == ["GLOBAL_LIMIT"]
    assert answer.json()["alternatives"] == []
    assert taken(lua) == 2


def test_a_program_says_that_the_guest_has_come_and_that_it_was_a_mistake(lua, coupon, program):
    use_id = reserve().json()["id"]

    spent = step(use_id, "commit", program)
    again = step(use_id, "commit", program)
    back = step(use_id, "reverse", program, KEY)
    once_more = step(use_id, "reverse", program, KEY)

    assert (spent.status_code, spent.json()["state"]) == (200, "spent")
    assert again.content == spent.content
    assert (back.status_code, back.json()["state"]) == (200, "reversed")
    assert (once_more.status_code, once_more.content) == (200, back.content)
    assert taken(lua) == 0
    with tenant_scope(lua):
        steps = LedgerEntry.objects.values_list("step", flat=True)
        assert sorted(steps) == ["commit", "hold", "reverse"]


def test_a_step_s_key_is_of_one_use(lua, coupon, program):
    first, second = reserve().json()["id"], reserve(LATER).json()["id"]
    step(first, "commit", program, KEY)

    assert problem(step(second, "commit", program, KEY)) == (422, "idempotency_key_reused")


def test_a_guest_gives_back_what_was_reserved(lua, coupon):
    guest = Client(HTTP_HOST=LUA)
    use_id = reserve().json()["id"]

    first, again = step(use_id, "cancel", guest), step(use_id, "cancel", guest)

    assert (first.status_code, first.json()["state"]) == (200, "cancelled")
    assert again.content == first.content
    assert taken(lua) == 0


def test_what_is_in_another_state_is_not_done(lua, coupon, program):
    held, given_back = reserve().json()["id"], reserve(LATER).json()["id"]
    step(given_back, "cancel", program)

    assert problem(step(held, "reverse", program)) == (409, "wrong_state")
    assert problem(step(given_back, "commit", program)) == (409, "wrong_state")
    assert problem(step(str(uuid4()), "commit", program)) == (404, "not_found")
    assert problem(step(str(uuid4()), "cancel", Client(HTTP_HOST=LUA))) == (404, "not_found")


def test_what_has_expired_is_gone(lua, coupon, program):
    use_id = reserve().json()["id"]

    with time_machine.travel(NOON + timedelta(minutes=15), tick=False):
        assert problem(step(use_id, "commit", program)) == (410, "reservation_expired")
        assert problem(step(use_id, "cancel", program)) == (410, "reservation_expired")
    assert taken(lua) == 0


def test_a_use_outlives_its_house(lua, coupon):
    use_id = reserve().json()["id"]
    with tenant_scope(lua):
        CouponUse.objects.filter(pk=use_id).update(property_id=uuid4())

    answer = step(use_id, "cancel", Client(HTTP_HOST=LUA))

    assert (answer.status_code, answer.json()["property"]) == (200, None)


@pytest.mark.parametrize("verb", ["commit", "reverse"])
def test_a_stranger_says_of_nobody_that_they_have_come(lua, coupon, verb):
    use_id = reserve().json()["id"]

    for host in (LUA, STAFF):
        answer = step(use_id, verb, Client(HTTP_HOST=host))
        assert problem(answer) == (401, "unauthorized")
        assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(("role", "status"), [("owner", 200), ("manager", 200), ("editor", 403)])
def test_managers_say_that_guests_have_come_editors_do_not(lua, coupon, staff, role, status):
    client = staff(lua, role)
    use_id = reserve().json()["id"]

    assert step(use_id, "commit", client).status_code == status
    assert step(use_id, "cancel", client).status_code == (409 if status == 200 else 200)


def test_a_session_without_its_token_is_refused(lua, coupon, staff):
    client = staff(lua, "manager")
    client.handler.enforce_csrf_checks = True
    use_id = reserve().json()["id"]

    assert problem(step(use_id, "commit", client)) == (403, "forbidden")
    assert problem(post("coupons/validate", SAID, client)) == (403, "forbidden")
    page = client.get("/admin/account/")
    token = page.context["csrf_token"]
    answer = client.post(
        f"/api/v1/{RESERVATIONS}/{use_id}/commit", headers={"x-csrftoken": str(token)}
    )
    assert answer.status_code == 200


# --- who uses it ------------------------------------------------------------------------------


@pytest.fixture
def personal(lua):
    """Return a coupon that each person can use once."""
    with tenant_scope(lua):
        return make_coupon(make_rule(), "DEZ10", identifier="cpf", limit_per_identifier=1)


def test_a_coupon_asks_who_uses_it_and_counts_each_person(lua, personal):
    nobody = reserve()
    wrong = reserve(holder={"cpf": "529.982.247-26"})
    first = reserve(holder={"cpf": PERSONS[0]})
    again = reserve(LATER, holder={"cpf": PERSONS[0].replace(".", "")})
    other = reserve(str(uuid4()), holder={"cpf": PERSONS[1]})

    assert said_of(nobody) == ["IDENTIFIER_REQUIRED"]
    assert nobody.json()["reasons"][0]["blocking"] is False
    assert said_of(wrong) == ["IDENTIFIER_INVALID"]
    assert first.status_code == 201
    assert said_of(again) == ["IDENTIFIER_LIMIT"]
    assert other.status_code == 201


def test_the_same_key_for_another_person_is_another_reservation(lua, personal):
    reserve(holder={"cpf": PERSONS[0]})

    again = reserve(holder={"cpf": PERSONS[1]})

    assert problem(again) == (422, "idempotency_key_reused")


# --- what strangers cannot tell ---------------------------------------------------------------


@pytest.fixture
def secrets(lua, coupon):
    """Return codes that nobody has, that is disabled, of a draft, and of another house."""
    with tenant_scope(lua):
        elsewhere = make_coupon(make_rule("longe"), "LONGE")
        centro = Property.objects.get(slug="lua-centro")
        CouponProperty.objects.create(coupon=elsewhere, property=centro)
        make_coupon(make_rule("rascunho"), "RASCUNHO", live=False)
        make_code(coupon, "FECHADO", disabled_at=datetime(2026, 1, 1, tzinfo=UTC))
    return ["NADA", "FECHADO", "RASCUNHO", "LONGE", "X" * 64, "TERCA-7Q4M-K2XD"]


def asked(call, code):
    with CaptureQueriesContext(connection) as queries:
        answer = call(code)
    return answer, [query["sql"].split(" WHERE ")[0][:200] for query in queries]


@pytest.mark.parametrize(
    "call",
    [
        lambda code: post("coupons/validate", {**SAID, "code": code}),
        lambda code: reserve(str(uuid4()), code=code),
        lambda code: reserve(str(uuid4()), code=code, holder={"cpf": PERSONS[0]}),
    ],
    ids=["validate", "reserve", "reserve for a person"],
)
def test_strangers_cannot_tell_codes_that_are_not_from_those_that_are_not_for_them(secrets, call):
    call("NADA")  # caches are warm
    found = [asked(call, code) for code in secrets]

    answers = {(answer.status_code, answer.content) for answer, _queries in found}
    assert len(answers) == 1
    assert said_of(found[0][0]) == ["NOT_FOUND"]
    assert {tuple(queries) for _answer, queries in found} == {tuple(found[0][1])}
    headers = [dict(answer.headers) for answer, _queries in found]
    assert headers == [headers[0]] * len(headers)


def test_who_works_for_the_house_is_told_the_truth(secrets, program):
    def why(code: str) -> list[str]:
        return said_of(post("coupons/validate", {**SAID, "code": code, "property": "lua"}, program))

    assert [why(code) for code in secrets[:4]] == [
        ["NOT_FOUND"],
        ["DISABLED"],
        ["DISABLED"],
        ["WRONG_PROPERTY"],
    ]


def test_another_house_s_coupon_holds_there(secrets, lua):
    answer = post(
        "coupons/validate",
        {"code": "LONGE", "stay": {"suite_type": "luxo", "period": "2h"}},
        Client(HTTP_HOST=CENTRO),
    )

    assert answer.json()["valid"] is True


def test_reading_leaves_no_code_behind(lua, coupon):
    assert get("promotions").status_code == 200
    with tenant_scope(lua):
        codes = list(CouponCode.objects.values_list("code", flat=True))
    assert not [code for code in codes if code in get("promotions").content.decode()]
