"""The admin's screens for promotions."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from promotions.enums import BookingState
from promotions.models import BookingIntent, Coupon, CouponCode, PromotionRule
from promotions.pages import PromotionPage
from suites.models import SuiteType
from tenancy.context import tenant_scope
from tenancy.models import Property
from tests.factories.promotions import make_coupon, make_rule, make_window
from tests.factories.suites import make_suite
from tests.isolation.bodies import forms_of

pytestmark = pytest.mark.django_db

TUESDAY = datetime(2026, 11, 24, 15, tzinfo=UTC)
RULES, COUPONS = "wagtailsnippets_promotions_promotionrule", "wagtailsnippets_promotions_coupon"


@pytest.fixture(autouse=True)
def _tuesday(time_machine):
    time_machine.move_to(TUESDAY, tick=False)


def rows(name, *values):
    """Return the body of an inline panel's rows."""
    body = {f"{name}-TOTAL_FORMS": str(len(values)), f"{name}-INITIAL_FORMS": "0"}
    for number, row in enumerate(values):
        body |= {f"{name}-{number}-{field}": value for field, value in row.items()}
        body[f"{name}-{number}-ORDER"] = str(number + 1)
    return body


def add(client, views, **body):
    address = reverse(f"{views}:add")
    return client.post(address, forms_of(client.get(address).content) | body)


def edit(client, views, row, **body):
    address = reverse(f"{views}:edit", args=[row.pk])
    return client.post(address, forms_of(client.get(address).content) | body)


RULE = {"name": "Nova", "slug": "nova", "effect": "percent", "percent": "15"}


@pytest.mark.parametrize("field", ["ends_at", "expire_at"])
def test_an_end_that_no_calendar_reaches_is_refused_at_its_field(lua, staff, field):
    answer = add(staff(lua, "manager"), RULES, **RULE, **{field: "9999-12-31 23:59"})

    assert "Escreva um ano entre 2000 e 2099." in answer.content.decode()
    with tenant_scope(lua):
        assert not PromotionRule.objects.filter(slug="nova").exists()


def test_a_manager_has_a_rule_published_at_its_hour(lua, staff):
    hour = {"go_live_at": "2026-11-25 18:00", "action-publish": "1"}
    add(staff(lua, "manager"), RULES, **RULE, **hour)
    with tenant_scope(lua):
        rule = PromotionRule.objects.get(slug="nova")
        assert not rule.live
        assert rule.scheduled_revision.approved_go_live_at == datetime(2026, 11, 25, 21, tzinfo=UTC)


def test_a_code_that_a_draft_is_to_have_is_taken(lua, staff):
    with tenant_scope(lua):
        rule = make_rule("dois")
        make_coupon("um", rule, publish=False, code="IGUAL-10")
        other = make_coupon("dois", rule, publish=False, code="OUTRO")

    answer = edit(staff(lua, "manager"), COUPONS, other, code="igual 10".replace(" ", "-"))

    assert "Este código já é de outro cupom." in answer.content.decode()


def test_of_two_coupons_that_are_published_with_one_code_the_later_is_a_draft(lua):
    with tenant_scope(lua):
        rule = make_rule("dois")
        first = make_coupon("um", rule, code="IGUAL-10")
        second = make_coupon("dois", rule, code="igual-10")

        assert (first.live, second.live) == (True, False)
        assert CouponCode.objects.get(code="IGUAL10").coupon_id == first.pk


def test_signs_that_no_code_has_are_looked_for_in_vain(lua, staff):
    with tenant_scope(lua):
        coupon = make_coupon("lotes", make_rule("lotes"), kind="batch", code="", prefix="L")
    address = reverse("coupon_codes", args=[coupon.pk])

    assert staff(lua, "manager").get(address, {"q": "\x00"}).status_code == 200


