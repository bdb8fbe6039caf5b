"""What is done at the gate: a code is looked at, used, and given back for some minutes."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.views.decorators.debug import sensitive_variables

from privacy import vault
from privacy.keys import KeeperError
from promotions import attempts, services, spending
from promotions.api.requests import StayIn
from promotions.api.stays import Visit, visit_of
from promotions.api.verdicts import simulated
from promotions.enums import UseState
from promotions.gate.keepers import Keeper
from promotions.models import CouponUse
from promotions.rules.codes import normalise
from promotions.rules.simulation import Simulation
from promotions.services import (
    Ask,
    Done,
    Impossible,
    KeyReused,
    Refused,
    Request,
    Taken,
    UseFacts,
    Valid,
)
from suites.selectors import Offer
from tenancy.models import Property

UNDO_WITHIN = timedelta(minutes=10)

BUSY = (spending.Contended, vault.Contended, KeeperError)
"""What says that nothing has been done, and that it may be asked again."""


class NotNow(Exception):
    """Nothing was done: the same may be asked again in a moment."""


@dataclass(frozen=True)
class Said:
    """A code and a stay, by the slugs of the house; `cpf` is neither kept nor shown."""

    code: str
    suite: str
    stay: str
    cpf: str = field(default="", repr=False)


@dataclass(frozen=True)
class Inquiry:
    """What is asked of a coupon, the stay with its price, if it is sold now, and its promotions."""

    ask: Ask
    visit: Visit
    found: Simulation


def inquiry_of(said: Said, offer: Offer, *, at: datetime, is_online: bool = True) -> Inquiry:
    """Return what is asked. Raises a problem for words that the house has not.

    A device that was not online knew of no promotions without a code: none goes beside then.
    """
    visit = visit_of(StayIn(suite_type=said.suite, period=said.stay), offer, at=at)
    bill = visit.bill(None)
    found = simulated(visit, offer, at=at, bill=bill) if is_online else Simulation()
    wording = [str(offer.house.pk), normalise(said.code), said.suite, said.stay]
    ask = Ask(
        code=said.code,
        at=at,
        house=offer.house,
        bill=bill,
        suite_type_id=visit.suite_type_id,
        stay_id=visit.stay_id,
        minutes=visit.minutes,
        arrival=at,
        holder=said.cpf or None,
        automatic=found.automatic,
        wording=json.dumps(wording),
        is_stranger=False,
    )
    return Inquiry(ask, visit, found)


@sensitive_variables()
def check(inquiry: Inquiry) -> Valid | Refused:
    """Say what a code would give; nothing is kept. Raises `NotNow`."""
    try:
        answer = services.validate(inquiry.ask)
    except BUSY as error:
        raise NotNow from error
    attempts.note(answer.findings if isinstance(answer, Refused) else ())
    return answer


@sensitive_variables()
def use(inquiry: Inquiry, keeper: Keeper, key: UUID) -> Taken | Refused:
    """Spend a code for a guest who is here. The same key spends it once, however often it comes.

    A key that was used for something else is answered with what was done then. Raises `NotNow`.
    """
    request = Request(key=f"{keeper.actor}:{key}", actor=keeper.actor)
    try:
        answer = services.redeem(inquiry.ask, request)
    except KeyReused:
        earlier = CouponUse.objects.get(pk=request.id("redeem"))
        return Taken(UseFacts.of(earlier), is_repeated=True)
    except BUSY as error:
        raise NotNow from error
    attempts.note(answer.findings if isinstance(answer, Refused) else ())
    return answer


def used_before(keeper: Keeper, key: UUID) -> UseFacts | None:
    """Return the use that the keeper's key has written, if there is one."""
    use_id = Request(key=f"{keeper.actor}:{key}").id("redeem")
    row = CouponUse.objects.filter(pk=use_id).first()
    return UseFacts.of(row) if row else None


def undo(use_id: UUID, house: Property, keeper: Keeper, *, at: datetime) -> Done | Impossible:
    """Give back a use of some minutes ago at the house; `Impossible` for all others."""
    found = CouponUse.objects.filter(pk=use_id, property_id=house.pk).first()
    if found is None:
        return Impossible(None)
    if not seconds_to_undo(found, at=at) and found.state != UseState.REVERSED:
        return Impossible(UseState(found.state))
    request = Request(key=f"{keeper.actor}:{use_id}", actor=keeper.actor)
    return services.reverse(use_id, request, at=at)


def seconds_to_undo(use: CouponUse, *, at: datetime) -> int:
    """Return for how long a use may still be undone, as having been a mistake; 0 for not at all."""
    spent_at = use.ended_at or use.created_at
    return undo_seconds(spent_at, at=at) if use.state == UseState.SPENT else 0


def undo_seconds(spent_at: datetime, *, at: datetime) -> int:
    return max(0, int((spent_at + UNDO_WITHIN - at).total_seconds()))
