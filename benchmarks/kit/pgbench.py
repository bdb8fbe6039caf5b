"""PostgreSQL's own load: `pgbench`, which comes with it, over the application's credentials."""

import os
import re
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from benchmarks.kit.load import CannotMeasure
from infra.local.console import Problem
from infra.local.programs import postgres_programs

THREADS = 2
IS_READY = "ready"
"""A variable that is 0 in the first run of each client: it may prepare something."""
RATE = re.compile(r"^tps = ([0-9.]+) \(without initial connection time\)", re.M)


def program() -> str:
    """Return where pgbench is; raise `CannotMeasure` if it is nowhere."""
    try:
        path = postgres_programs().path("pgbench")
    except Problem as problem:
        raise CannotMeasure(str(problem)) from problem
    if not Path(path).exists():
        raise CannotMeasure("pgbench is needed: it is in Debian's package postgresql-15.")
    return path


def rate(script: str, *, clients: int, seconds: float) -> float:
    """Return how many times a second a script is run by so many clients together.

    As the role that serves, in one message each, as the application sends its statements.
    """
    url = urlsplit(os.environ["DATABASE_URL"])
    host = parse_qs(url.query).get("host", [url.hostname or ""])[0]
    address = [
        "-h",
        host,
        "-U",
        unquote(url.username or ""),
        *(["-p", str(url.port)] * bool(url.port)),
    ]
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        load = [
            "-n",
            "-M",
            "simple",
            f"-c{clients}",
            f"-j{THREADS}",
            f"-D{IS_READY}=0",
            f"-T{max(1, round(seconds))}",
        ]
        command = [program(), *address, *load, "-f", file.name, url.path.lstrip("/")]
        environ = {**os.environ, "PGPASSWORD": unquote(url.password or "")}
        answer = subprocess.run(  # noqa: S603 (ours)
            command, env=environ, capture_output=True, text=True, check=False
        )
    found = RATE.search(answer.stdout)
    if answer.returncode or not found:
        raise CannotMeasure(f"pgbench: {answer.stderr[-2000:]}")
    return float(found.group(1))
