"""A reception, with a coupon, and browsers at it."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from privacy import epochs
from promotions.gate import devices
from promotions.models import BookingIntent, Coupon, GateDevice
from promotions.services import booking
from promotions.services.booking import Wish
from suites.models import Stay, SuiteType
from tenancy.context import tenant_scope
from tenancy.models import Property, Tenant, User
from tests.factories.coupons import make_coupon, make_rule

HOST = "lua.painel.localhost"


@pytest.fixture(autouse=True)
def _no_keys_of_other_tests() -> Iterator[None]:
    epochs.forget()
    yield
    epochs.forget()


@pytest.fixture
def coupon(lua: Tenant) -> Coupon:
    """Return a coupon that takes R$ 10 off, once."""
    with tenant_scope(lua):
        return make_coupon(make_rule(), "NOITE10", limit=1)


@pytest.fixture
def device(lua: Tenant) -> Callable[..., tuple[GateDevice, Client]]:
    """Return a maker of devices with their browsers."""

    def make(slug: str = "lua") -> tuple[GateDevice, Client]:
        now = timezone.now()
        with tenant_scope(lua):
            row, secret = devices.invite(
                name="Balcão",
                house=Property.objects.get(slug=slug),
                actor=User.objects.get(email="manager@lua.test"),
                at=now - timedelta(minutes=1),
            )
        browser = Client(HTTP_HOST=HOST)
        browser.post(f"/portaria/aparelho/{secret}/")
        return row, browser

    return make


@pytest.fixture
def wish(lua: Tenant) -> Callable[..., BookingIntent]:
    """Return a maker of wishes to come to lua, or to another of its houses."""

    def make(slug: str = "lua", **more: Any) -> BookingIntent:
        now = timezone.now()
        house = Property.objects.get(slug=slug)
        return booking.ask(
            Wish(
                property_id=house.pk,
                suite_type_id=SuiteType.objects.get(slug="loft", property__slug="lua").pk,
                stay_id=Stay.objects.get(slug="2h", property__slug="lua").pk,
                arrival=now + timedelta(hours=1),
                price_centavos=7600,
                **more,
            ),
            at=now,
        )

    def scoped(*args: Any, **more: Any) -> BookingIntent:
        with tenant_scope(lua):
            return make(*args, **more)

    return scoped
