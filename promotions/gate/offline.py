"""Uses that were made without a network: how many there may be, and what became of each.

A device checks a signed code by itself, and reports the use later. Here it is redeemed with its
key, as of when it was made; one that cannot be is a conflict, which counts nothing and stays.
"""

import base64
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from django.db import transaction
from pydantic import AwareDatetime, BaseModel, Field

from privacy import signing
from privacy.keys import KeeperError
from promotions.api.requests import PRINTABLE
from promotions.enums import OfflineState
from promotions.gate import desk
from promotions.gate.answers import has_price
from promotions.gate.desk import NotNow, Said
from promotions.gate.keepers import Keeper
from promotions.gate.reading import LONGEST
from promotions.models import GateDevice, OfflineUse
from promotions.rules.tokens import Token
from promotions.services import Refused, Request
from promotions.services.signing import opened
from suites.selectors import Offer
from tenancy import audit
from tenancy.api.problems import Problem
from tenancy.models import Property, User

PERIOD = timedelta(days=1)
"""For which a device has its allowance, by when its uses are reported."""
OLDEST = timedelta(days=7)
MOST_KEPT = 200
"""Of one reporter in a period: more than any allowance, and no house works so long without one."""
Name = Annotated[str, Field(max_length=80, pattern=PRINTABLE)]


class Conflict(StrEnum):
    """Why a use is one too many, beside the reasons of coupons."""

    OVER_ALLOWANCE = "OVER_ALLOWANCE"
    NOT_SIGNED = "NOT_SIGNED"
    TOO_OLD = "TOO_OLD"
    NOT_SOLD = "NOT_SOLD"


ARRIVED = "ARRIVED"
"""What a use was that the server had already: no use without a network."""


class Report(BaseModel):
    """A use as a device reports it; `key` is that of the tap."""

    key: UUID
    token: Annotated[str, Field(max_length=LONGEST, pattern=PRINTABLE)]
    suite: Name
    stay: Name
    at: AwareDatetime


class Reports(BaseModel):
    """What a device reports at once."""

    uses: Annotated[list[Report], Field(max_length=20)]


@dataclass(frozen=True)
class Outcome:
    """What became of a use."""

    state: OfflineState
    use_id: UUID | None = None
    reasons: list[str] = field(default_factory=list)


def left(keeper: Keeper, *, at: datetime) -> int:
    """Return how many uses without a network whoever asks has left; people have none.

    What is no code of ours has used none up, nor has a tap that had arrived after all.
    """
    if keeper.device is None:
        return 0
    told = OfflineUse.objects.filter(actor=keeper.actor, received_at__gt=at - PERIOD)
    made = told.exclude(coupon_id=None).exclude(reasons__contains=[ARRIVED])
    return max(0, keeper.device.offline_limit - int(made.count()))


def has_room(keeper: Keeper, reports: Reports, *, at: datetime) -> bool:
    """Say whether what is reported can still be written down in this period."""
    kept = OfflineUse.objects.filter(actor=keeper.actor, received_at__gt=at - PERIOD).count()
    return int(kept) + len(reports.uses) <= MOST_KEPT


def facts(keeper: Keeper, house: Property, *, at: datetime) -> dict[str, Any]:
    """Return what a device has to know while it is online, for when it is not."""
    allowance = left(keeper, at=at)
    try:
        keys = signing.public_keys() if allowance else {}
    except KeeperError:
        keys = {}
    told = {str(epoch): base64.b64encode(key).decode() for epoch, key in keys.items()}
    return {"property": house.pk.hex, "keys": told, "left": allowance}


def reconcile(report: Report, keeper: Keeper, offer: Offer, *, at: datetime) -> OfflineUse:
    """Redeem a use, or keep it as a conflict; reported again it is answered as before.

    Raises `NotNow`: it has to be reported again.
    """
    try:
        token = opened(report.token)
    except KeeperError as error:
        raise NotNow from error
    row = _received(report, token, keeper, offer.house, at=at)
    if row.state == OfflineState.RECEIVED:
        found = _redeemed(row, report, keeper, offer)
        row.state, row.use_id, row.reasons = found.state, found.use_id, found.reasons
        row.save(update_fields=["state", "use_id", "reasons"])
    return row


@transaction.atomic
def take_note(offline_id: UUID, *, actor: User, at: datetime) -> bool:
    """Say that a manager has seen a conflict; False if it was seen before."""
    open_ones = OfflineUse.objects.filter(state=OfflineState.CONFLICT, seen_at__isnull=True)
    if not open_ones.filter(pk=offline_id).update(seen_at=at):
        return False
    audit.record("promotions.offline.see", f"promotions.offlineuse:{offline_id}", actor=actor)
    return True


@transaction.atomic
def _received(
    report: Report, token: Token | None, keeper: Keeper, house: Property, *, at: datetime
) -> OfflineUse:
    """Write a use down as it comes, one after the other for each device; once for its key."""
    if keeper.device is not None:
        GateDevice.objects.select_for_update().get(pk=keeper.device.pk)
    outcome = _at_first(report, token, keeper, house, at=at)
    values = {
        "actor": keeper.actor,
        "property_id": house.pk,
        "code": token.code if token else "",
        "coupon_id": token.coupon_id if token else None,
        "suite": report.suite,
        "stay": report.stay,
        "used_at": max(at - OLDEST, min(report.at, at)),
        "received_at": at,
        **vars(outcome),
    }
    key = Request(f"{keeper.actor}:{report.key}").id("offline")
    row: OfflineUse = OfflineUse.objects.get_or_create(pk=key, defaults=values)[0]
    return row


def _at_first(
    report: Report, token: Token | None, keeper: Keeper, house: Property, *, at: datetime
) -> Outcome:
    """Return what can be said before anything is redeemed: the tap may have arrived, after all."""
    if earlier := desk.used_before(keeper, report.key):
        return Outcome(OfflineState.SPENT, earlier.id, [ARRIVED])
    if token is None or token.property_id != house.pk:
        return _conflict(Conflict.NOT_SIGNED)
    if report.at < at - OLDEST:
        return _conflict(Conflict.TOO_OLD)
    if not left(keeper, at=at):
        return _conflict(Conflict.OVER_ALLOWANCE)
    return Outcome(OfflineState.RECEIVED)


def _redeemed(row: OfflineUse, report: Report, keeper: Keeper, offer: Offer) -> Outcome:
    try:
        said = Said(row.code, row.suite, row.stay)
        inquiry = desk.inquiry_of(said, offer, at=row.used_at, is_online=False)
    except Problem:
        return _conflict(Conflict.NOT_SOLD)
    if not has_price(inquiry):
        return _conflict(Conflict.NOT_SOLD)
    found = desk.use(inquiry, keeper, report.key)
    if isinstance(found, Refused):
        return _conflict(*(each.reason for each in found.findings))
    return Outcome(OfflineState.SPENT, found.use.id)


def _conflict(*reasons: str) -> Outcome:
    return Outcome(OfflineState.CONFLICT, reasons=[str(each) for each in reasons])
