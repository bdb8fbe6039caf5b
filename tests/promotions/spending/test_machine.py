"""Anybody does anything with coupons, in any order, while time passes: nothing is given twice."""

import json
import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from privacy import vault
from promotions import services
from promotions.enums import Stacking, UseState
from promotions.models import Coupon, CouponUse
from promotions.rules.effects import Bill, Discount
from promotions.rules.eligibility import Reason
from promotions.rules.stacking import Lane, Offer
from promotions.services import (
    Ask,
    Done,
    Impossible,
    KeyReused,
    Refused,
    Request,
    Taken,
    Valid,
)
from tenancy.context import tenant_scope
from tenancy.models import Property
from tests.factories.coupons import NOON, PERSONS, ask_for, make_coupon, make_rule
from tests.promotions.spending.counting import mistakes

pytestmark = pytest.mark.django_db

ZONE = ZoneInfo("America/Sao_Paulo")
CODES = ("UMA", "DUAS")
ALIVE = {UseState.HELD, UseState.SPENT}
LIMIT_REASONS = {
    Reason.GLOBAL_LIMIT,
    Reason.CODE_LIMIT,
    Reason.IDENTIFIER_LIMIT,
    Reason.BUDGET_EXHAUSTED,
    Reason.HELD_BY_OTHER,
}
FIELDS = {
    "limit": 1,
    "limit_per_code": 1,
    "limit_per_property": 1,
    "limit_per_day": 1,
    "limit_per_week": 1,
    "limit_per_month": 1,
    "limit_per_identifier": 1,
    "budget_centavos": 1000,
}
"""Each limit of a coupon, with what one use takes of it."""

limits = st.fixed_dictionaries(
    {},
    optional={name: st.integers(1, 5).map(size.__mul__) for name, size in FIELDS.items()},
)
BESIDE = Offer("sempre", Discount(700), Lane(Stacking.FREE))
"""A promotion without a code, which goes with both coupons: it counts for no limit of theirs."""
keys = st.integers(0, 30).map(str)


class Coupons(RuleBasedStateMachine):
    """Two coupons with a promotion's budget in common, three people, two properties."""

    houses: list[Property]

    def __init__(self) -> None:
        super().__init__()
        self.at: datetime = NOON
        self.asked: dict[str, tuple[Ask, UUID]] = {}
        self.steps: dict[tuple[str, str], UUID] = {}
        self._inside = transaction.atomic()
        self._inside.__enter__()

    def teardown(self) -> None:
        assert_no_cpf_in_rows()
        transaction.set_rollback(True)
        self._inside.__exit__(None, None, None)

    @initialize(first=limits, second=limits, budget=st.none() | st.integers(1, 9))
    def issue(self, first: dict[str, int], second: dict[str, int], budget: int | None) -> None:
        promotion = make_rule(budget_centavos=budget and budget * 1000, stacking=Stacking.FREE)
        for code, limits in zip(CODES, (first, second), strict=True):
            asks_who = "cpf" if "limit_per_identifier" in limits else ""
            make_coupon(promotion, code, identifier=asks_who, **limits)

    def ask(self, code: str, person: int, house: int, off: int) -> Ask:
        bill = Bill(10_000 - off)
        more = {"holder": PERSONS[person], "bill": bill, "automatic": (BESIDE,)}
        return ask_for(self.houses[house], code, at=self.at, **more)

    off = st.sampled_from((0, 8700, 9500))
    asks = st.tuples(st.sampled_from(CODES), st.integers(0, 2), st.integers(0, 1), off)

    @rule(asked=asks, key=keys, is_held=st.booleans())
    def take(self, asked: tuple[str, int, int, int], key: str, is_held: bool) -> None:
        verb = services.hold if is_held else services.redeem
        name = f"{verb.__name__}:{key}"
        ask = self.ask(*asked)
        earlier, use_id = self.asked.get(name, (None, None))
        before = self.alive()
        try:
            answer = verb(ask, Request(key))
        except KeyReused:
            assert earlier is not None
            assert body(earlier) != body(ask)
            return
        if earlier is not None:
            assert body(earlier) == body(ask)
            assert isinstance(answer, Taken)
            assert (answer.is_repeated, answer.use.id) == (True, use_id)
        elif isinstance(answer, Taken):
            self.asked[name] = ask, answer.use.id
            assert not answer.is_repeated
            self.assert_within_limits(ask)
        else:
            self.assert_rightly_refused(answer, ask, before)

    @rule(asked=asks)
    def validate(self, asked: tuple[str, int, int, int]) -> None:
        ask = self.ask(*asked)
        with connection.execute_wrapper(refuse_writes):
            answer = services.validate(ask)
        would = transaction.atomic()
        would.__enter__()
        taken = services.redeem(ask, Request("would-be"))
        transaction.set_rollback(True)
        would.__exit__(None, None, None)
        assert isinstance(answer, Valid) == isinstance(taken, Taken)

    @precondition(lambda self: self.asked)
    @rule(data=st.data(), key=keys, verb=st.sampled_from(("commit", "cancel", "reverse")))
    def step(self, data: st.DataObject, key: str, verb: str) -> None:
        use_id = data.draw(st.sampled_from([each for _ask, each in self.asked.values()]))
        was = CouponUse.objects.get(pk=use_id)
        done = self.steps.get((verb, key))
        try:
            answer = getattr(services, verb)(use_id, Request(key), at=self.at)
        except KeyReused:
            assert done not in {None, use_id}
            return
        if isinstance(answer, Impossible):
            assert done is None
            assert answer.state != AFTER[verb]
            return
        assert isinstance(answer, Done)
        if done is None and not answer.is_repeated:
            self.steps[verb, key] = use_id
            assert was.state == BEFORE[verb]
            assert verb != "commit" or was.expires_at > self.at

    @rule(minutes=st.sampled_from((1, 14, 15, 16, 60 * 24, 60 * 24 * 7)))
    def pass_time(self, minutes: int) -> None:
        self.at += timedelta(minutes=minutes)

    @rule()
    def sweep(self) -> None:
        services.expire_holds(at=self.at)
        assert not CouponUse.objects.filter(state=UseState.HELD, expires_at__lte=self.at).exists()

    @rule(code=st.sampled_from(CODES), name=st.sampled_from(sorted(FIELDS)), many=st.integers(1, 6))
    def change_limit(self, code: str, name: str, many: int) -> None:
        changed = Coupon.objects.filter(code=code).exclude(**{name: None})
        changed.update(**{name: many * FIELDS[name]})

    @invariant()
    def adds_up(self) -> None:
        assert mistakes() == {}

    @invariant()
    def takes_no_more_than_the_price(self) -> None:
        for use in CouponUse.objects.all():
            left = use.price_centavos - use.discount_centavos
            assert use.beside_centavos == min(left, BESIDE.discount.centavos)

    def alive(self) -> list[CouponUse]:
        """Return the uses that count: spent, or held and in time."""
        found = CouponUse.objects.filter(state__in=ALIVE)
        return [use for use in found if use.state == UseState.SPENT or use.expires_at > self.at]

    def assert_within_limits(self, ask: Ask) -> None:
        for name, limit, total in self.totals(ask, self.alive()):
            assert total <= limit, name

    def assert_rightly_refused(self, answer: Refused, ask: Ask, before: list[CouponUse]) -> None:
        reasons = {finding.reason for finding in answer.findings}
        assert reasons <= LIMIT_REASONS
        off = min(1000, ask.bill.centavos)
        wanted = {name: (off if "budget" in name else 1) for name in (*FIELDS, "rule budget")}
        assert any(total + wanted[name] > limit for name, limit, total in self.totals(ask, before))

    def totals(self, ask: Ask, uses: list[CouponUse]) -> Iterator[tuple[str, int, int]]:
        """Return each limit that an ask comes under, and what counts towards it."""
        coupon = Coupon.objects.select_related("rule").get(code=ask.code)
        budget = coupon.rule.budget_centavos
        if budget is not None:
            yield "rule budget", budget, sum(use.discount_centavos for use in uses)
        mine = [use for use in uses if use.coupon_id == coupon.pk]
        for name in FIELDS:
            limit = getattr(coupon, name)
            if limit is not None:
                yield (
                    name,
                    limit,
                    sum(
                        use.discount_centavos if name == "budget_centavos" else 1
                        for use in mine
                        if comes_under(name, use, ask)
                    ),
                )


