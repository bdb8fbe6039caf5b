"""Coupons on a page of a motel, and guests in front of it."""

from collections.abc import Callable, Iterator

import pytest
import time_machine

from privacy import epochs
from promotions.enums import CouponKind
from promotions.models import Coupon
from sites.models import HomePage
from tenancy.context import tenant_scope
from tenancy.models import Property
from tests.api.calling import NOON
from tests.factories.promotions import make_coupon, make_rule

Show = Callable[..., HomePage]


@pytest.fixture
def motel(lua) -> Iterator[Property]:
    with tenant_scope(lua):
        yield Property.objects.select_related("site").get(slug="lua")


@pytest.fixture(autouse=True)
def _fresh_vault() -> Iterator[None]:
    epochs.forget()
    yield
    epochs.forget()


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


def show(coupon: Coupon, motel: Property) -> HomePage:
    """Have a motel's home page offer a coupon, as editors do."""
    home = HomePage.objects.get(pk=motel.site.root_page_id)
    heading = "Só para quem pede"
    home.body.append(("coupon_reveal", {"heading": heading, "text": "", "coupon": coupon}))
    home.save_revision().publish()
    return home


@pytest.fixture
def shared(motel) -> Coupon:
    """Return a coupon on the home page with one code for all."""
    coupon = make_coupon("brinde", make_rule("brinde", percent=20), code="BRINDE-20")
    show(coupon, motel)
    return coupon


@pytest.fixture
def own(motel) -> Coupon:
    """Return one that has a code for each device, good for an hour."""
    coupon = make_coupon(
        "meu",
        make_rule("meu", percent=20),
        kind=CouponKind.BATCH,
        code="",
        prefix="MEU",
        minutes_after_reveal=60,
    )
    show(coupon, motel)
    return coupon


@pytest.fixture
def personal(motel) -> Coupon:
    """Return one that has a code for each person, whom it asks for."""
    coupon = make_coupon(
        "velas",
        make_rule("velas", percent=20),
        kind=CouponKind.BATCH,
        code="",
        prefix="VELAS",
        identifier="cpf",
        limit_per_identifier=1,
    )
    show(coupon, motel)
    return coupon
