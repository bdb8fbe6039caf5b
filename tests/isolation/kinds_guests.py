"""What guests were told, and what they asked for."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from promotions.models import BookingIntent, CouponCode, OfferSnapshot
from promotions.services import booking
from promotions.services.booking import Wish
from tests.isolation.world import World, kind


@kind
def coupon_slug(world: World) -> str:
    return str(world["coupon"].slug)


@kind
def offer_snapshot(world: World) -> OfferSnapshot:
    code: CouponCode = world["coupon_code"]
    return OfferSnapshot.objects.create(
        coupon_id=code.coupon_id,
        rule_id=uuid4(),
        code_id=code.pk,
        property_id=world["property"].pk,
        words={"gives": world.say("desconto"), "terms": []},
        language="pt-br",
    )


@kind
def booking_intent(world: World) -> BookingIntent:
    at = timezone.now()
    return booking.ask(
        Wish(
            property_id=world["property"].pk,
            suite_type_id=world["suitetype"].pk,
            stay_id=world["stay"].pk,
            arrival=at + timedelta(hours=1),
            price_centavos=9000,
        ),
        at=at,
    )
