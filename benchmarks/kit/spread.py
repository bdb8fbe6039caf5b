"""Several rounds of one measurement: the middle of them, and how far they lie apart."""

import statistics
from collections.abc import Sequence

from benchmarks.kit.report import shown


def median(values: Sequence[float]) -> float:
    return float(statistics.median(values))


def ratio(values: Sequence[float], others: Sequence[float]) -> float:
    """Return how one compares with the other in the same round, in the middle of all rounds."""
    return median([one / other for one, other in zip(values, others, strict=True)])


def with_spread(values: Sequence[float]) -> str:
    """Return the median, and the middle half in brackets."""
    if len(values) < 2:
        return shown(values[0])
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return f"{shown(middle)} ({shown(low)}–{shown(high)})"


def percentile(values: Sequence[float], percent: int) -> float:
    """Return the value that so many percent do not exceed."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, -(-len(ranked) * percent // 100) - 1)]
