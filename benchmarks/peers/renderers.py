"""Projects that render in processes of their own: this one, and a stock Wagtail's like it."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.kit.databases import owner_url
from benchmarks.kit.installation import ROOT, serving_environment
from benchmarks.kit.load import CannotMeasure

RENDERER = ROOT / "benchmarks" / "kit" / "renderer.py"
DATABASE = "stock"
TAGS = {
    "pictures": "<picture",
    "cards": "<h3",
    "headings": "<h2",
    "paragraphs": "<p",
    "links": "<a",
}


@dataclass
class Figures:
    """What a page took in each round, for one rendering: milliseconds of CPU."""

    cpu: list[float] = field(default_factory=list)
    database_cpu: list[float] = field(default_factory=list)
    queries: int = 0
    bytes: int = 0

    @property
    def all_cpu(self) -> list[float]:
        return [here + there for here, there in zip(self.cpu, self.database_cpu, strict=True)]


class Renderer:
    """A process that renders pages at a host when it is asked to."""

    def __init__(self, process: "subprocess.Popen[str]", host: str) -> None:
        self._process = process
        self._host = host
        self.pages: dict[str, Figures] = {}

    def render(self, name: str, path: str, times: int, is_first: bool = False) -> str:
        """Render a page so many times, write down what it took, and return it.

        Where the project keeps what it has read, `is_first` has it forgotten each time.
        """
        asked = json.dumps({"host": self._host, "path": path, "times": times, "is_first": is_first})
        if self._process.stdin is None or self._process.stdout is None:
            raise CannotMeasure("The process has no pipes.")
        self._process.stdin.write(f"{asked}\n")
        self._process.stdin.flush()
        told: dict[str, Any] = json.loads(self._process.stdout.readline() or "{}")
        if told.get("status") != "200 OK":
            raise CannotMeasure(
                f"{self._host}{path}: {told.get('status', 'the process has ended')}"
            )
        figures = self.pages.setdefault(name, Figures())
        figures.cpu.append(told["cpu"])
        figures.database_cpu.append(told["database_cpu"])
        figures.queries, figures.bytes = told["queries"], told["bytes"]
        return str(told["body"])


@contextmanager
def renderer(
    host: str,
    environ: Mapping[str, str],
    folder: Path = ROOT,
    python: Path | None = None,
    paths: str = str(ROOT),
) -> Iterator[Renderer]:
    """Start a process that renders the project in a folder; it ends with its input."""
    with subprocess.Popen(  # noqa: S603 (ours)
        [python or sys.executable, RENDERER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=folder,
        env={**environ, "PYTHONPATH": paths, "PYTHONSAFEPATH": "1"},
    ) as process:
        yield Renderer(process, host)


@contextmanager
def ours() -> Iterator[Renderer]:
    environ = serving_environment(BENCH_BEGIN="benchmarks.kit.followed.begin")
    with renderer(f"lua.localhost:{os.environ['PORT']}", environ) as made:
        yield made


@contextmanager
def stock(home: str, text: str, pictures: list[Path]) -> Iterator[Renderer]:
    """Build a stock project with as much on its pages as on these, and start it."""
    asked = {name: main_of(home).count(tag) for name, tag in TAGS.items()}
    asked["links"] //= 2  # they are in its menu and in its footer
    asked |= {
        f"text_{name}": main_of(text).count(TAGS[name]) for name in ("headings", "paragraphs")
    }
    with psycopg.connect(owner_url("postgres"), autocommit=True) as owner:
        owner.execute(f"CREATE DATABASE {DATABASE}")
    environ = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "benchmarks.peers.stock.settings",
        "BENCH_STOCK_URL": owner_url(DATABASE),
        "BENCH_STOCK_MEDIA": f"{os.environ['VAR_DIR']}/stock",
    }
    command = [sys.executable, "-m", "benchmarks.peers.stock.build", json.dumps(asked)]
    subprocess.run([*command, *map(str, pictures)], cwd=ROOT, env=environ, check=True)  # noqa: S603 (ours)
    with renderer("localhost", environ) as made:
        yield made


BAKERYDEMO_SETTINGS = """
from bakerydemo.settings.base import *
ALLOWED_HOSTS = ["*"]
DEBUG = False
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
"""


@contextmanager
def bakerydemo(folder: Path) -> Iterator[Renderer]:
    """Start Wagtail's bakerydemo: a copy with its data loaded, and with an environment in .venv."""
    settings = Path(os.environ["VAR_DIR"]) / "bakerydemo_settings.py"
    settings.write_text(BAKERYDEMO_SETTINGS)
    shown = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": settings.stem}
    paths = f"{folder}{os.pathsep}{settings.parent}"
    python = folder / ".venv" / "bin" / "python"
    with renderer("localhost", shown, folder, python, paths) as made:
        yield made


def main_of(page: str) -> str:
    """Return what is between the menus."""
    found = re.search(r"<main.*?</main>", page, re.DOTALL)
    return found.group() if found else page