def test_what_waits_is_shown_first_however_much_has_come_since(lua, staff):
    with tenant_scope(lua):
        house = Property.objects.get(slug="lua")
        facts = {"property_id": house.pk, "suite_type_id": house.pk, "stay_id": house.pk}
        facts |= {"arrival": TUESDAY, "price_centavos": 7600}
        facts["expires_at"] = TUESDAY + timedelta(hours=12)
        BookingIntent.objects.create(reference="ESPERA2", created_at=TUESDAY, **facts)
        BookingIntent.objects.bulk_create(
            BookingIntent(
                reference=f"PASSOU{number}",
                state=BookingState.DECLINED,
                created_at=TUESDAY + timedelta(minutes=1),
                **facts,
            )
            for number in range(150)
        )

    client, address = staff(lua, "manager"), reverse("promotions_bookings")
    first, second = (client.get(address, {"p": p}).content.decode() for p in (1, 2))

    assert "ESPERA2" in first
    assert first.count("PASSOU") + second.count("PASSOU") == 150


def test_an_editor_drafts_and_a_manager_publishes(lua, staff):
    add(staff(lua, "editor"), RULES, **RULE, **{"action-publish": "1"})
    with tenant_scope(lua):
        draft = PromotionRule.objects.get(slug="nova")
        assert not draft.live

    edit(staff(lua, "manager"), RULES, draft, **{"action-publish": "1"})

    with tenant_scope(lua):
        assert PromotionRule.objects.get(slug="nova").live


def test_an_editor_submits_a_rule_to_those_who_approve_pages(lua, staff):
    add(staff(lua, "editor"), RULES, **RULE, **{"action-submit": "1"})

    with tenant_scope(lua):
        draft = PromotionRule.objects.get(slug="nova")
        assert draft.current_workflow_state.workflow.name == "Publicação"
        task = draft.current_workflow_task_state
    approve = reverse(f"{RULES}:workflow_action", args=[draft.pk, "approve", task.pk])
    staff(lua, "manager").post(approve)
    with tenant_scope(lua):
        assert PromotionRule.objects.get(slug="nova").live


def test_instants_are_of_the_company_s_zone(lua, staff):
    with tenant_scope(lua):
        Property.objects.update(timezone="America/Manaus")  # UTC-4

    client = staff(lua, "manager")
    add(client, RULES, **RULE, starts_at="2026-12-01 08:00", **{"action-publish": "1"})

    with tenant_scope(lua):
        rule = PromotionRule.objects.get(slug="nova")
        assert rule.starts_at == datetime(2026, 12, 1, 12, tzinfo=UTC)
    shown = client.get(reverse(f"{RULES}:edit", args=[rule.pk])).content.decode()
    assert "2026-12-01 08:00" in shown
    assert "America/Manaus" in shown


def test_a_rule_covers_nothing_of_a_house_where_it_does_not_hold(lua, staff):
    with tenant_scope(lua):
        here = Property.objects.get(slug="lua-centro")
        loft = SuiteType.objects.get(slug="loft", property__slug="lua")
        own = make_suite(here, "toca")
    client, at_centro = staff(lua, "manager"), rows("properties", {"property": str(here.pk)})

    refused = add(
        client, RULES, **RULE, **at_centro, **rows("suite_types", {"suite_type": str(loft.pk)})
    )
    taken = add(
        client, RULES, **RULE, **at_centro, **rows("suite_types", {"suite_type": str(own.pk)})
    )

    assert set(refused.context["form"].formsets["suite_types"].errors[0]) == {"suite_type"}
    assert taken.status_code == 302


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"percent": ""}, "percent"),
        ({"amount_centavos": "10"}, "amount_centavos"),
        ({"stacking_group": "almoco"}, "stacking_group"),
        ({"slug": "lua-terca"}, "slug"),
    ],
)
def test_what_contradicts_itself_is_refused_at_its_field(lua, staff, body, field):
    answer = add(staff(lua, "manager"), RULES, **RULE | body)

    assert set(answer.context["form"].errors) == {field}


@pytest.fixture
def rule(lua):
    with tenant_scope(lua):
        return make_rule("base", windows=[make_window("22:00-02:00", "fri")])


def test_a_code_is_one_coupon_s(lua, staff, rule):
    body = {"name": "Dele", "slug": "dele", "rule": str(rule.pk), "kind": "single"}
    client = staff(lua, "manager")

    taken = add(client, COUPONS, **body, code="Terça-20".replace("ç", "c"))
    free = add(client, COUPONS, **body, code="Dele-10", **{"action-publish": "1"})

    assert set(taken.context["form"].errors) == {"code"}
    assert free.status_code == 302
    with tenant_scope(lua):
        coupon = Coupon.objects.get(slug="dele")
        assert CouponCode.objects.get(code="DELE10").coupon_id == coupon.pk


