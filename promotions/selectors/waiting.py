"""Lists in which what waits for somebody comes first, a page at a time."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Case, Model, Q, QuerySet, When

Row = TypeVar("Row", bound=Model)

ON_A_PAGE = 100


def waiting_first(
    rows: "QuerySet[Row]",
    waits: Q,
    *,
    latest: str,
    lines: Callable[[list[Row]], list[Any]],
    page: str | None,
) -> "Page[Any]":
    """Return a page of lines: of rows that wait, the latest first, and then of the others.

    `lines` reads the rows of that page alone; a page that there is not is the nearest.
    """
    sorted_rows = rows.annotate(waits=Case(When(waits, then=1), default=0)).order_by(
        "-waits", f"-{latest}"
    )
    found: Page[Any] = Paginator(sorted_rows, ON_A_PAGE).get_page(page)
    found.object_list = lines(list(found.object_list))
    return found
