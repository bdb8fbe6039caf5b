"""Many processes at once, each with a connection of its own, some of them killed."""

import secrets
import time
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest

from promotions.spending import (
    CANCELLED,
    REVERSED,
    AlreadyTaken,
    Entry,
    end,
    expire_overdue,
    settle,
)
from tenancy.context import tenant_scope
from tests.factories.coupons import NOON
from tests.promotions.spending.counting import count, mistakes
from tests.promotions.spending.processes import Crowd, as_app, at_once, forget_uses
from tests.promotions.spending.uses import TTL, Shop, changed, shop

pytestmark = pytest.mark.django_db

CLIENTS, ATTEMPTS, LIMIT = 32, 10_000, 1000


@pytest.fixture
def outside(lua) -> Iterator[None]:
    """Be in the tenant, on a connection outside the test's transaction, as processes are."""
    with tenant_scope(lua), as_app():
        yield
        assert mistakes() == {}
        forget_uses()


def entry() -> Entry:
    return Entry(uuid4(), "guest", "d")


def an_attempt(counter: Shop) -> bool:
    """Hold a use and, mostly, commit it; say whether there was one."""
    use = counter.use()
    if counter.take(use):
        return False
    chance = secrets.randbelow(100)
    if chance < 85:
        assert settle(use.id, entry(), at=NOON)
    elif chance < 95:
        assert end(use.id, CANCELLED, entry(), at=NOON)
    return True


def test_a_hot_coupon_is_given_exactly_as_often_as_its_limit_says(outside):
    counter = shop(total=LIMIT, per_day=LIMIT + 1, budget=LIMIT * 1000 + 999)
    crowd = Crowd(lambda: an_attempt(counter), clients=CLIENTS, attempts=ATTEMPTS)
    killed = crowd.run(kill_every=0.2)
    assert killed > 3
    assert count("held") + count("spent") <= LIMIT

    while expire_overdue(at=NOON + TTL):
        pass
    assert count("held") == 0
    before = count("spent")
    late = at_once(CLIENTS, lambda _number: take_until_full(counter))

    assert count("spent") == before + sum(late) == LIMIT


def take_until_full(counter: Shop) -> int:
    times = 0
    while not counter.take(counter.use(is_held=False)):
        times += 1
    return times


KINDS = {
    "all": {"total": 1},
    "code": {"per_code": 1},
    "property": {"per_property": 1},
    "day": {"per_day": 1},
    "week": {"per_week": 1},
    "month": {"per_month": 1},
    "budget": {"budget": 1999},
    "promotion's budget": {"rule_budget": 1999},
    "person": {"per_person": 1},
    "all of them": {
        "total": 1, "per_code": 2, "per_property": 1, "per_day": 1, "budget": 1999, "per_person": 1
    },
    "spread": {"total": 40},
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_two_who_want_the_last_one_do_not_both_get_it(outside, kind, monkeypatch):
    monkeypatch.setattr("promotions.spending.wants.SPREAD_FROM", 40)
    person = UUID(int=9)

    def last_ones(number: int) -> list[int]:
        won = []
        for race, counter in enumerate(counters):
            starts_at = began + race * 0.004
            time.sleep(max(0, starts_at - time.monotonic()))
            if not counter.take(counter.use(subject_id=person)):
                won.append(race)
        return won

    counters = [shop(**KINDS[kind]) for _race in range(100)]
    if kind == "spread":
        counters = counters[:10]
        for counter in counters:
            for _time in range(39):
                counter.take(counter.use())
    began = time.monotonic() + 0.2
    won = at_once(2, last_ones)

    assert sorted(race for each in won for race in each) == list(range(len(counters)))


def test_a_limit_that_moves_while_it_is_spent_is_never_passed(outside):
    """Whoever has been told the new limit gets nothing beyond it, whatever others still do."""
    lowest, highest = 300, 600
    counter = shop(total=highest)
    low = changed(counter, total=lowest)

    def spend(number: int) -> int:
        others = [changed(counter, total=limit) for limit in (highest, 450, lowest, 550)]
        return sum(not each.take(each.use(is_held=False)) for _turn in range(20) for each in others)

    given = at_once(8, spend)

    assert lowest < count("spent") == sum(given) <= highest
    assert low.take(low.use()) == ["all"]
    take_until_full(counter)
    assert count("spent") == highest


def test_commits_cancellations_reversals_and_sweeps_at_once_do_not_deadlock(outside):
    first = shop(total=400, per_day=390, per_property=380, budget=10**6, rule_budget=700_000)
    second = Shop(first.limits.__class__(**{**vars(first.limits), "coupon_id": uuid4()}))

    later = NOON + TTL

    def busy(number: int) -> int:
        done = 0
        if number < 2:
            for _time in range(150):
                expire_overdue(at=later)
            return 0
        for _time in range(150):
            counter = secrets.choice([first, second])
            use = counter.use(at=secrets.choice([NOON, later]))
            if counter.take(use):
                continue
            done += 1
            chance = secrets.randbelow(100)
            if chance < 40:
                end(use.id, CANCELLED, entry(), at=use.at)
            elif chance < 90 and settle(use.id, entry(), at=use.at) and chance < 70:
                end(use.id, REVERSED, entry(), at=use.at)
        return done

    done = at_once(8, busy)

    assert sum(done) > 300


def test_the_same_request_twice_at_once_is_one_use(outside):
    counter = shop(total=1000)
    uses = [counter.use() for _each in range(200)]

    def press(_number: int) -> int:
        return sum(taken_now(counter, use) for use in uses)

    done = at_once(4, press)

    assert sum(done) == count("held") == 200


def taken_now(counter: Shop, use) -> bool:
    try:
        return not counter.take(use)
    except AlreadyTaken:
        return False


def test_a_process_that_is_killed_in_the_middle_leaves_nothing_half_done(outside):
    """Killed with the statement sent and not answered, it is done or undone, never in between."""
    counter = shop(total=1000, budget=10**6)
    crowd = Crowd(lambda: not counter.take(counter.use()), clients=4, attempts=2000)

    assert crowd.run(kill_every=0.02) > 3
    assert mistakes() == {}
