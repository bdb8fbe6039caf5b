"""What a coupon would give, and why it does not: nothing is written."""

from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from privacy import vault
from promotions import services
from promotions.enums import Effect
from promotions.models import Coupon, CouponCode, CouponProperty, CouponUse, PromotionWindow
from promotions.rules.effects import Bill
from promotions.rules.eligibility import Reason
from promotions.services import Refused, Request, Valid
from tenancy.context import tenant_scope
from tests.factories.coupons import NOON, PERSONS, ask_for, make_code, make_coupon, make_rule

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def reasons(answer: Valid | Refused) -> list[Reason]:
    return [finding.reason for finding in answer.findings] if isinstance(answer, Refused) else []


def test_a_valid_coupon_tells_what_it_gives_and_keeps_nothing(motel):
    make_coupon(make_rule(effect=Effect.PERCENT, percent=20, amount_centavos=None), limit=1)

    for _time in range(3):
        answer = services.validate(ask_for(motel, bill=Bill(9999)))
        assert isinstance(answer, Valid)
        assert (answer.discount.centavos, answer.price_centavos) == (1999, 9999)
    assert not CouponUse.objects.exists()


@pytest.mark.parametrize("written", ["terca10", " Terça 10 ", "TERCA-10", "tErCa‑10"])
def test_a_code_is_read_however_it_is_written(motel, written):
    make_coupon(make_rule())

    assert isinstance(services.validate(ask_for(motel, written)), Valid)


def test_every_reason_is_told_with_the_next_time_at_which_it_holds(motel):
    promotion = make_rule(min_centavos=20_000)
    days = {name: name in {"monday", "tuesday"} for name in PromotionWindow.WEEKDAYS}
    PromotionWindow.objects.create(rule=promotion, starts_at=time(12), ends_at=time(18), **days)
    make_coupon(promotion)

    answer = services.validate(ask_for(motel))

    assert reasons(answer) == [Reason.OUTSIDE_WEEKDAY, Reason.MIN_SPEND]
    assert answer.findings[0].next_valid.starts_at == NOON + timedelta(days=5)
    assert answer.findings[1].next_valid is None


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"starts_at": NOON + HOUR}, [Reason.NOT_STARTED]),
        ({"ends_at": NOON}, [Reason.EXPIRED]),
        ({"ends_at": NOON + HOUR, "starts_at": NOON}, []),
    ],
)
def test_a_coupon_has_dates_of_its_own(motel, fields, expected):
    make_coupon(make_rule(), **fields)

    assert reasons(services.validate(ask_for(motel))) == expected


def test_a_code_ends_by_itself(motel):
    CouponCode.objects.filter(coupon_id=make_coupon(make_rule()).pk).update(ends_at=NOON)

    assert reasons(services.validate(ask_for(motel))) == [Reason.EXPIRED]
    assert reasons(services.validate(ask_for(motel, at=NOON - HOUR))) == []


def disabled_code(motel, other_motel):
    CouponCode.objects.update(disabled_at=timezone.now())


def unpublished(motel, other_motel):
    Coupon.objects.update(live=False)


def elsewhere(motel, other_motel):
    CouponProperty.objects.create(coupon=Coupon.objects.get(code="TERCA10"), property=other_motel)


def unknown(motel, other_motel):
    CouponCode.objects.filter(code="TERCA10").update(code="OUTRO")


@pytest.mark.parametrize("change", [disabled_code, unpublished, elsewhere, unknown])
def test_strangers_cannot_tell_what_is_secret_from_what_does_not_exist(motel, other_motel, change):
    make_coupon(make_rule(), limit=1, identifier="cpf", limit_per_identifier=1)
    ask = ask_for(motel, holder=PERSONS[0])
    vault.subject_of(PERSONS[0])
    unheard_of = statements(ask_for(motel, "NUNCA99", holder=PERSONS[0]))
    change(motel, other_motel)

    answer = services.validate(ask)

    assert answer == services.validate(ask_for(motel, "NUNCA99", holder=PERSONS[0]))
    assert answer == services.hold(ask, Request("k"))
    assert reasons(answer) == [Reason.NOT_FOUND]
    assert statements(ask) == unheard_of


