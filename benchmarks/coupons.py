"""Spending coupons, beside the rate at which the same PostgreSQL updates one row, and many.

pgbench updates a row; clients of ours redeem one coupon of which there are enough, or many
coupons, or hold one and commit it. All take turns, on a server that writes to disk before it
answers.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from benchmarks.kit import pgbench
from benchmarks.kit.databases import owner_url
from benchmarks.kit.installation import install, note
from benchmarks.kit.options import parser
from benchmarks.kit.report import Goal, Report, machine, shown, tell
from benchmarks.kit.sizes import MODEL, sample
from benchmarks.kit.spread import median, ratio, with_spread

if TYPE_CHECKING:
    from tenancy.models import Property

CLIENTS = (8, 16, 32)
ROUNDS, SECONDS = 5, 4.0
QUICK = 1, 1.0
COUPONS = 200
ENOUGH = 10**8
LEAST = 2.0

ONE_ROW, MANY_ROWS = "pgbench: one row", "pgbench: one of 10,000 rows"
HOT, HOT_STATEMENT = "one coupon, redeemed", "the same statement, sent by pgbench"
MANY, COMMITTED = "200 coupons, redeemed", "one coupon, held and committed"

TABLE = """
    CREATE TABLE bench_counter (id integer PRIMARY KEY, taken bigint NOT NULL);
    INSERT INTO bench_counter SELECT n, 0 FROM generate_series(1, 10000) n;
    GRANT SELECT, UPDATE ON bench_counter TO alcova_app;
"""
UPDATE_ONE = "UPDATE bench_counter SET taken = taken + 1 WHERE id = 1;\n"
UPDATE_ANY = "\\set n random(1, 10000)\nUPDATE bench_counter SET taken = taken + 1 WHERE id = :n;\n"

Measure = Callable[[int, float], float]
"""With so many clients, for so many seconds: how many a second."""
Rates = dict[tuple[str, int], list[float]]


def main() -> int:
    options = parser("coupons").parse_args()
    pgbench.program()
    with tempfile.TemporaryDirectory() as folder:
        install([sample("sol", MODEL, Path(folder))])
    with psycopg.connect(owner_url("alcova"), autocommit=True) as owner:
        owner.execute(TABLE)
    rounds, seconds = QUICK if options.quick else (ROUNDS, SECONDS)
    rates = take_turns(measures(), rounds, seconds)
    return tell(report(rates), as_json=options.json, write=options.write)


def take_turns(ways: Mapping[str, Measure], rounds: int, seconds: float) -> Rates:
    found: Rates = {}
    for number in range(rounds):
        for clients in CLIENTS:
            names = list(ways)
            turn = number % len(names)
            for name in (*names[turn:], *names[:turn]):
                found.setdefault((name, clients), []).append(ways[name](clients, seconds))
        note(f"Round {number + 1} of {rounds}.")
    return found


def measures() -> dict[str, Measure]:
    house = set_the_scene()
    return {
        ONE_ROW: partial(by_pgbench, UPDATE_ONE),
        MANY_ROWS: partial(by_pgbench, UPDATE_ANY),
        HOT: partial(by_clients, house, "redeem"),
        HOT_STATEMENT: partial(by_pgbench, statement(house)),
        MANY: partial(by_clients, house, "redeem_any", first="redeem_each"),
        COMMITTED: partial(by_clients, house, "hold_and_commit"),
    }


def by_pgbench(script: str, clients: int, seconds: float) -> float:
    return pgbench.rate(script, clients=clients, seconds=seconds)


def by_clients(
    house: "Property", act: str, clients: int, seconds: float, *, first: str = ""
) -> float:
    from benchmarks.kit import forks, spenders  # noqa: PLC0415 (after setup)

    spender = spenders.Spender(house)
    earlier = getattr(spender, first) if first else None
    return forks.rate(getattr(spender, act), clients=clients, seconds=seconds, first=earlier)


def set_the_scene() -> "Property":
    from benchmarks.kit import spenders  # noqa: PLC0415 (after setup)

    house = spenders.set_the_scene(MODEL, COUPONS, ENOUGH)
    note("There are coupons.")
    return house


def statement(house: "Property") -> str:
    """Return the statement that redeems, as a script: each run is another use and another slot."""
    from benchmarks.kit import spenders  # noqa: PLC0415 (after setup)

    return spenders.as_script(house, ENOUGH)


# --- telling --------------------------------------------------------------------------------------


def report(rates: Rates) -> Report:
    names = list(dict.fromkeys(name for name, _clients in rates))
    return Report(
        name="coupons",
        title="Coupons under load",
        lines=[*table(rates, names), "", *remarks(rates)],
        figures={
            name: {str(clients): median(rates[name, clients]) for clients in CLIENTS}
            for name in names
        },
        goals=list(goals(rates)),
    )


def table(rates: Rates, names: list[str]) -> Iterator[str]:
    heads = [f"{clients} clients, a second | to one row" for clients in CLIENTS]
    yield f"| what | {' | '.join(heads)} |"
    yield f"|---|{'---:|' * 2 * len(CLIENTS)}"
    for name in names:
        cells = []
        for clients in CLIENTS:
            here = rates[name, clients]
            cells += [with_spread(here), shown(ratio(here, rates[ONE_ROW, clients]))]
        yield f"| {' | '.join([name, *cells])} |"


def goals(rates: Rates) -> Iterator[Goal]:
    for clients in CLIENTS:
        times = round(ratio(rates[HOT, clients], rates[ONE_ROW, clients]), 2)
        yield Goal(f"one hot coupon to one row, {clients} clients", times, LEAST, is_least=True)


def remarks(rates: Rates) -> Iterator[str]:
    yield (
        f"Medians of {len(rates[ONE_ROW, CLIENTS[0]])} rounds, with the middle half in brackets; a "
        "ratio is the middle of the rounds' ratios. Clients of ours are processes in Python that "
        "call `promotions.services`: a redemption looks its code up, judges its rule, and is one "
        "statement that counts it, writes it and its line of the ledger, under row-level "
        "security. pgbench sends one small UPDATE of a table without any. The clients and the "
        "server share the cores."
    )
    yield f"Measured on {machine()}."


if __name__ == "__main__":
    sys.exit(main())
