"""Wishes to come, with the names of what they are for. Five queries, however many."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Page
from django.db.models import Q

from promotions.enums import BookingState
from promotions.models import BookingIntent
from promotions.selectors.waiting import waiting_first
from suites.models import Stay, SuiteType
from tenancy.models import Property


@dataclass(frozen=True)
class Booking:
    """A wish to come as the house reads it, on its own clocks; "" for what is gone."""

    intent: BookingIntent
    house: str
    suite: str
    stay: str
    arrival: datetime
    is_open: bool

    @property
    def centavos(self) -> int:
        """What is to be paid."""
        return self.intent.price_centavos - self.intent.discount_centavos


def bookings(*, at: datetime, page: str | None = None) -> "Page[Any]":
    """Return a page of wishes, the latest first: those that wait for an answer, then the others."""
    is_open = Q(state=BookingState.ASKED, expires_at__gt=at)
    asked, lines = BookingIntent.objects.all(), partial(_named, at=at)
    return waiting_first(asked, is_open, latest="created_at", lines=lines, page=page)


def _named(intents: list[BookingIntent], *, at: datetime) -> list[Booking]:
    houses = Property.objects.in_bulk({each.property_id for each in intents})
    types = SuiteType.objects.in_bulk({each.suite_type_id for each in intents})
    stays = Stay.objects.in_bulk({each.stay_id for each in intents})
    found = []
    for each in intents:
        house = houses.get(each.property_id)
        zone = ZoneInfo(house.timezone) if house else None
        found.append(
            Booking(
                intent=each,
                house=str(house or ""),
                suite=str(types.get(each.suite_type_id, "")),
                stay=str(stays.get(each.stay_id, "")),
                arrival=each.arrival.astimezone(zone),
                is_open=each.state == BookingState.ASKED and each.expires_at > at,
            )
        )
    return found
