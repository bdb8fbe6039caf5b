"""Instants in calls: each with its offset, and within bounds in which calendars can be asked."""

import re
from datetime import datetime, timedelta
from typing import Annotated, Any

from django.utils.translation import gettext as _
from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from tenancy.api.problems import wrong

WRITTEN = re.compile(
    r"20\d\d-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)", re.ASCII
)
"""RFC 3339, of this century: the seconds may be left out, the offset may not."""

PAST, FUTURE = timedelta(days=1), timedelta(days=400)
"""How far from now strangers may ask."""

AN_INSTANT: dict[str, Any] = {"type": "string", "format": "date-time"}


def _read(text: object) -> datetime:
    if isinstance(text, str) and WRITTEN.fullmatch(text):
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            pass
    raise PydanticCustomError("instant", "An RFC 3339 instant with its offset.")


Instant = Annotated[
    datetime,
    BeforeValidator(_read),
    WithJsonSchema({**AN_INSTANT, "examples": ["2026-11-24T15:10:00-03:00"]}),
]
"""An instant in a request."""

Moment = Annotated[
    datetime,
    PlainSerializer(lambda at: at.isoformat(timespec="seconds"), return_type=str),
    WithJsonSchema(AN_INSTANT),
]
"""An instant in an answer, on the property's clocks."""


def near(at: datetime | None, *, now: datetime, field: str) -> datetime:
    """Return the instant that is asked for, or now. Raises a problem where it is far away."""
    if at is None:
        return now
    if not now - PAST <= at <= now + FUTURE:
        raise wrong(field, "out_of_range", _("Longe demais de hoje."))
    return at
