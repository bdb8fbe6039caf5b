"""Readings are spread evenly over the time between them."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from reviews.rules.slots import NEWEST_EVERY, next_slot
from reviews.rules.sweeps import is_complete

NOON = datetime(2026, 11, 24, 15, tzinfo=UTC)
instants = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(st.uuids(), st.sampled_from([timedelta(hours=6), timedelta(days=7)]), instants)
def test_the_next_slot_is_the_first_one_and_as_far_as_the_last(key, every, at):
    first = next_slot(key, every, after=at)
    second = next_slot(key, every, after=first)

    assert at < first <= at + every
    assert second - first == every


def test_ten_thousand_at_once_come_evenly():
    minutes = Counter(
        (next_slot(uuid4(), NEWEST_EVERY, after=NOON) - NOON) // timedelta(minutes=10)
        for _each in range(10_000)
    )

    mean = 10_000 / 36
    assert len(minutes) == 36
    assert all(mean * 0.6 < count < mean * 1.4 for count in minutes.values())


def test_a_key_keeps_its_slot():
    key = UUID("0193a5a0-0000-7000-8000-000000000001")
    slots = {
        next_slot(key, NEWEST_EVERY, after=NOON + timedelta(hours=6 * day)) for day in range(4)
    }

    assert len({(slot - NOON) % NEWEST_EVERY for slot in slots}) == 1


def test_a_sweep_is_complete_when_its_count_agrees():
    assert is_complete(seen=60, total=60, churn=0, unreadable=0)
    assert is_complete(seen=61, total=60, churn=1, unreadable=0)
    assert not is_complete(seen=30, total=60, churn=1, unreadable=0)
    assert not is_complete(seen=60, total=60, churn=0, unreadable=1)
    assert not is_complete(seen=0, total=None, churn=0, unreadable=0)
