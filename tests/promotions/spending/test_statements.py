"""What each statement promises, one after the other."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection
from django.db.transaction import atomic

from promotions.models import CouponUse, LedgerEntry, Meter
from promotions.rules.limits import Use, wants
from promotions.spending import (
    CANCELLED,
    REVERSED,
    SLOTS,
    AlreadyTaken,
    Entry,
    end,
    expire,
    expire_overdue,
    settle,
    what_is_left,
)
from promotions.spending.meters import divide
from promotions.spending.wants import No
from tenancy.context import tenant_scope
from tests.factories.coupons import NOON
from tests.promotions.spending.counting import count, mistakes
from tests.promotions.spending.uses import TTL, Shop, changed, shop

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_lua(lua):
    with tenant_scope(lua):
        yield
        assert mistakes() == {}


def entry() -> Entry:
    return Entry(uuid4(), "guest", "d")


def taken(key: str) -> int:
    return sum(meter.taken for meter in Meter.objects.filter(key=key))


def used_up(counter: Shop, times: int) -> list[str]:
    """Use so many times what must all be granted; return what is said to the next."""
    for _time in range(times):
        assert counter.take(counter.use()) == []
    return counter.take(counter.use())


def test_a_use_is_written_with_what_it_took_and_its_first_step():
    counter = shop(total=10, budget=5000)
    use = counter.use(actor="guest")

    assert counter.take(use) == []

    row = CouponUse.objects.get(pk=use.id)
    assert (row.state, row.took_count, row.expires_at) == ("held", 2, NOON + TTL)
    assert {tuple(part[1:4]) for part in row.took} == {("all", 0, 1), ("budget", 0, 1000)}
    (line,) = LedgerEntry.objects.filter(use_id=use.id)
    assert (line.pk, line.step, line.actor, line.at) == (use.id, "hold", "guest", NOON)


def test_a_use_without_limits_counts_nothing():
    counter = shop()

    assert used_up(counter, 3) == []
    assert not Meter.objects.filter(owner_id=counter.limits.coupon_id).exists()


@pytest.mark.parametrize(
    ("limits", "times", "key"),
    [
        ({"total": 3}, 3, "all"),
        ({"per_property": 2}, 2, "property:"),
        ({"per_day": 2}, 2, "day:2026-11-25"),
        ({"per_week": 2}, 2, "week:2026-W48"),
        ({"per_month": 2}, 2, "month:2026-11"),
        ({"per_code": 1}, 1, "code:"),
        ({"budget": 3999}, 3, "budget"),
        ({"rule_budget": 2000}, 2, "budget"),
        ({"total": 300}, 300, "all"),
    ],
)
def test_each_limit_is_reached_and_none_is_passed(limits, times, key):
    (full,) = used_up(shop(**limits), times)

    assert full.startswith(key)


def test_a_budget_below_the_first_discount_gives_nothing():
    assert used_up(shop(budget=999), 0) == ["budget"]


def test_a_person_is_counted_apart_from_others():
    counter = shop(per_person=1)
    one, other = uuid4(), uuid4()

    assert counter.take(counter.use(subject_id=one)) == []
    assert counter.take(counter.use(subject_id=other)) == []
    assert counter.take(counter.use(subject_id=one)) == [f"person:{one}"]


def test_a_use_that_does_not_get_everything_takes_nothing():
    counter = shop(total=5, per_day=1)
    used_up(counter, 1)

    assert taken("all") == 1
    assert CouponUse.objects.count() == LedgerEntry.objects.count() == 1


def test_the_database_refuses_a_use_that_lacks_something():
    counter = shop(total=5)
    wanted = {"took_count": 0, "wanted_count": 1}
    ids = {"coupon_id": uuid4(), "code_id": uuid4(), "rule_id": uuid4(), "property_id": uuid4()}
    prices = {"price_centavos": 1, "discount_centavos": 1}

    with pytest.raises(IntegrityError, match="promotions_use_took_all"), atomic():
        CouponUse.objects.create(**ids, **prices, **wanted, digest="d", state="held")
    assert used_up(counter, 5) == ["all"]
    with pytest.raises(IntegrityError, match="promotions_meter_limit"), atomic():
        Meter.objects.filter(owner_id=counter.limits.coupon_id).update(taken=6)


def test_the_same_id_is_taken_once_whatever_is_left():
    counter = shop(total=2)
    use = counter.use()
    counter.take(use)

    with pytest.raises(AlreadyTaken):
        counter.take(use)
    assert taken("all") == 1


def test_what_is_held_is_spent_once_and_in_time():
    counter = shop(total=2)
    first, second = counter.use(), counter.use()
    counter.take(first)
    counter.take(second)

    settled = settle(first.id, entry(), at=NOON + TTL - timedelta(seconds=1))
    assert settled is not None
    assert settled.id == first.id
    assert settle(first.id, entry(), at=NOON) is None
    assert settle(second.id, entry(), at=NOON + TTL) is None
    assert (count("spent"), count("held")) == (1, 1)
    assert taken("all") == 2


@pytest.mark.parametrize("total", [2, 300])
def test_what_is_given_back_can_be_taken_again(total):
    counter = shop(total=total, budget=total * 1000)
    uses = [counter.use(is_held=number % 2 == 0) for number in range(total)]
    assert [counter.take(use) for use in uses] == [[]] * total
    assert counter.take(counter.use())[0] == "all"

    assert end(uses[0].id, CANCELLED, entry(), at=NOON)
    assert not end(uses[0].id, CANCELLED, entry(), at=NOON)
    assert end(uses[1].id, REVERSED, entry(), at=NOON)
    assert not end(uses[1].id, CANCELLED, entry(), at=NOON)

    assert used_up(counter, 2)[0] == "all"


def test_what_was_spent_or_is_in_time_does_not_expire():
    counter = shop(total=4)
    spent, late, later = counter.use(is_held=False), counter.use(), counter.use(at=NOON + TTL)
    for use in (spent, late, later):
        counter.take(use)

    assert not expire(later.id, at=NOON + TTL)
    assert expire_overdue(at=NOON + TTL) == 1
    assert expire_overdue(at=NOON + TTL) == 0
    assert CouponUse.objects.get(state="expired").pk == late.id
    assert taken("all") == 2


def test_a_full_limit_lets_go_of_overdue_holds_first():
    counter = shop(total=1)
    counter.take(counter.use())

    assert counter.take(counter.use(at=NOON + TTL - timedelta(seconds=1))) == ["all"]
    assert counter.take(counter.use(at=NOON + TTL)) == []
    assert (count("expired"), count("held")) == (1, 1)


def test_two_coupons_share_their_promotions_budget():
    first = shop(rule_budget=2500)
    second = shop(rule_id=first.limits.rule_id, rule_budget=2500)

    assert first.take(first.use()) == []
    assert second.take(second.use()) == []
    assert first.take(first.use()) == ["budget"]
    assert second.take(second.use(discount_centavos=500)) == []


@pytest.mark.parametrize(
    ("before", "used", "after", "more"),
    [
        (3, 3, 5, 2),
        (5, 3, 3, 0),
        (5, 3, 2, 0),
        (200, 100, 300, 200),
        (300, 280, 400, 120),
        (400, 100, 300, 200),
        (300, 100, 150, 50),
        (300, 200, 150, 0),
    ],
    ids=str,
)
def test_a_changed_limit_counts_at_once_and_what_was_taken_with_it(before, used, after, more):
    counter = shop(total=before)
    for _time in range(used):
        counter.take(counter.use())

    assert used_up(changed(counter, total=after), more) == ["all"]


def test_of_a_limit_lowered_below_what_is_taken_nothing_comes_back_until_it_is_below():
    counter = shop(total=300)
    uses = [counter.use() for _each in range(300)]
    for use in uses:
        counter.take(use)
    lower = changed(counter, total=290)
    assert used_up(lower, 0) == ["all"]
    for use in uses[:10]:
        end(use.id, CANCELLED, entry(), at=NOON)
        assert used_up(lower, 0) == ["all"]

    end(uses[10].id, CANCELLED, entry(), at=NOON)

    assert used_up(lower, 1) == ["all"]


def test_a_limit_divided_while_others_passed_it_gives_no_slot_what_is_given_back(monkeypatch):
    """Whoever still had the old limit may take between the look at a meter and its division."""
    counter = shop(total=300)
    uses = [counter.use() for _each in range(300)]
    for use in uses:
        counter.take(use)
    lower = changed(counter, total=290)
    with monkeypatch.context() as patch:
        patch.setattr("promotions.spending.meters.choose", lambda want, rows: No.UNDIVIDED)
        divide(wants(lower.limits, _like(uses[0]))[0])

    end(uses[0].id, CANCELLED, entry(), at=NOON)

    assert [lower.take(lower.use()) for _try in range(100)] == [["all"]] * 100


def test_a_spread_meter_has_all_its_slots_and_their_limits_are_the_whole():
    counter = shop(total=1000)
    counter.take(counter.use())

    slots = Meter.objects.filter(owner_id=counter.limits.coupon_id, key="all")
    assert slots.count() == SLOTS
    assert sum(slot.limit for slot in slots) == 1000


def test_what_is_left_is_told_without_holds_that_should_have_ended():
    counter = shop(total=1)
    use = counter.use()
    wanted = wants(counter.limits, _like(use))
    assert what_is_left(wanted, at=NOON) == [1]
    counter.take(use)

    assert what_is_left(wanted, at=NOON) == [0]
    assert what_is_left(wanted, at=NOON + TTL) == [1]


def _like(use):
    return Use(use.code_id, use.property_id, use.at.date(), use.discount_centavos)


def test_a_use_is_one_message_to_the_database(django_assert_num_queries):
    counter = shop(total=1000, per_day=500, budget=10**6)
    counter.take(counter.use())

    with django_assert_num_queries(3):  # a savepoint around it: the test has a transaction
        counter.take(counter.use())
    assert connection.in_atomic_block
