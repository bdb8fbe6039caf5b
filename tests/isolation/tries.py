"""One try of an operation, and what must come of it."""

from contextlib import suppress

import psycopg
import pytest
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import DatabaseError, IntegrityError
from django.http import Http404

from tenancy.context import NoTenant
from tenancy.scoped import ForeignTenant
from tests.isolation.aims import Aim, attempt, checksums, is_refusal_without_tenant
from tests.isolation.operations import OPERATIONS, READS, REFUSED, Operation

NOTHING_FOUND = (ObjectDoesNotExist, Http404, ValidationError)
REFUSALS = (ForeignTenant, DatabaseError, *NOTHING_FOUND)


def found(run: Operation, aim: Aim) -> set[object]:
    """Return the keys that a read returned; "there is no such row" is none."""
    try:
        return set(attempt(lambda: run(aim)))
    except (*NOTHING_FOUND, IntegrityError):  # get_or_create: it could not create one either
        return set()


def dared(name: str, aim: Aim, other: Aim) -> object:
    """Run an operation by name, whatever its kind."""
    run = OPERATIONS[name]
    return attempt(lambda: list(run(aim)) if name in READS else call(run, name, aim, other))


def call(run: Operation, name: str, aim: Aim, other: Aim) -> object:
    return run(aim, other) if name in REFUSED else run(aim)


def assert_refused_without_tenant(name: str, aim: Aim, other: Aim) -> None:
    """Expect an exception of ours, or the policies' own complaint that no tenant is set."""
    before = checksums(aim.tenant), checksums(other.tenant)
    with pytest.raises((NoTenant, ForeignTenant, DatabaseError, psycopg.Error)) as caught:
        dared(name, aim, other)
    ours = isinstance(caught.value, NoTenant | ForeignTenant)
    assert ours or is_refusal_without_tenant(caught.value)
    assert (checksums(aim.tenant), checksums(other.tenant)) == before


def assert_nothing_changes(name: str, aim: Aim, other: Aim) -> None:
    before = checksums(aim.tenant)
    with suppress(REFUSALS):
        dared(name, aim, other)
    assert checksums(aim.tenant) == before


def insist(name: str, aim: Aim, other: Aim) -> None:
    """Run what must not work; an UPDATE that reaches no row counts as refused."""
    if dared(name, aim, other) in (0, (0, {})):
        raise ObjectDoesNotExist
