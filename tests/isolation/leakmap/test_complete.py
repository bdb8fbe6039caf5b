"""No row of the map is without a test."""

import importlib
import pkgutil

from tests.isolation import leakmap
from tests.isolation.leakmap.row import ROWS, STANDS


def numbered(prefix: str, last: int) -> set[str]:
    return {f"{prefix}{number}" for number in range(1, last + 1)}


EVERY_ROW = {
    *numbered("P", 16),
    *numbered("W", 4),
    *numbered("R", 8),
    *numbered("M", 12),
    *numbered("S", 6),
    *numbered("ST", 4),
    *numbered("RD", 2),
    *numbered("SP", 2),
    *numbered("FO", 2),
    *("MA1", "SI1", "SG1", "UB1", "LC1"),
    *numbered("L", 11),
    *numbered("U", 10),
    *numbered("H", 18),
}


def load_all() -> None:
    for module in pkgutil.iter_modules(leakmap.__path__, f"{leakmap.__name__}."):
        importlib.import_module(module.name)


def test_every_row_has_a_test() -> None:
    load_all()
    assert set(ROWS) == EVERY_ROW


def test_every_row_has_a_wall_or_a_reason() -> None:
    load_all()
    assert {name for name, walls in ROWS.items() if not walls} <= set(STANDS)
    assert all(reason.endswith(".") for reason in STANDS.values())
