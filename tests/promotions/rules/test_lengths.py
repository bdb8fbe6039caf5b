from dataclasses import replace
from datetime import datetime

import pytest

from promotions.rules.lengths import shortenings
from tests.promotions.rules.places import rule
from tests.suites.rules.houses import NIGHT, STAYS, TWO_HOURS, at, calendar

TWELVE_HOURS = 12 * 60
AFTER, UNTIL = at("2026-11-25 12:00"), at("2026-11-27 12:00")


def found(least, *, after=AFTER, stays=STAYS):
    asked = replace(rule(), min_minutes=least)
    return list(shortenings(asked, stays, calendar(), after=after, until=UNTIL))


def test_from_just_after_the_last_moment_on_a_night_is_too_short():
    turns = [at("2026-11-26 00:00"), at("2026-11-27 00:00")]

    assert found(TWELVE_HOURS) == [each + datetime.resolution for each in turns]
    assert found(TWELVE_HOURS, after=turns[0]) == [each + datetime.resolution for each in turns]
    assert len(found(TWELVE_HOURS, after=turns[0] + datetime.resolution)) == 1


@pytest.mark.parametrize("least", [None, 14 * 60 + 1, 32_767])
def test_nothing_turns_where_no_length_is_asked_or_no_night_is_long_enough(least):
    assert found(least) == []


def test_periods_are_as_long_whenever_they_begin():
    assert found(60, stays=[TWO_HOURS]) == []


def test_only_stays_that_it_covers_count():
    asked = replace(rule(), min_minutes=TWELVE_HOURS, stays=frozenset({TWO_HOURS.key}))
    assert list(shortenings(asked, [NIGHT], calendar(), after=AFTER, until=UNTIL)) == []
