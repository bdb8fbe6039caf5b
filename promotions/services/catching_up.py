"""A limit that is set after a coupon has been used counts what was used before."""

from datetime import datetime, tzinfo
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from promotions import spending
from promotions.enums import UseState
from promotions.models import CouponUse
from promotions.rules.limits import Limits, PersonUnknown, Use, Want, wants
from promotions.terms import read_grant
from tenancy.models import Property

BATCH = 500
ALIVE = (UseState.HELD, UseState.SPENT)


def count_earlier_uses(*, coupon_id: UUID) -> int:
    """Count uses towards the coupon's limits that were set after them; return how many there were.

    To be called when a coupon's limits, or its promotion's budget, have been published.
    """
    grant = read_grant(coupon_id)
    if grant is None:
        return 0
    zones = {house.pk: ZoneInfo(house.timezone) for house in Property.objects.all()}
    counted, after = 0, UUID(int=0)
    while True:
        with transaction.atomic():
            found = CouponUse.objects.filter(coupon_id=coupon_id, state__in=ALIVE, pk__gt=after)
            uses = list(found.select_for_update().order_by("pk")[:BATCH])
            if not uses:
                return counted
            named = ((use, zones.get(use.property_id)) for use in uses)
            lacking = {use.pk: lack(grant.terms.limits, use, zone) for use, zone in named}
            lacking = {key: missing for key, missing in lacking.items() if missing}
            if lacking:
                spending.catch_up(lacking)
        counted, after = counted + len(lacking), uses[-1].pk


def lack(limits: Limits, use: CouponUse, zone: tzinfo | None) -> list[Want]:
    """Return what a use would take of the limits now, and has not taken."""
    arrival = use.stay.get("arrival")
    at = datetime.fromisoformat(arrival) if arrival else use.created_at
    day = timezone.localtime(at, zone).date()
    asked = Use(use.code_id, use.property_id, day, use.discount_centavos, use.subject_id)
    has = {(owner_id, key) for owner_id, key, *_rest in use.took}
    try:
        wanted = wants(limits, asked)
    except PersonUnknown:
        wanted = wants(_for_anybody(limits), asked)
    return [want for want in wanted if (str(want.owner_id), want.key) not in has]


def _for_anybody(limits: Limits) -> Limits:
    """Return the limits without that of a person: nobody was asked who they are."""
    return Limits(**{**vars(limits), "per_person": None})
