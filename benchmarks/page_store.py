"""A page from the page store, beside what others answer the same page with.

All send the same bytes, and take turns: each answers as often as it can over 8 connections, then
over one, for the time to an answer. The load comes from the same cores.
"""

import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

from benchmarks.kit.installation import SAMPLES, demo_in, install, note
from benchmarks.kit.live import Publishing, publish_and_watch
from benchmarks.kit.load import insist_on_wrk
from benchmarks.kit.options import parser
from benchmarks.kit.report import Goal, Report, machine, shown, tell
from benchmarks.kit.spread import median, percentile, ratio, with_spread
from benchmarks.peers.contenders import (
    CONNECTIONS,
    FILED,
    MEMORY,
    NGINX,
    REDIS_COMPRESSED,
    WAGTAIL,
    Contender,
    contenders,
)

ROUNDS, SECONDS, PUBLISHED = 7, 3, 30
QUICK = 1, 1, 3

Found = Mapping[str, Contender]


def main() -> int:
    options = parser("page-store").parse_args()
    insist_on_wrk()
    with tempfile.TemporaryDirectory() as folder:
        install(SAMPLES if options.quick else demo_in(Path(folder)))
    rounds, seconds, published = QUICK if options.quick else (ROUNDS, SECONDS, PUBLISHED)
    found = take_turns(rounds, seconds)
    publishing = publish_and_watch(published)
    note("Published.")
    return tell(report(found, publishing), as_json=options.json, write=options.write)


def take_turns(rounds: int, seconds: int) -> Found:
    with ExitStack() as stack:
        ready = list(contenders(stack))
        for contender in ready:
            contender.check()
        note("All serve.")
        for number in range(rounds):
            turn = number % len(ready)
            for contender in (*ready[turn:], *ready[:turn]):
                contender.measure(seconds)
            note(f"Round {number + 1} of {rounds}.")
    return {contender.name: contender for contender in ready}


def report(found: Found, publishing: Publishing) -> Report:
    return Report(
        name="page-store",
        title="A page from the page store",
        lines=[*table(found), "", *remarks(found, publishing)],
        figures={name: figures(contender) for name, contender in found.items()}
        | {"publishing": vars(publishing)},
        goals=[*goals(found), *publishing_goals(publishing)],
    )


def figures(contender: Contender) -> dict[str, float]:
    return {
        "requests_per_second": median(contender.per_second),
        "cpu_microseconds": median(contender.cpu),
        "p95_milliseconds": median(contender.p95),
    }


def goals(found: Found) -> Iterator[Goal]:
    ours, redis_only = found[MEMORY], found[REDIS_COMPRESSED]
    yield Goal("CPU of a hit, µs", round(median(ours.cpu), 1), 100)
    yield Goal("requests/s from memory", round(median(ours.per_second)), 30_000, is_least=True)
    yield Goal(
        "requests/s with Redis only, compressed as browsers ask",
        round(median(redis_only.per_second)),
        12_000,
        is_least=True,
    )
    if WAGTAIL in found:
        theirs = found[WAGTAIL]
        times = ratio(theirs.cpu, ours.cpu)
        yield Goal("requests per CPU second, times wagtail-cache", round(times, 1), 15, True)
        times = ratio(ours.per_second, theirs.per_second)
        yield Goal("requests/s beside wrk, times wagtail-cache", round(times, 1), 15, True)
    if FILED in found and NGINX in found:
        share = ratio(found[FILED].per_second, found[NGINX].per_second)
        yield Goal("requests/s as a file, to nginx's own", round(share, 2), 0.9, is_least=True)
    yield Goal("p95 to the answer, 1 connection, ms", round(median(ours.p95), 3), 1)


def publishing_goals(publishing: Publishing) -> Iterator[Goal]:
    here, elsewhere = percentile(publishing.here, 95), percentile(publishing.elsewhere, 95)
    yield Goal("publish to live where it was published, p95, ms", round(here, 1), 150)
    yield Goal("publish to live elsewhere, p95, ms", round(elsewhere, 1), 1000)
    yield Goal("pages of another tenant rendered again", publishing.others_misses, 0)


def table(found: Found) -> Iterator[str]:
    yield (
        "| who | requests/s | requests per CPU second of the server | CPU per request, µs "
        "| p95, 1 connection, ms | requests/s, ours to theirs |"
    )
    yield "|---|---:|---:|---:|---:|---:|"
    ours = found[MEMORY].per_second
    for name, contender in found.items():
        per_cpu_second = [1e6 / microseconds for microseconds in contender.cpu]
        cells = [with_spread(contender.per_second), shown(median(per_cpu_second))]
        cells += [with_spread(contender.cpu), with_spread(contender.p95)]
        yield f"| {' | '.join([name, *cells, shown(ratio(ours, contender.per_second))])} |"


def remarks(found: Found, publishing: Publishing) -> Iterator[str]:
    rounds = len(found[MEMORY].per_second)
    yield (
        f"Medians of {rounds} rounds, with the middle half in brackets. All but “compressed” and "
        f"“304” send the same {found[MEMORY].bytes / 1000:.0f} kB, over {CONNECTIONS} connections "
        "of wrk, which takes its part of the cores; CPU is the server's own, without Redis's. "
        "granian as in docker/Dockerfile. wagtail-cache 3.0.0 has Wagtail's stock middleware "
        "between its two."
    )
    if WAGTAIL not in found:
        yield "wagtail-cache could not be installed."
    if NGINX not in found:
        yield "nginx is not installed (Debian: nginx-light)."
    yield (
        f"Published {len(publishing.here)} times, and seen after "
        f"{with_spread(publishing.here)} ms at the process that published, and "
        f"{with_spread(publishing.elsewhere)} ms at another."
    )
    yield f"Measured on {machine()}."


if __name__ == "__main__":
    sys.exit(main())