def statements(ask) -> list[str]:
    """Return what is asked of the database, without what it is asked about."""
    with CaptureQueriesContext(
        connection,
    ) as asked:
        services.validate(ask)
    return [each["sql"].partition("WHERE")[0] for each in asked]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (disabled_code, Reason.DISABLED),
        (unpublished, Reason.DISABLED),
        (elsewhere, Reason.WRONG_PROPERTY),
        (unknown, Reason.NOT_FOUND),
    ],
)
def test_a_propertys_own_people_are_told(motel, other_motel, change, expected):
    make_coupon(make_rule())
    change(motel, other_motel)

    assert reasons(services.validate(ask_for(motel, is_stranger=False))) == [expected]


def test_a_person_is_asked_for_only_where_they_count(motel):
    make_coupon(make_rule(), "QUALQUER")
    make_coupon(make_rule("um"), "PESSOA", identifier="cpf", limit_per_identifier=1)

    assert reasons(services.validate(ask_for(motel, "QUALQUER", holder="x"))) == []
    refused = services.validate(ask_for(motel, "PESSOA"))
    assert reasons(refused) == [Reason.IDENTIFIER_REQUIRED]
    assert not refused.findings[0].is_blocking
    invalid = services.validate(ask_for(motel, "PESSOA", holder="111.111.111-11"))
    assert reasons(invalid) == [Reason.IDENTIFIER_INVALID]


def test_asking_for_a_person_who_is_unknown_does_not_make_them_known(motel):
    make_coupon(make_rule(), identifier="cpf", limit_per_identifier=1)

    assert isinstance(services.validate(ask_for(motel, holder=PERSONS[0])), Valid)
    assert vault.find_subject(PERSONS[0]) is None


def test_a_personal_code_is_its_owners(motel):
    coupon = make_coupon(make_rule())
    make_code(coupon, "MINHA", subject_id=vault.subject_of(PERSONS[0]))

    asked = {person: ask_for(motel, "MINHA", holder=person) for person in PERSONS}

    assert reasons(services.validate(ask_for(motel, "MINHA"))) == [Reason.IDENTIFIER_REQUIRED]
    assert reasons(services.validate(asked[PERSONS[1]])) == [Reason.HELD_BY_OTHER]
    assert reasons(services.hold(asked[PERSONS[1]], Request("a"))) == [Reason.HELD_BY_OTHER]
    assert isinstance(services.validate(asked[PERSONS[0]]), Valid)


@pytest.mark.parametrize(
    ("limits", "reason", "days"),
    [
        ({"limit": 1}, Reason.GLOBAL_LIMIT, None),
        ({"limit_per_property": 1}, Reason.GLOBAL_LIMIT, None),
        ({"limit_per_day": 1}, Reason.GLOBAL_LIMIT, 0.5),
        ({"limit_per_week": 1}, Reason.GLOBAL_LIMIT, 4.5),
        ({"limit_per_month": 1}, Reason.GLOBAL_LIMIT, 5.5),
        ({"limit_per_code": 1}, Reason.CODE_LIMIT, None),
        ({"budget_centavos": 1999}, Reason.BUDGET_EXHAUSTED, None),
        ({"limit_per_identifier": 1, "identifier": "cpf"}, Reason.IDENTIFIER_LIMIT, None),
    ],
)
def test_a_limit_that_is_reached_says_which_and_when_there_is_room_again(
    motel, limits, reason, days
):
    make_coupon(make_rule(), **limits)
    ask = ask_for(motel, holder=PERSONS[0])
    assert reasons(services.redeem(ask, Request("first"))) == []

    for answer in (services.validate(ask), services.redeem(ask, Request("second"))):
        assert reasons(answer) == [reason]
        found = answer.findings[0].next_valid
        assert (found and found.starts_at) == (days and NOON + timedelta(days=days))


def test_a_code_that_is_held_by_another_tells_until_when(motel):
    make_coupon(make_rule(), limit_per_code=1)
    services.hold(ask_for(motel), Request("first"))

    answer = services.validate(ask_for(motel))

    assert reasons(answer) == [Reason.HELD_BY_OTHER]
    assert answer.findings[0].next_valid.starts_at == NOON + timedelta(minutes=15)
    assert reasons(services.validate(ask_for(motel, at=NOON + timedelta(minutes=15)))) == []


def test_a_coupon_of_another_company_does_not_exist(motel, sol):
    with tenant_scope(sol):
        make_coupon(make_rule(), "SOLMARK")

    assert reasons(services.validate(ask_for(motel, "SOLMARK"))) == [Reason.NOT_FOUND]
