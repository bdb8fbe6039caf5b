"""Rules and coupons that a company's file says."""

import pytest

from promotions.enums import CouponKind, Effect
from promotions.models import CodeBatch, Coupon, CouponCode, PromotionRule
from promotions.pages import PromotionPage
from promotions.rules.codes import is_well_formed
from promotions.selectors import grants, published_rules
from promotions.sentences import benefit_text, hours_text
from sites.provisioning.ledger import Verb
from tenancy.context import tenant_scope
from tenancy.models import Property


@pytest.fixture
def rule(mar):
    mar.provision()
    with tenant_scope(mar.tenant):
        yield PromotionRule.objects.get(slug="mar-terca")


def test_a_promotion_becomes_a_rule_that_its_pages_tell_of(rule):
    (read,) = published_rules()

    assert benefit_text(read.benefit) == "20% de desconto"
    assert hours_text(read.windows.openings).endswith("das 18:00 às 02:00")
    assert read.properties == {Property.objects.get(slug="mar").pk}
    assert set(PromotionPage.objects.values_list("rule", flat=True)) == {rule.pk}
    assert rule.latest_revision is not None


def test_coupons_are_published_with_their_codes(rule):
    single, batch = Coupon.objects.get(slug="terca"), Coupon.objects.get(slug="lote")

    assert (single.kind, batch.kind) == (CouponKind.SINGLE, CouponKind.BATCH)
    assert CouponCode.objects.get(coupon_id=single.pk).code == "TERCA20"
    codes = CouponCode.objects.filter(coupon_id=batch.pk)
    assert CodeBatch.objects.get().count == codes.count() == 2
    assert all(is_well_formed(each.code) and each.code.startswith("LOTE") for each in codes)
    assert grants([batch.pk])[batch.pk].terms.limits.per_person == 1


def test_a_file_that_changed_writes_a_new_revision(mar, rule):
    mar.edit("percent = 20", "amount = 30")

    report = mar.provision()

    rule.refresh_from_db()
    assert (rule.effect, rule.percent, rule.amount_centavos) == (Effect.AMOUNT, None, 3_000)
    assert [(each.verb, each.key) for each in report.changes] == [
        (Verb.CHANGED, "properties[mar].promotions[terca]")
    ]
    assert CouponCode.objects.count() == 3


def test_what_people_changed_stays_until_the_file_changes(mar, rule):
    rule.percent = 25
    rule.save_revision().publish()

    mar.provision()

    rule.refresh_from_db()
    assert rule.percent == 25


def test_a_coupon_that_people_deleted_stays_deleted(mar, rule):
    Coupon.objects.get(slug="terca").delete()

    report = mar.provision()

    assert not Coupon.objects.filter(slug="terca").exists()
    assert [each.verb for each in report.changes] == [Verb.KEPT]


def test_a_coupon_with_a_heading_is_on_the_promotion_s_page_in_each_language(mar, rule):
    mar.edit('name = "Terça"', 'name = "Terça"\nheading = { pt = "Um mimo", en = "A treat" }')

    mar.provision()

    pages = PromotionPage.objects.filter(slug="terca")
    shown = {
        page.locale.language_code: block.value["heading"]
        for page in pages
        for block in page.story
        if block.block_type == "coupon_reveal"
    }
    assert (shown["pt-br"], shown["en"]) == ("Um mimo", "A treat")
