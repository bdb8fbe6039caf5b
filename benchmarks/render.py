"""A page that is not in the store: the demo's home page and a text, beside stock Wagtail's.

The stock project has as many pictures, cards, links, headings and paragraphs on its pages. Each
project renders in a process of its own; they take turns.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from benchmarks.kit.installation import demo_in, install, note
from benchmarks.kit.options import parser
from benchmarks.kit.report import Goal, Report, machine, shown, tell
from benchmarks.kit.spread import median, ratio, with_spread
from benchmarks.peers.renderers import Figures, Renderer, ours, stock

ROUNDS, TIMES = 15, 20
QUICK = 3, 5
HOME, TEXT = "home page", "text"
OUR_PATHS = {HOME: "/", TEXT: "/a-casa/"}
STOCK_PATHS = {HOME: "/", TEXT: "/texto/"}
MOST_CPU = {HOME: 15, TEXT: 4}
MOST_QUERIES = {HOME: 12, TEXT: 6}


def main() -> int:
    options = parser("render").parse_args()
    rounds, times = QUICK if options.quick else (ROUNDS, TIMES)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        install(demo_in(Path(folder))[:1])
        draw_pictures()
        mine = stack.enter_context(ours())
        pages = [mine.render("first", path, 1) for path in OUR_PATHS.values()]
        pictures = sorted((Path(folder) / "pictures").glob("*.jpg"))
        theirs = stack.enter_context(stock(pages[0], pages[1], pictures))
        note("Both render.")
        take_turns(mine, theirs, rounds, times)
    found = report(mine, theirs)
    return tell(found, as_json=options.json, write=options.write)


def draw_pictures() -> None:
    from benchmarks.kit.pictures import make_pictures  # noqa: PLC0415 (after setup)

    make_pictures("lua")
    note("Drew the pictures.")


def take_turns(mine: Renderer, theirs: Renderer, rounds: int, times: int) -> None:
    for name in OUR_PATHS:  # warm up
        mine.render("first", OUR_PATHS[name], times)
        theirs.render("first", STOCK_PATHS[name], times)
    for number in range(rounds):
        for name in OUR_PATHS:
            turns = [(mine, OUR_PATHS[name]), (theirs, STOCK_PATHS[name])]
            for renderer, path in turns[:: -1 if number % 2 else 1]:
                renderer.render(name, path, times)


def report(mine: Renderer, theirs: Renderer) -> Report:
    return Report(
        name="render",
        title="A page that is not in the store",
        lines=[*table(mine, theirs), "", *remarks(mine)],
        figures={
            name: {
                "ours": figures(mine.pages[name]),
                "stock": figures(theirs.pages[name]),
                "cpu_ours_to_stock": ratio(mine.pages[name].cpu, theirs.pages[name].cpu),
            }
            for name in OUR_PATHS
        },
        goals=list(goals(mine)),
    )


def figures(page: Figures) -> dict[str, float]:
    return {
        "cpu_milliseconds": median(page.cpu),
        "database_cpu_milliseconds": median(page.database_cpu),
        "queries": page.queries,
        "bytes": page.bytes,
    }


def goals(mine: Renderer) -> Iterator[Goal]:
    for name in OUR_PATHS:
        page = mine.pages[name]
        yield Goal(f"{name}, ms of CPU", round(median(page.cpu), 2), MOST_CPU[name])
        yield Goal(f"{name}, queries", page.queries, MOST_QUERIES[name])


def table(mine: Renderer, theirs: Renderer) -> Iterator[str]:
    yield "| page | CPU ms | PostgreSQL's CPU ms | queries | kB | CPU, ours to stock |"
    yield "|---|---:|---:|---:|---:|---:|"
    for name in OUR_PATHS:
        for whose, renderer in (("ours", mine), ("stock Wagtail", theirs)):
            page = renderer.pages[name]
            cells = [with_spread(page.cpu), with_spread(page.database_cpu), str(page.queries)]
            cells += [f"{page.bytes / 1000:.0f}", shown(ratio(mine.pages[name].cpu, page.cpu))]
            yield f"| {' | '.join([f'{name}, {whose}', *cells])} |"


def remarks(mine: Renderer) -> Iterator[str]:
    yield (
        f"Medians of {len(mine.pages[HOME].cpu)} rounds, with the middle half in brackets. The "
        "demo's Motel Lua, every rendition made; the stock project is written as Wagtail's "
        "documentation teaches, with as many pictures, cards, links, headings and paragraphs, in "
        "as many renditions. Templates are loaded and caches warm. CPU is that of the process "
        "that renders, without the web server's."
    )
    yield f"Measured on {machine()}."


if __name__ == "__main__":
    sys.exit(main())
