"""Which of a company's properties a call is about."""

from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field

from tenancy.api.content import of_version
from tenancy.api.problems import Problem, wrong
from tenancy.models import Property

PropertySlug = Annotated[
    str,
    Field(
        pattern=r"^[-a-zA-Z0-9_]{1,40}$",
        description="The property's slug. Its own hosts say it; elsewhere it may be left out only "
        "where there is one.",
    ),
]


class HouseOut(Schema):
    """A property."""

    slug: str
    name: str
    timezone: str


def houses() -> list[Property]:
    """Return the tenant's properties, each with its site."""
    return of_version("houses", lambda: list(Property.objects.select_related("site")))


def house_of(request: HttpRequest, slug: str | None, *, field: str) -> Property:
    """Return the property that the host has, or else the one of that slug.

    Raises a problem at the field that asks for the slug: where the host's own is another one,
    where it names none, and where there are many and none is named.
    """
    known = houses()
    host = request.get_host().partition(":")[0]
    own = [each for each in known if each.site.hostname == host] or known
    named = [each for each in own if slug in {None, each.slug}]
    if len(named) != 1:
        raise _unclear(field, is_named=slug is not None)
    return named[0]


def _unclear(field: str, *, is_named: bool) -> Problem:
    if is_named:
        return wrong(field, "unknown", _("Não há esta casa aqui."))
    return wrong(field, "missing", _("Diga qual das casas."))


def language_at(house: Property) -> str:
    """Return the language of the answer, or the property's main one where it lacks that."""
    asked = get_language() or ""
    return asked if asked in house.languages else house.languages[0]
