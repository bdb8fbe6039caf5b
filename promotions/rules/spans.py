"""When a promotion is in force: decisions on plain values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum


@dataclass(frozen=True)
class Window:
    """A span of time, from its first instant to just before its end; None is unbounded."""

    starts_at: datetime | None = None
    ends_at: datetime | None = None

    def has_begun(self, at: datetime) -> bool:
        return self.starts_at is None or self.starts_at <= at

    def is_over(self, at: datetime) -> bool:
        return self.ends_at is not None and self.ends_at <= at

    def holds(self, at: datetime) -> bool:
        return self.has_begun(at) and not self.is_over(at)


class Phase(Enum):
    """Where a promotion stands at an instant."""

    TO_COME = "to_come"
    LIVE = "live"
    OVER = "over"


def phase_at(windows: Iterable[Window], at: datetime) -> Phase:
    """Return where windows that belong together stand at an aware instant.

    Live inside any of them; over when all have ended, otherwise still to come. Without a window,
    a promotion has no limits, and is always live.
    """
    known = list(windows)
    if not known or any(each.holds(at) for each in known):
        return Phase.LIVE
    return Phase.OVER if all(each.is_over(at) for each in known) else Phase.TO_COME


def next_turn(windows: Iterable[Window], after: datetime) -> datetime | None:
    """Return the first instant after another at which a window begins or ends, if any."""
    bounds = (bound for each in windows for bound in (each.starts_at, each.ends_at))
    return min((bound for bound in bounds if bound and bound > after), default=None)
