"""What coupons grant, and properties' calendars: read once for a version of the content."""

from collections.abc import Callable, Hashable
from typing import TypeVar
from uuid import UUID

from django.db import connection
from django.utils.translation import get_language

from promotions.selectors.coupons import Grant, grants
from suites.rules.calendars import Calendar
from suites.selectors import Offer
from tenancy.context import require_tenant_id
from tenancy.models import Property
from tenancy.store.facts import facts

T = TypeVar("T")


def grant_of(coupon_id: UUID | None, *, version: int) -> tuple[Grant | None, bool]:
    """Return what a coupon grants in that version of the content, and whether it was read now."""
    reads: list[UUID | None] = []

    def read() -> Grant | None:
        reads.append(coupon_id)
        return read_grant(coupon_id)

    return _known(version, ("coupon", coupon_id, _language()), read), bool(reads)


def read_grant(coupon_id: UUID | None) -> Grant | None:
    """Return what a coupon grants, as the database has it published now."""
    found = grants([coupon_id] if coupon_id else [], language=_language())
    return found.get(coupon_id) if coupon_id else None


def calendar_of(house: Property, *, version: int) -> Calendar:
    """Return a property's calendar in that version of the tenant's content."""
    name = ("calendar", house.pk, _language())
    return _known(version, name, lambda: Offer(house, _language()).calendar)


def _language() -> str:
    return get_language() or "pt-br"


def _known(version: int, name: Hashable, read: Callable[[], T]) -> T:
    """Return what `read` returns, asked once for a version.

    In a transaction, which may have changed content and not yet raised its version, it is read.
    """
    if connection.in_atomic_block:
        return read()
    return facts.get(require_tenant_id(), version, ("promotions", name), read)
