"""Uncovering a coupon's code: whoever asks again gets the same one, and what was said is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac
from django.views.decorators.debug import sensitive_variables

from promotions.enums import CouponKind
from promotions.models import Coupon, CouponCode, OfferSnapshot
from promotions.policies import POLICIES, InvalidIdentifier
from promotions.rules.codes import display, generate, normalise
from promotions.rules.coupons import code_ends_at, coupon_reasons
from promotions.rules.eligibility import Case, Finding, Reason, reasons
from promotions.selectors.coupons import Grant
from promotions.services.answers import Refused
from suites.rules.calendars import Calendar
from tenancy.models import Property

FINAL = {Reason.DISABLED, Reason.WRONG_PROPERTY, Reason.NOT_STARTED, Reason.EXPIRED}
"""What speaks against uncovering a code. Its hours do not: a code may be for another day."""


@dataclass(frozen=True)
class RevealAsk:
    """Who wants which coupon's code, where, and what they are told of it.

    `holder` is what tells the person from others, as they wrote it: it is never shown, kept or
    logged; `holder_kind` is the registered name of what it is. `device` is what their device has
    drawn at random; "" is one that has drawn nothing.
    """

    coupon: Coupon
    grant: Grant
    house: Property
    calendar: Calendar
    at: datetime
    words: Mapping[str, Any]
    language: str
    holder: str | None = field(default=None, repr=False)
    holder_kind: str | None = None
    device: str = field(default="", repr=False)


@dataclass(frozen=True)
class Revealed:
    """A code as people read it, and when it ends. `is_repeated`: they had it already."""

    code: str
    ends_at: datetime | None
    is_repeated: bool = False


@sensitive_variables()
def reveal(ask: RevealAsk) -> Revealed | Refused:
    """Uncover the coupon's code for whoever asks; one for each of them if it has many.

    A person who is asked for is told by the vault's subject, others by their device.
    """
    if findings := _findings(ask):
        return Refused(findings)
    try:
        subject_id = _subject(ask)
    except InvalidIdentifier:
        return Refused((_about_person(ask, Reason.IDENTIFIER_INVALID),))
    asker = asker_of(ask.coupon, subject_id, ask.device)
    found = _earlier(ask, asker) or _uncover(ask, asker, subject_id)
    if found is None:
        return Refused((Finding(Reason.DISABLED, ask.coupon.pk),))
    if found.ends_at is not None and found.ends_at <= ask.at:
        return Refused((Finding(Reason.EXPIRED, ask.coupon.pk),))
    return found


def asker_of(coupon: Coupon, subject_id: UUID | None, device: str) -> str:
    """Return by what the same person, or device, is known again for a coupon; "" for nothing."""
    name = f"subject:{subject_id}" if subject_id else device and f"device:{device}"
    if not name:
        return ""
    key = f"{coupon.tenant_id}:{coupon.pk}:{name}"
    return salted_hmac("promotions.reveal", key, algorithm="sha256").hexdigest()


def _findings(ask: RevealAsk) -> tuple[Finding, ...]:
    case = Case(at=ask.at, calendar=ask.calendar, property_id=ask.house.pk)
    against = (*coupon_reasons(ask.grant.terms, case), *reasons(ask.grant.rule, case))
    found = {each.reason: each for each in against if each.reason in FINAL}
    if not found and ask.grant.terms.identifier and not _given(ask):
        return (_about_person(ask, Reason.IDENTIFIER_REQUIRED),)
    return tuple(found.values())


def _about_person(ask: RevealAsk, reason: Reason) -> Finding:
    return Finding(reason, ask.coupon.pk, is_blocking=False)


@sensitive_variables()
def _subject(ask: RevealAsk) -> UUID | None:
    """Return who asks, where the coupon counts people. Raises `InvalidIdentifier`."""
    name, holder = ask.grant.terms.identifier, _given(ask)
    return POLICIES[name].subject(holder) if name and holder else None


def _given(ask: RevealAsk) -> str | None:
    """Return what the person gave, if it is what the coupon asks for."""
    return ask.holder if ask.holder_kind in {None, ask.grant.terms.identifier} else None


def _earlier(ask: RevealAsk, asker: str) -> Revealed | None:
    """Return what the same asker was given before, unless that code is good for nothing now."""
    if not asker:
        return None
    snapshot = OfferSnapshot.objects.filter(coupon_id=ask.coupon.pk, asker=asker).first()
    if snapshot is None:
        return None
    kept = CouponCode.objects.filter(pk=snapshot.code_id, disabled_at=None)
    code = _shared(ask) if _is_single(ask) else kept.first()
    return _revealed(ask, code, is_repeated=True) if code else None


def _uncover(ask: RevealAsk, asker: str, subject_id: UUID | None) -> Revealed | None:
    """Write a snapshot, with a code if each has their own; None where there is no code."""
    try:
        with transaction.atomic():
            code = _shared(ask) if _is_single(ask) else _own(ask, subject_id)
            if code is not None:
                _keep(ask, asker, code)
    except IntegrityError:  # the same asker was faster elsewhere
        return _earlier(ask, asker)
    return _revealed(ask, code) if code else None


def _is_single(ask: RevealAsk) -> bool:
    return bool(ask.coupon.kind == CouponKind.SINGLE)


def _shared(ask: RevealAsk) -> CouponCode | None:
    found = CouponCode.objects.filter(
        coupon_id=ask.coupon.pk, code=normalise(ask.coupon.code), disabled_at=None
    )
    code: CouponCode | None = found.first()
    return code


def _own(ask: RevealAsk, subject_id: UUID | None) -> CouponCode:
    code: CouponCode = CouponCode.objects.create(
        coupon_id=ask.coupon.pk,
        code=generate(ask.coupon.prefix),
        subject_id=subject_id,
        revealed_at=ask.at,
        ends_at=code_ends_at(ask.grant.terms, revealed_at=ask.at),
    )
    return code


def _keep(ask: RevealAsk, asker: str, code: CouponCode) -> None:
    OfferSnapshot.objects.create(
        coupon_id=ask.coupon.pk,
        rule_id=ask.coupon.rule_id,
        code_id=code.pk,
        property_id=ask.house.pk,
        asker=asker,
        words=dict(ask.words),
        language=ask.language,
        at=ask.at,
        ends_at=_ends_at(ask, code),
    )


def _revealed(ask: RevealAsk, code: CouponCode, *, is_repeated: bool = False) -> Revealed:
    shown = ask.coupon.code.upper() if _is_single(ask) else ""
    return Revealed(
        code=shown or display(code.code, ask.coupon.prefix),
        ends_at=_ends_at(ask, code),
        is_repeated=is_repeated,
    )


def _ends_at(ask: RevealAsk, code: CouponCode) -> datetime | None:
    """Return when a code ends: by its own date, the coupon's, or the promotion's."""
    ends = (code.ends_at, ask.grant.terms.dates.ends_at, ask.grant.rule.windows.dates.ends_at)
    return min((each for each in ends if each), default=None)
