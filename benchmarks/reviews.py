"""A sweep of 10,000 locations against the fake of Google: requests, time, memory.

The fake answers at once, in a process of its own. Turns are counted, not waited for: how long a
sweep takes at the rate at which Google is asked is computed from them.
"""

import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.kit.google import SHARES, serving
from benchmarks.kit.installation import install
from benchmarks.kit.options import parser
from benchmarks.kit.report import Goal, Report, machine, tell
from benchmarks.kit.sizes import MODEL, sample

if TYPE_CHECKING:
    from benchmarks.kit.sweeping import Swept

LOCATIONS, QUICK = 10_000, 200
QUOTA = 300
WEEK = 7 * 24 * 60


def main() -> int:
    asked = parser("reviews")
    asked.add_argument("--locations", type=int, default=LOCATIONS, help="how many are swept")
    options = asked.parse_args()
    locations = QUICK if options.quick else options.locations
    with serving(locations) as url, tempfile.TemporaryDirectory() as folder:
        install([sample("sol", MODEL, Path(folder))])
        from benchmarks.kit import sweeping  # noqa: PLC0415 (after setup)

        swept = sweeping.sweep(url, MODEL, locations)
    return tell(report(swept), as_json=options.json, write=options.write)


def report(swept: "Swept") -> Report:
    least = sum(share * (2 if count <= 50 else -(-count // 50) + 1) for count, share in SHARES)
    minutes = swept.minutes_at(QUOTA) * LOCATIONS / swept.locations
    return Report(
        name="reviews",
        title="A sweep of all reviews",
        lines=lines(swept, minutes),
        figures={**asdict(swept), "minutes": minutes},
        goals=[
            Goal("rows too many or too few", swept.wrong, 0),
            Goal("requests for a location", swept.requests / swept.locations, least * 1.01),
            Goal("share of the week that a sweep of 10,000 takes", minutes / WEEK, 0.1),
            Goal("memory at the end, to that after two tenths", swept.growth, 1.1),
        ],
    )


def lines(swept: "Swept", minutes: float) -> list[str]:
    sizes = ", ".join(f"{each:.0f}" for each in swept.megabytes)
    shares = ", ".join(f"{share:.0%} have {count}" for count, share in SHARES)
    return [
        "| locations | reviews | requests | s without waiting | minutes for 10,000 |",
        "|---:|---:|---:|---:|---:|",
        f"| {swept.locations:,} | {swept.reviews:,} | {swept.requests:,} "
        f"| {swept.seconds:.0f} | {minutes:.0f} |",
        "",
        f"Of the locations, {shares}; each is read whole for the first time, and its first page "
        f"again at the end. The minutes are those at four fifths of a quota of {QUOTA} requests a "
        f"minute. The process held {sizes} MB after each tenth of the locations.",
        f"Measured on {machine()}.",
    ]


if __name__ == "__main__":
    raise SystemExit(main())
