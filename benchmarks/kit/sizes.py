"""One installation in several sizes: databases full of copies of a tenant."""

import re
from collections.abc import Sequence
from pathlib import Path

import psycopg

from benchmarks.kit.databases import copy_database, owner_url
from benchmarks.kit.filler import Filler
from benchmarks.kit.installation import ROOT, note

FILES = ROOT / "tests" / "files"
MODEL = "thin"
"""The slug of the tenant that is copied; the copies' begin with c1-, c2- …"""


def sample(name: str, slug: str, folder: Path, *, in_spanish: bool = False) -> Path:
    """Write one of the tests' companies under another name, and perhaps in a third language."""
    text = (FILES / f"{name}.toml").read_text()
    text = text.replace(f'"{name}', f'"{slug}').replace(f"{name}.test", f"{slug}.test")
    text = text.replace(f'"{slug}.png"', f'"{name}.png"')
    if in_spanish:
        text = text.replace('languages = ["pt-br", "en"]', 'languages = ["pt-br", "en", "es"]')
        text = re.sub(r'en = ("[^"]*") }', r"en = \1, es = \1 }", text)
    (folder / f"{name}.png").write_bytes((FILES / f"{name}.png").read_bytes())
    path = folder / f"{slug}.toml"
    path.write_text(text)
    return path


def fill(sizes: Sequence[int]) -> dict[str, int]:
    """Make a database for each size; return the rows of each table that a tenant has there."""
    rows: dict[str, int] = {}
    for size in sizes:
        copy_database(database(size))
        with psycopg.connect(owner_url(database(size)), autocommit=True) as owner:
            filler = Filler(owner, MODEL)
            filler.add(1, size - 1)
            owner.execute("VACUUM ANALYZE")
            rows = filler.rows()
        note(f"Filled with {size:,} tenants, {size * sum(rows.values()):,} rows.")
    return rows


def database(size: int) -> str:
    return f"alcova_{size}"
