"""What may follow: a hold is committed or cancelled, a use is reversed."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction

from promotions import spending
from promotions.enums import UseState
from promotions.models import CouponUse, LedgerEntry
from promotions.services.answers import Done, Impossible, KeyReused, UseFacts
from promotions.services.asks import Request
from promotions.spending import CANCELLED, REVERSED, Ending, Entry, undone_alone
from tenancy import audit

T = TypeVar("T")


def commit(use_id: UUID, request: Request, *, at: datetime) -> Done | Impossible:
    """Spend what is held; never after its time. Doing it again changes nothing.

    Raises `KeyReused`.
    """
    entry = _entry(use_id, request, "commit")
    if settled := _write(lambda: spending.settle(use_id, entry, at=at)):
        return Done(UseFacts(state=UseState.SPENT, **settled._asdict()))
    if spending.expire(use_id, at=at):  # nobody has ended it yet
        return Impossible(UseState.EXPIRED)
    return _as_it_is(use_id, entry, UseState.SPENT)


def cancel(use_id: UUID, request: Request, *, at: datetime) -> Done | Impossible:
    """Give back what is held. Doing it again changes nothing. Raises `KeyReused`."""
    return _end(use_id, CANCELLED, request, at)


def reverse(use_id: UUID, request: Request, *, at: datetime) -> Done | Impossible:
    """Give back what was spent; on record. Doing it again changes nothing. Raises `KeyReused`."""
    with transaction.atomic():
        answer = _end(use_id, REVERSED, request, at)
        if isinstance(answer, Done) and not answer.is_repeated:
            data = {"by": request.actor}
            audit.record("promotions.use.reverse", f"promotions.couponuse:{use_id}", data=data)
    return answer


def _end(use_id: UUID, ending: Ending, request: Request, at: datetime) -> Done | Impossible:
    entry = _entry(use_id, request, ending.step.value)
    if _write(lambda: spending.end(use_id, ending, entry, at=at)):
        return Done(UseFacts.of(CouponUse.objects.get(pk=use_id)))
    return _as_it_is(use_id, entry, ending.after)


def _entry(use_id: UUID, request: Request, verb: str) -> Entry:
    """Return the line that a step writes; its digest is of the use, which is all that it asks."""
    return Entry(request.id(verb), request.actor, use_id.hex)


def _write(step: Callable[[], T]) -> T:
    """Do a step, and return what it says of itself. Raises `KeyReused`."""
    try:
        with undone_alone():
            return step()
    except IntegrityError as error:
        # a use takes a step once: whoever wrote this line did it to another one
        raise KeyReused from error


def _as_it_is(use_id: UUID, entry: Entry, wanted: UseState) -> Done | Impossible:
    """Say how a use stands that did not take a step: perhaps it had done so before."""
    earlier = LedgerEntry.objects.filter(pk=entry.id).values_list("digest", flat=True).first()
    if earlier not in {None, entry.digest}:
        raise KeyReused
    use = CouponUse.objects.filter(pk=use_id).first()
    if use is None:
        return Impossible(None)
    if earlier is None and use.state != wanted:
        return Impossible(UseState(use.state))
    return Done(UseFacts.of(use), is_repeated=True)