BEFORE = {"commit": UseState.HELD, "cancel": UseState.HELD, "reverse": UseState.SPENT}
AFTER = {"commit": UseState.SPENT, "cancel": UseState.CANCELLED, "reverse": UseState.REVERSED}


def body(ask: Ask) -> tuple[Any, ...]:
    """Return what makes an ask the same as another: who asks counts where it is asked."""
    asks_who = Coupon.objects.get(code=ask.code).identifier
    return ask.code, ask.house.pk, ask.bill, ask.holder if asks_who else None


def comes_under(name: str, use: CouponUse, ask: Ask) -> bool:
    day, today = (at.astimezone(ZONE).date() for at in (use.created_at, ask.at))
    return {
        "limit_per_property": lambda: use.property_id == ask.house.pk,
        "limit_per_day": lambda: day == today,
        "limit_per_week": lambda: day.isocalendar()[:2] == today.isocalendar()[:2],
        "limit_per_month": lambda: (day.year, day.month) == (today.year, today.month),
        "limit_per_identifier": lambda: use.subject_id == subject_of(ask),
    }.get(name, lambda: True)()


def subject_of(ask: Ask) -> UUID | None:
    return vault.find_subject(ask.holder or "")


def refuse_writes(execute: Any, sql: str, *rest: Any) -> Any:
    assert not {"INSERT", "UPDATE", "DELETE"} & set(sql.upper().split()), sql
    return execute(sql, *rest)


def assert_no_cpf_in_rows() -> None:
    """Look for a CPF in all that the tenant's rows say, written either way."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT to_jsonb(u)::text FROM promotions_couponuse u "
            "UNION ALL SELECT to_jsonb(l)::text FROM promotions_ledgerentry l "
            "UNION ALL SELECT to_jsonb(m)::text FROM promotions_meter m "
            "UNION ALL SELECT to_jsonb(a)::text FROM tenancy_auditentry a"
        )
        assert_no_cpf_in("\n".join(row[0] for row in cursor.fetchall()))


def assert_no_cpf_in(text: str) -> None:
    for person in PERSONS:
        assert person not in text
        assert "".join(filter(str.isdigit, person)) not in text


@pytest.mark.parametrize("is_spread", [False, True], ids=["rows", "slots"])
def test_whatever_is_done_nothing_is_given_twice(lua, monkeypatch, caplog, is_spread):
    if is_spread:
        monkeypatch.setattr("promotions.spending.wants.SPREAD_FROM", 2)
        for module in ("wants", "meters"):
            monkeypatch.setattr(f"promotions.spending.{module}.SLOTS", 3)
    caplog.set_level(logging.DEBUG)
    with tenant_scope(lua):
        Coupons.houses = list(Property.objects.order_by("slug"))
        for person in PERSONS[:2]:  # the third is new each time
            vault.subject_of(person)
        run_state_machine_as_test(
            Coupons,
            settings=settings(
                max_examples=40,
                stateful_step_count=40,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
    assert_no_cpf_in(json.dumps([record.getMessage() for record in caplog.records]))
