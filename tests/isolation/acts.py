"""Operations that take more than a line, for the lists in `operations.py`."""

import pickle
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from asgiref.sync import async_to_sync
from django import forms
from django.db import connection
from django.db.models import F, Model, QuerySet
from django.forms import ModelChoiceField

from suites.models import StayPrice, Suite, SuiteType
from tests.isolation.aims import Aim

CHOICES = SuiteType.objects.order_by("name")
"""Built at import, like the querysets of forms and viewsets."""


def keys(rows: Iterable[Model]) -> list[Any]:
    return [row.pk for row in rows]


def one(row: Model | None) -> list[Any]:
    return [] if row is None else [row.pk]


def all_or_none(aim: Aim, found: object) -> Iterable[UUID]:
    """Return the aim's keys if anything of it was found, for answers that hold no keys."""
    return aim.types if found else ()


def sql(query: str, *params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        return cursor.fetchall() if cursor.description else []


def forged(aim: Aim, **fields: Any) -> SuiteType:
    """Return an instance with the key of the row, as an attacker would make it."""
    values = {"name": "Forjada", "slug": "forjada", "property_id": aim.property, **fields}
    row = SuiteType(pk=aim.type, **values)
    row._state.adding = False
    return row


def new(aim: Aim, **fields: Any) -> SuiteType:
    return SuiteType(**{"name": "Nova", "slug": "nova", "property_id": aim.property, **fields})


def forged_row(model: type[Model], key: UUID) -> Any:
    row = model(pk=key)
    row._state.adding = False
    return row


def refreshed(aim: Aim) -> SuiteType:
    row = forged(aim)
    row.refresh_from_db()
    return row


def got_or_created(aim: Aim) -> SuiteType:
    defaults = {"slug": "nova", "property_id": aim.property}
    row, _is_new = SuiteType.objects.get_or_create(pk=aim.type, defaults=defaults)
    return row


def async_refreshed(aim: Aim) -> SuiteType:
    row = forged(aim)
    awaited(row.arefresh_from_db)
    return row


def deferred(aim: Aim) -> SuiteType | None:
    """Return the row if a field that was left out can be loaded later."""
    row = SuiteType.from_db("default", ["id"], [aim.type])
    return row if row.name else None


async def async_keys(rows: QuerySet[Any]) -> list[Any]:
    return [row.pk async for row in rows]


def awaited(function: Any, *args: Any, **kwargs: Any) -> Any:
    """Call an async method, and return what it returns."""

    async def call() -> Any:
        return await function(*args, **kwargs)

    return async_to_sync(call)()


def unpickled(rows: QuerySet[Any]) -> QuerySet[Any]:
    copy = SuiteType.objects.none()
    copy.query = pickle.loads(pickle.dumps(rows.query))  # noqa: S301 (our own)
    return copy


def chooser() -> ModelChoiceField:
    return forms.ModelChoiceField(CHOICES)


def save_locked(aim: Aim) -> None:
    row = SuiteType.objects.select_for_update(no_key=True).get(pk=aim.type)
    row.name = "Outra"
    row.save(update_fields=["name"])


def save_cluster(aim: Aim) -> None:
    """Save a row together with its children, as Wagtail's forms do."""
    row = forged(aim)
    row.suites = [Suite(number="777")]
    row.save()


def increase(aim: Aim) -> None:
    row = forged(aim)
    row.position = F("position") + 1
    row.save(update_fields=["position"])


def copied(query: str) -> list[UUID]:
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        return [UUID(row[0]) for row in copy.rows()]


def execute_many(aim: Aim) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE suites_suitetype SET name = %s WHERE id = %s",
            [("Outra", key) for key in aim.types],
        )


def move_by_save(aim: Aim, other: Aim) -> None:
    row = SuiteType.objects.get(pk=aim.type)
    row.tenant_id = other.tenant
    row.save()


def move_by_bulk_update(aim: Aim, other: Aim) -> None:
    rows = list(SuiteType.objects.filter(pk=aim.type))
    for row in rows:
        row.tenant_id = other.tenant
    SuiteType.objects.bulk_update(rows, ["tenant"])


def price_for(aim: Aim, other: Aim) -> StayPrice:
    """Return the price of a suite type for another tenant's stay."""
    return StayPrice(suite_type_id=aim.type, stay_id=other.stay, centavos=1)
