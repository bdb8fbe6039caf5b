"""Uses of coupons."""

from datetime import timedelta
from uuid import UUID, uuid4

from django.utils import timezone

from promotions.enums import OfflineState
from promotions.gate import devices
from promotions.models import CouponCode, GateDevice, OfflineUse
from promotions.rules.limits import Limits
from tenancy.models import Property
from tests.isolation.world import World, kind
from tests.promotions.spending.uses import Shop


@kind
def coupon_use(world: World) -> UUID:
    """Take of a code that is limited, which counts in meters and in the ledger."""
    code: CouponCode = world["coupon_code"]
    limits = Limits(coupon_id=code.coupon_id, rule_id=uuid4(), total=300, per_code=2, budget=9000)
    shop = Shop(limits, code_id=code.pk)
    until = timezone.now() + timedelta(days=1)
    use = shop.use(actor=world.say("guest"), expires_at=until)
    assert shop.take(use) == []
    return use.id


@kind
def gate_link(world: World) -> str:
    """Return the secret of a link that makes a browser a device."""
    house = Property.objects.first()
    name = world.say("balcão")
    _row, secret = devices.invite(name=name, house=house, actor=world["user"], at=timezone.now())
    return secret


@kind
def gate_device(world: World) -> GateDevice:
    world["gate_link"]
    return GateDevice.objects.get(name=world.say("balcão"))


@kind
def offline_use(world: World) -> OfflineUse:
    at = timezone.now()
    return OfflineUse.objects.create(
        actor=world.say("device"),
        property_id=world["property"].pk,
        code=world.say("codigo"),
        suite=world["suitetype"].slug,
        stay=world["stay"].slug,
        used_at=at,
        received_at=at,
        state=OfflineState.CONFLICT,
        reasons=["GLOBAL_LIMIT"],
    )
