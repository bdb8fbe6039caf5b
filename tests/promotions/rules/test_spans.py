"""When a promotion is in force."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from promotions.rules.spans import Phase, Window, phase_at

NOON = datetime(2026, 6, 12, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)

instants = st.datetimes(timezones=st.just(UTC))
bounds = st.none() | instants


def test_a_promotion_without_windows_is_always_live():
    assert phase_at([], NOON) is Phase.LIVE
    assert phase_at([Window()], NOON) is Phase.LIVE


def test_a_window_holds_its_first_instant_and_not_its_last():
    window = Window(NOON, NOON + HOUR)

    assert phase_at([window], NOON - timedelta(microseconds=1)) is Phase.TO_COME
    assert phase_at([window], NOON) is Phase.LIVE
    assert phase_at([window], NOON + HOUR - timedelta(microseconds=1)) is Phase.LIVE
    assert phase_at([window], NOON + HOUR) is Phase.OVER


def test_between_two_windows_a_promotion_is_still_to_come():
    windows = [Window(NOON, NOON + HOUR), Window(NOON + 3 * HOUR, NOON + 4 * HOUR)]

    phases = [phase_at(windows, NOON + hours * HOUR) for hours in (0, 2, 3, 5)]

    assert phases == [Phase.LIVE, Phase.TO_COME, Phase.LIVE, Phase.OVER]


@given(begin=bounds, end=bounds, first=instants, second=instants)
def test_a_single_window_only_moves_forward(begin, end, first, second):
    order = [Phase.TO_COME, Phase.LIVE, Phase.OVER]
    early, late = sorted([first, second])
    window = Window(begin, end)

    assert order.index(phase_at([window], early)) <= order.index(phase_at([window], late)) or (
        begin is not None and end is not None and end <= begin
    )
