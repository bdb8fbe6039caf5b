"""A page that is not in the store: the demo's home page and a text, beside stock Wagtail's.

The stock project has as many pictures, cards, links, headings and paragraphs on its pages. Each
project renders in a process of its own; they take turns. With `--bakerydemo FOLDER` the home page
and a blog page of Wagtail's bakerydemo are measured too, in a copy that somebody has fetched.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks.kit.installation import demo_in, install, note
from benchmarks.kit.options import parser
from benchmarks.kit.report import Goal, Report, machine, shown, tell
from benchmarks.kit.spread import median, ratio, with_spread
from benchmarks.peers.renderers import Figures, Renderer, bakerydemo, ours, stock

ROUNDS, TIMES = 15, 20
QUICK = 3, 5
HOME, TEXT = "home page", "text"
FIRST = "ours, first of a version"
OUR_PATHS = {HOME: "/", TEXT: "/a-casa/"}
STOCK_PATHS = {HOME: "/", TEXT: "/texto/"}
BAKERY_PATHS = {HOME: "/", TEXT: "/blog/wild-yeast/"}
MOST_CPU = {HOME: 15, TEXT: 4}
MOST_QUERIES = {HOME: 12, TEXT: 6}


@dataclass(frozen=True)
class Peer:
    """A project whose pages are rendered, by what they are compared with."""

    name: str
    renderer: Renderer
    paths: Mapping[str, str]
    is_first: bool = False

    def page(self, name: str) -> Figures:
        return self.renderer.pages[f"{name}, {self.name}"]

    def render(self, name: str, times: int) -> None:
        self.renderer.render(f"{name}, {self.name}", self.paths[name], times, self.is_first)

    def ratio(self, mine: "Peer", page: str) -> float:
        """Return what ours costs to theirs, the database's part included."""
        return ratio(mine.page(page).all_cpu, self.page(page).all_cpu)


def main() -> int:
    options = arguments()
    rounds, times = QUICK if options.quick else (ROUNDS, TIMES)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        install(demo_in(Path(folder))[:1])
        draw_pictures()
        mine = stack.enter_context(ours())
        pages = [mine.render("first", path, 1) for path in OUR_PATHS.values()]
        pictures = sorted((Path(folder) / "pictures").glob("*.jpg"))
        theirs = stack.enter_context(stock(pages[0], pages[1], pictures))
        peers = [
            Peer("ours", mine, OUR_PATHS),
            Peer(FIRST, mine, OUR_PATHS, is_first=True),
            Peer("stock Wagtail", theirs, STOCK_PATHS),
        ]
        if options.bakerydemo:
            bakery = stack.enter_context(bakerydemo(options.bakerydemo.resolve()))
            peers.append(Peer("bakerydemo", bakery, BAKERY_PATHS))
        note("All render.")
        take_turns(peers, rounds, times)
    found = report(peers)
    return tell(found, as_json=options.json, write=options.write)


def arguments() -> argparse.Namespace:
    made = parser("render")
    made.add_argument("--bakerydemo", type=Path, help="a copy with its data loaded, and a .venv")
    return made.parse_args()


def draw_pictures() -> None:
    from benchmarks.kit.pictures import make_pictures  # noqa: PLC0415 (after setup)

    make_pictures("lua")
    note("Drew the pictures.")


def take_turns(peers: Sequence[Peer], rounds: int, times: int) -> None:
    for name in OUR_PATHS:
        for peer in peers:
            peer.renderer.render("warm", peer.paths[name], times)
    for number in range(rounds):
        for name in OUR_PATHS:
            turn = number % len(peers)
            for peer in (*peers[turn:], *peers[:turn]):
                peer.render(name, times)


def report(peers: Sequence[Peer]) -> Report:
    mine = peers[0]
    return Report(
        name="render",
        title="A page that is not in the store",
        lines=[*table(peers), "", *remarks(mine)],
        figures={
            name: {
                **{peer.name: figures(peer.page(name)) for peer in peers},
                **{f"cpu_ours_to_{peer.name}": peer.ratio(mine, name) for peer in peers[1:]},
            }
            for name in OUR_PATHS
        },
        goals=list(goals(peers[:2])),
    )


def figures(page: Figures) -> dict[str, float]:
    return {
        "cpu_milliseconds": median(page.cpu),
        "database_cpu_milliseconds": median(page.database_cpu),
        "queries": page.queries,
        "bytes": page.bytes,
    }


def goals(mine: Sequence[Peer]) -> Iterator[Goal]:
    for name in OUR_PATHS:
        for peer in mine:
            said = name if peer is mine[0] else f"{name}, the first of a version"
            page = peer.page(name)
            yield Goal(f"{said}, ms of CPU", round(median(page.cpu), 2), MOST_CPU[name])
            yield Goal(f"{said}, queries", page.queries, MOST_QUERIES[name])


def table(peers: Sequence[Peer]) -> Iterator[str]:
    yield "| page | CPU ms | PostgreSQL's CPU ms | queries | kB | all CPU, ours to theirs |"
    yield "|---|---:|---:|---:|---:|---:|"
    for name in OUR_PATHS:
        for peer in peers:
            page = peer.page(name)
            cells = [with_spread(page.cpu), with_spread(page.database_cpu), str(page.queries)]
            cells += [f"{page.bytes / 1000:.0f}", shown(peer.ratio(peers[0], name))]
            yield f"| {' | '.join([f'{name}, {peer.name}', *cells])} |"


def remarks(mine: Peer) -> Iterator[str]:
    yield (
        f"Medians of {len(mine.page(HOME).cpu)} rounds, with the middle half in brackets. The "
        "demo's Motel Lua, every rendition made; the stock project is written as Wagtail's "
        "documentation teaches, with as many pictures, cards, links, headings and paragraphs, in "
        "as many renditions. Templates are loaded and caches warm. CPU is that of the process "
        "that renders, without the web server's; SQLite, which bakerydemo has unless it is told "
        "otherwise, is in that process too."
    )
    yield f"Measured on {machine()}."


if __name__ == "__main__":
    sys.exit(main())
