from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from theme.previews import rules

BELEM = ZoneInfo("America/Belem")


def test_a_local_time_is_an_instant_of_the_property_and_back():
    instant = rules.read("2026-06-12T23:50", BELEM)

    assert instant == datetime(2026, 6, 13, 2, 50, tzinfo=UTC)
    assert rules.write(instant, BELEM) == "2026-06-12T23:50"


@pytest.mark.parametrize(
    "text",
    ["", "hoje", "12/06/2026", "2026-06-12T23:50Z", "2026-06-12T23:50-03:00",
     "0001-01-01T00:00", "9999-12-31T23:59", "2026-02-30T10:00"],
)  # fmt: skip
def test_anything_else_is_no_instant(text):
    assert rules.read(text, BELEM) is None


@pytest.mark.parametrize(
    ("at", "tonight", "saturday"),
    [
        (datetime(2026, 6, 12, 15, tzinfo=UTC), "2026-06-12T22:40", "2026-06-13T23:00"),
        (datetime(2026, 6, 13, 15, tzinfo=UTC), "2026-06-13T22:40", "2026-06-20T23:00"),
        # already the next day in Greenwich
        (datetime(2026, 6, 14, 2, tzinfo=UTC), "2026-06-13T22:40", "2026-06-20T23:00"),
    ],
)
def test_tonight_and_the_next_saturday_are_the_property_s(at, tonight, saturday):
    assert [moment.text for moment in rules.usual_moments(at, BELEM)] == [tonight, saturday]
