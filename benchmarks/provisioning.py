"""What provisioning one more tenant costs, with few tenants and with many.

`./run bench provisioning [TENANTS]`: medians of several tenants at 10, then at TENANTS (10,000),
in queries, CPU time of this process and wall time; the last line is the ratio.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROUNDS = 7
ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "tests" / "files"


@dataclass(frozen=True)
class Cost:
    """What one provisioning took."""

    queries: int
    cpu: float
    wall: float


def main() -> None:
    tenants = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, check=True)
    os.environ["DATABASE_ROLE"] = "ops"
    import django  # noqa: PLC0415 (the role comes first)

    django.setup()
    from benchmarks.filler import fill  # noqa: PLC0415 (after setup)
    from sites.provisioning.platform import ensure_platform  # noqa: PLC0415 (after setup)

    ensure_platform()
    dsn = os.environ["DATABASE_OWNER_URL"]
    fill(dsn, 1, 10)
    provision_one(0)  # warms caches and connections
    few = measure(100)
    fill(dsn, 11, tenants)
    many = measure(200)
    table(tenants, few, many)


def measure(first: int) -> list[Cost]:
    """Provision ROUNDS new tenants and return what each took."""
    return [provision_one(first + number) for number in range(ROUNDS)]


def provision_one(number: int) -> Cost:
    from django.db import connection  # noqa: PLC0415 (after setup)

    from sites.provisioning.apply import provision  # noqa: PLC0415 (after setup)
    from sites.provisioning.reader import read  # noqa: PLC0415 (after setup)

    queries = 0

    def count(execute: Callable[..., Any], *arguments: Any) -> Any:
        nonlocal queries
        queries += 1
        return execute(*arguments)

    with tempfile.TemporaryDirectory() as folder:
        file = read(sample(Path(folder), f"bench-{number}"))
        cpu, wall = time.process_time(), time.perf_counter()
        with connection.execute_wrapper(count):
            provision(file)
        return Cost(queries, time.process_time() - cpu, time.perf_counter() - wall)


def sample(folder: Path, slug: str) -> Path:
    """Write the tests' company under another name."""
    text = (SAMPLE / "lua.toml").read_text()
    text = text.replace('"lua', f'"{slug}').replace("lua.test", f"{slug}.test")
    text = text.replace(f'"{slug}.png"', '"lua.png"')
    (folder / "lua.png").write_bytes((SAMPLE / "lua.png").read_bytes())
    path = folder / "company.toml"
    path.write_text(text)
    return path


def table(tenants: int, few: list[Cost], many: list[Cost]) -> None:
    write = sys.stdout.write
    write(f"\n{'tenants':>10} {'queries':>9} {'cpu s':>8} {'wall s':>8}\n")
    rows = {"10": few, str(tenants): many}
    medians = {}
    for name, costs in rows.items():
        medians[name] = [statistics.median(getattr(c, f) for c in costs) for f in FIELDS]
        queries, cpu, wall = medians[name]
        write(f"{name:>10} {queries:>9.0f} {cpu:>8.2f} {wall:>8.2f}\n")
    ratios = [b / a for a, b in zip(*medians.values(), strict=True)]
    write(f"{'ratio':>10} {ratios[0]:>9.2f} {ratios[1]:>8.2f} {ratios[2]:>8.2f}\n")


FIELDS = ("queries", "cpu", "wall")

if __name__ == "__main__":
    main()
