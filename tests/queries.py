"""Which SQL an answer costs, and which line of ours or of Wagtail's asked for it."""

import re
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import wagtail
from django.db import connection
from django.test import Client

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = Path(wagtail.__file__).parents[1]
DEPTH = 3


class Query(NamedTuple):
    """The table that a statement reads first, and the last lines that led to it."""

    table: str
    lines: str


def queries_of(path: str, host: str, **environ: Any) -> list[Query]:
    """Return what a page costs whose pictures have been made, and whose caches are warm."""
    client = Client(HTTP_HOST=host, **environ)
    assert client.get(path).status_code == 200
    found: list[Query] = []

    def note(execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        table = re.search(r'FROM "(\w+)"', sql)
        found.append(Query(table.group(1) if table else sql[:40], asking_lines()))
        return execute(sql, *arguments)

    with connection.execute_wrapper(note):
        client.get(path)
    return found


def asking_lines() -> str:
    """Return the innermost lines on the stack that are ours or Wagtail's."""
    places = ((Path(frame.filename), frame.lineno) for frame in traceback.extract_stack())
    lines = [f"{name}:{line}" for place, line in places if (name := name_of(place))]
    return " < ".join(lines[: -DEPTH - 1 : -1])


def name_of(place: Path) -> str:
    """Return a source's short name; none for what is neither ours nor Wagtail's."""
    if place.is_relative_to(PACKAGES / "wagtail"):
        return str(place.relative_to(PACKAGES))
    is_ours = place.is_relative_to(ROOT)
    return str(place.relative_to(ROOT)) if is_ours and not skipped(place) else ""


def skipped(place: Path) -> bool:
    return place.relative_to(ROOT).parts[0] in {"tests", ".venv"}


def as_table(queries: list[Query]) -> str:
    """Return the queries, numbered, for people to read."""
    rows = (f"{n:3} {query.table:28} {query.lines}" for n, query in enumerate(queries, 1))
    return "\n".join([f"{len(queries)} queries", *rows])
