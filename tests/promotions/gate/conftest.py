"""A reception, with a coupon, and browsers at it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from promotions.gate import devices
from promotions.models import Coupon, GateDevice
from tenancy.context import tenant_scope
from tenancy.models import Property, Tenant, User
from tests.factories.coupons import make_coupon, make_rule

HOST = "lua.painel.localhost"


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
