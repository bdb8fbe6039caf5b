"""Holding, redeeming, and what may follow."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
import structlog

from privacy import vault
from promotions import services
from promotions.enums import Effect, UseState
from promotions.models import Coupon, CouponUse, LedgerEntry, Meter, PromotionRule
from promotions.rules.effects import Bill
from promotions.services import Done, Impossible, KeyReused, Refused, Request, Taken
from tenancy.context import tenant_scope
from tenancy.models import AuditEntry, Property
from tests.factories.coupons import NOON, PERSONS, ask_for, make_coupon, make_rule

pytestmark = pytest.mark.django_db

TTL = timedelta(minutes=15)


def taken(answer: Taken | Refused) -> Taken:
    assert isinstance(answer, Taken), answer
    return answer


def done(answer: Done | Impossible) -> Done:
    assert isinstance(answer, Done), answer
    return answer


@pytest.fixture
def coupon(motel) -> Coupon:
    return make_coupon(make_rule(), limit=2, budget_centavos=5000)


def test_a_hold_is_kept_for_as_long_as_the_coupon_says(motel, coupon):
    Coupon.objects.update(hold_minutes=5)

    use = taken(services.hold(ask_for(motel), Request("k", "guest"))).use

    assert (use.state, use.discount_centavos) == (UseState.HELD, 1000)
    assert use.expires_at == NOON + timedelta(minutes=5)
    assert use == services.UseFacts.of(CouponUse.objects.get())
    assert LedgerEntry.objects.get().actor == "guest"


def test_what_a_use_gives_stays_as_it_was(motel):
    make_coupon(make_rule(effect=Effect.COURTESY, amount_centavos=None, courtesy="Espumante"))
    use = taken(services.redeem(ask_for(motel), Request("k"))).use
    PromotionRule.objects.update(courtesy="Água")

    assert use.gives == {"effect": "courtesy", "courtesy": "Espumante"}
    assert CouponUse.objects.get().gives == use.gives
    assert not Meter.objects.exists()


def test_a_request_that_is_repeated_is_answered_the_same_and_counts_once(motel, coupon):
    ask, request = ask_for(motel, arrival=NOON + TTL), Request("k")
    first = taken(services.hold(ask, request))

    again = taken(services.hold(replace(ask, at=NOON + timedelta(minutes=3)), request))
    Coupon.objects.update(live=False)
    later = taken(services.hold(replace(ask, at=NOON + timedelta(minutes=9)), request))

    assert first.use == again.use == later.use
    assert (first.is_repeated, again.is_repeated) == (False, True)
    assert Meter.objects.get(key="all").taken == 1


@pytest.mark.parametrize(
    "change",
    [
        {"code": "OUTRO"},
        {"bill": Bill(9000)},
        {"arrival": NOON + TTL},
        {"minutes": 120},
        {"suite_type_id": uuid4()},
        {"holder": PERSONS[1]},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_key_with_another_body_is_a_mistake(motel, change):
    make_coupon(make_rule(), identifier="cpf", limit_per_identifier=3)
    ask = ask_for(motel, holder=PERSONS[0])
    taken(services.redeem(ask, Request("k")))

    with pytest.raises(KeyReused):
        services.redeem(replace(ask, **change), Request("k"))
    assert CouponUse.objects.count() == 1


def test_keys_of_two_companies_are_two(motel, coupon, sol):
    taken(services.redeem(ask_for(motel), Request("k")))

    with tenant_scope(sol):
        make_coupon(make_rule())
        other = ask_for(Property.objects.get())
        assert not taken(services.redeem(other, Request("k"))).is_repeated


def test_a_commit_is_done_once_and_said_as_often_as_it_is_asked(motel, coupon):
    use = taken(services.hold(ask_for(motel), Request("k"))).use

    first = done(services.commit(use.id, Request("c"), at=NOON))
    again = done(services.commit(use.id, Request("c"), at=NOON + 2 * TTL))
    other = done(services.commit(use.id, Request("d"), at=NOON))

    assert [first.is_repeated, again.is_repeated, other.is_repeated] == [False, True, True]
    assert first.use == again.use == other.use
    assert first.use.state == UseState.SPENT
    steps = LedgerEntry.objects.order_by("at", "-step").values_list("step", flat=True)
    assert sorted(steps) == ["commit", "hold"]


def test_a_hold_whose_time_is_over_is_never_committed(motel, coupon):
    use = taken(services.hold(ask_for(motel), Request("k"))).use

    assert services.commit(use.id, Request("c"), at=NOON + TTL) == Impossible(UseState.EXPIRED)
    assert services.commit(use.id, Request("c"), at=NOON) == Impossible(UseState.EXPIRED)
    assert Meter.objects.get(key="all").taken == 0


def test_after_a_cancellation_nothing_is_committed(motel, coupon):
    use = taken(services.hold(ask_for(motel), Request("k"))).use

    assert not done(services.cancel(use.id, Request("x"), at=NOON)).is_repeated
    assert done(services.cancel(use.id, Request("y"), at=NOON)).is_repeated
    assert services.commit(use.id, Request("c"), at=NOON) == Impossible(UseState.CANCELLED)
    assert services.reverse(use.id, Request("r"), at=NOON) == Impossible(UseState.CANCELLED)
    assert Meter.objects.get(key="all").taken == 0


def test_a_reversal_gives_back_and_is_on_record(motel, coupon):
    use = taken(services.redeem(ask_for(motel), Request("k"))).use

    assert services.cancel(use.id, Request("x"), at=NOON) == Impossible(UseState.SPENT)
    done(services.reverse(use.id, Request("r", "user:7"), at=NOON))
    assert done(services.reverse(use.id, Request("r", "user:7"), at=NOON)).is_repeated

    assert {meter.key: meter.taken for meter in Meter.objects.all()} == {"all": 0, "budget": 0}
    entry = AuditEntry.objects.get(action="promotions.use.reverse")
    assert (entry.object, entry.data) == (f"promotions.couponuse:{use.id}", {"by": "user:7"})


@pytest.mark.parametrize("verb", ["commit", "cancel", "reverse"])
def test_a_step_of_nothing_is_impossible_and_a_key_is_for_one_use(motel, coupon, verb):
    step = getattr(services, verb)
    taking = services.redeem if verb == "reverse" else services.hold
    uses = [taken(taking(ask_for(motel), Request(key))).use for key in "ab"]

    assert step(uuid4(), Request("n"), at=NOON) == Impossible(None)
    done(step(uses[0].id, Request("k"), at=NOON))
    with pytest.raises(KeyReused):
        step(uses[1].id, Request("k"), at=NOON)


def test_a_use_of_another_company_cannot_be_touched(motel, coupon, sol):
    use = taken(services.hold(ask_for(motel), Request("k"))).use

    with tenant_scope(sol):
        for verb in (services.commit, services.cancel, services.reverse):
            assert verb(use.id, Request("c"), at=NOON) == Impossible(None)
    assert CouponUse.objects.get().state == UseState.HELD


def test_a_person_is_known_by_the_vault_alone(motel):
    make_coupon(make_rule(), identifier="cpf", limit_per_identifier=1)
    with structlog.testing.capture_logs() as logs:
        ask = ask_for(motel, holder=PERSONS[0])
        use = taken(services.hold(ask, Request("k"))).use
        assert isinstance(services.hold(ask, Request("l")), Refused)

    row = CouponUse.objects.get()
    assert row.subject_id == vault.find_subject(PERSONS[0])
    assert PERSONS[0] not in f"{ask!r}{use!r}{logs!r}{vars(row)!r}"


def test_nobody_is_kept_who_is_not_asked_for(motel, coupon):
    taken(services.redeem(ask_for(motel, holder=PERSONS[0]), Request("k")))

    assert CouponUse.objects.get().subject_id is None
    assert vault.find_subject(PERSONS[0]) is None


def test_whoever_is_refused_is_not_put_into_the_vault(motel):
    make_coupon(make_rule(), identifier="cpf", limit_per_identifier=1, ends_at=NOON)

    assert isinstance(services.hold(ask_for(motel, holder=PERSONS[0]), Request("k")), Refused)
    assert vault.find_subject(PERSONS[0]) is None
