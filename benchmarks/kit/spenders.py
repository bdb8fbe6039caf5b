"""Clients who use coupons, in the company that benchmarks have."""

import itertools
import os
import secrets
from collections.abc import Iterator
from uuid import uuid4

from django.utils import timezone

from benchmarks.kit import pgbench
from promotions import services
from promotions.enums import Effect
from promotions.models import Coupon, CouponCode, PromotionRule
from promotions.rules.effects import Bill
from promotions.rules.limits import Want
from promotions.services import Ask, Request, Taken
from promotions.spending import SLOTS, NewUse, taking
from promotions.spending.wants import Slot
from tenancy.context import PLATFORM_ID, tenant_scope
from tenancy.models import Property, Tenant


class Spent(RuntimeError):
    """A coupon of which there should have been enough was refused."""


def set_the_scene(slug: str, coupons: int, limit: int) -> Property:
    """Make so many coupons of one promotion, each with one code; return whose they are."""
    with tenant_scope(PLATFORM_ID):
        tenant = Tenant.objects.get(slug=slug)
    with tenant_scope(tenant):
        promotion = PromotionRule.objects.create(
            slug="bench", name="Bench", effect=Effect.PERCENT, percent=10
        )
        for number in range(coupons):
            coupon = Coupon.objects.create(
                rule=promotion, slug=f"c{number}", name="Bench", code=f"BENCH{number}", limit=limit
            )
            CouponCode.objects.create(coupon_id=coupon.pk, code=f"BENCH{number}")
        house: Property = Property.objects.select_related("site", "tenant").first()
    return house


class Spender:
    """A client: what it does, it does once, or raises."""

    def __init__(self, house: Property, coupons: int = 200) -> None:
        self._house = house
        self._coupons = coupons
        self._keys: Iterator[str] = (f"{os.getpid()}-{n}" for n in itertools.count())
        self._run = secrets.token_hex(8)

    def redeem(self, _client: int) -> None:
        self._redeem("BENCH0")

    def redeem_any(self, _client: int) -> None:
        self._redeem(f"BENCH{secrets.randbelow(self._coupons)}")

    def redeem_each(self, _client: int) -> None:
        """Redeem all of them, as a process that has run for a while has done."""
        for number in range(self._coupons):
            self._redeem(f"BENCH{number}")

    def hold_and_commit(self, _client: int) -> None:
        with tenant_scope(self._house.tenant):
            held = services.hold(self._ask("BENCH0"), self._request())
            if not isinstance(held, Taken):
                raise Spent(repr(held))
            services.commit(held.use.id, self._request(), at=timezone.now())

    def _redeem(self, code: str) -> None:
        with tenant_scope(self._house.tenant):
            answer = services.redeem(self._ask(code), self._request())
        if not isinstance(answer, Taken):
            raise Spent(repr(answer))

    def _ask(self, code: str) -> Ask:
        return Ask(code=code, at=timezone.now(), house=self._house, bill=Bill(18_900))

    def _request(self) -> Request:
        return Request(f"{self._run}-{next(self._keys)}", "bench")


def as_script(house: Property, limit: int) -> str:
    """Return the statement that redeems, for pgbench: each run is another use and another slot."""
    with tenant_scope(house.tenant):
        row = CouponCode.objects.get(code="BENCH0")
        rule_id = Coupon.objects.get(pk=row.coupon_id).rule_id
        use = NewUse(
            id=uuid4(),
            coupon_id=row.coupon_id,
            code_id=row.pk,
            rule_id=rule_id,
            property_id=house.pk,
            price_centavos=18_900,
            discount_centavos=1_890,
            digest="0" * 64,
            at=timezone.now(),
        )
        want = Want(row.coupon_id, "all", 1, limit, is_shared=True)
        told = use.as_json([Slot(want, SLOTS - 1, is_spread=True)])
    told = told.replace(str(use.id), "00000000-0000-4000-8000-:use")
    told = told.replace(f'"all", {SLOTS - 1},', '"all", :slot,')
    sent = taking.TAKE.execute.replace("%(use)s", f"'{told}'")
    return f"""
\\if :{pgbench.IS_READY}
\\else
{" ".join(taking.TAKE.prepare.split())};
\\set {pgbench.IS_READY} 1
\\endif
\\set slot random(0, {SLOTS - 1})
\\set use random(100000000000, 999999999999)
SELECT set_config('app.tenant_id', '{house.tenant_id}', true)\\; {sent};
"""