def test_what_pages_have_of_a_coupon_does_not_give_its_code_away(lua, staff, rule):
    body = {"name": "Dele", "rule": str(rule.pk), "kind": "single", "code": "Dele-10"}
    answer = add(staff(lua, "manager"), COUPONS, **body, slug="promo-dele-10")

    assert set(answer.context["form"].errors) == {"slug"}


def test_a_code_that_a_coupon_had_before_is_refused_from_then_on(lua, rule):
    with tenant_scope(lua):
        coupon = make_coupon("vai", rule, code="VAI-1")
        coupon.code = "VAI-2"
        coupon.save_revision().publish()
        found = CouponCode.objects.filter(coupon_id=coupon.pk).order_by("code")

        assert [(each.code, each.disabled_at is None) for each in found] == [
            ("VAI1", False),
            ("VAI2", True),
        ]


def calendar(client, **asked):
    return client.get(reverse("promotions_calendar"), asked).content.decode()


def test_the_calendar_shows_a_week_of_each_house(lua, staff, rule):
    html = calendar(staff(lua, "editor"))

    assert "Motel Lua" in html
    assert html.count('aria-current="date"') == html.count('<table class="agenda-table')
    assert "18:00–24:00" in html  # Tuesday's of the file
    assert "00:00–02:00" in html
    assert "22:00–24:00" in html


def test_a_rule_of_one_house_is_drawn_there_alone(lua, staff):
    with tenant_scope(lua):
        here = Property.objects.get(slug="lua-centro")
        make_rule("so-aqui", name="Só aqui", properties=[here])

    assert calendar(staff(lua, "editor")).count("Só aqui") == 1


def test_drafts_are_drawn_when_they_are_asked_for(lua, staff):
    with tenant_scope(lua):
        make_rule("a-vir", name="A vir", publish=False)
    client = staff(lua, "editor")

    assert "A vir" not in calendar(client)
    assert "A vir" in calendar(client, drafts="1")


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"span": "month", "on": "2024-02-10"}, 29),
        ({"span": "month"}, 30),
        ({"on": "2026-12-31"}, 7),
        ({"span": "<b>", "on": "ontem"}, 7),
        ({"on": "0001-01-01"}, 7),
        ({"on": "9999-12-31", "span": "month"}, 30),
    ],
)
def test_any_days_may_be_asked_for(lua, staff, asked, count):
    html = calendar(staff(lua, "editor"), **asked)

    table = html.split("<thead>")[1].split("</thead>")[0]
    assert table.count('<th scope="col"') == count + 1


def test_the_checks_lead_to_what_is_to_be_mended(lua, staff, rule):
    with tenant_scope(lua):
        page = PromotionPage.objects.get(slug="terca", locale__language_code="pt-br")
        PromotionRule.objects.filter(pk=page.rule_id).update(live=False)

    html = staff(lua, "editor").get(reverse("promotions_lints")).content.decode()

    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in html
    assert "a promoção acabou ou não está publicada" in html
    assert reverse(f"{RULES}:edit", args=[rule.pk]) in html
    assert "Nenhuma página publicada conta desta promoção." in html


def test_the_checks_tell_of_houses_without_any_promotion(lua, staff):
    with tenant_scope(lua):
        PromotionPage.objects.all().delete()
        Coupon.objects.all().delete()
        PromotionRule.objects.all().delete()

    html = staff(lua, "editor").get(reverse("promotions_lints")).content.decode()

    assert html.count("Sem promoção nenhuma de 24/11/2026 a 23/12/2026.") == 2


def test_a_rule_that_a_page_tells_of_is_not_deleted(lua, staff):
    with tenant_scope(lua):
        told = PromotionRule.objects.get(slug="lua-terca")

    staff(lua, "manager").post(reverse(f"{RULES}:delete", args=[told.pk]))

    with tenant_scope(lua):
        assert PromotionRule.objects.filter(pk=told.pk).exists()
