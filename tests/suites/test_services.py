from datetime import date

import pytest

from suites.models import Stay, StayPrice
from suites.rules.edits import past_keys
from suites.services import keep_past_prices, records_of
from tenancy.context import tenant_scope
from tenancy.models import AuditEntry, Property
from tests.factories.suites import make_suite

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 27)


@pytest.fixture
def suite_type(lua):
    with tenant_scope(lua):
        yield make_suite(Property.objects.get(slug="lua"), "loft-2", centavos=7600)


def change(suite_type, **fields):
    """Change the only price as a form does, and keep what it was."""
    before = records_of(suite_type)
    StayPrice.objects.filter(suite_type=suite_type).update(**fields)
    return keep_past_prices(suite_type=suite_type, before=before, on=TODAY)


def amounts(suite_type):
    found = StayPrice.objects.filter(suite_type=suite_type)
    return sorted(
        ((price.valid_from, price.centavos) for price in found), key=lambda pair: str(pair[0])
    )


def test_changed_amount_counts_from_today_and_the_old_one_stays(suite_type):
    [made] = change(suite_type, centavos=8000)

    assert amounts(suite_type) == [(TODAY, 8000), (None, 7600)]
    entry = AuditEntry.objects.get(action="suites.price.change")
    assert entry.object == f"suites.stayprice:{made.pk}"
    records = records_of(suite_type)
    assert [records[key].centavos for key in past_keys(records.values(), on=TODAY)] == [7600]


def test_amount_of_today_is_corrected_in_place(suite_type):
    change(suite_type, centavos=8000)
    before = records_of(suite_type)
    StayPrice.objects.filter(valid_from=TODAY).update(centavos=8100)

    assert keep_past_prices(suite_type=suite_type, before=before, on=TODAY) == []
    assert amounts(suite_type) == [(TODAY, 8100), (None, 7600)]


def test_change_for_a_coming_date_counts_from_it(suite_type):
    change(suite_type, centavos=8000, valid_from=date(2027, 1, 1))

    assert amounts(suite_type) == [(date(2027, 1, 1), 8000), (None, 7600)]


def test_nothing_is_written_where_nothing_changed(suite_type):
    assert change(suite_type) == []
    assert amounts(suite_type) == [(None, 7600)]


def test_prices_for_other_arrivals_stay(suite_type):
    stay = Stay.objects.get(slug="2h-loft-2")
    StayPrice.objects.create(
        suite_type=suite_type, stay=stay, centavos=5000, arrives_from="06:00", arrives_until="12:00"
    )
    before = records_of(suite_type)
    StayPrice.objects.filter(suite_type=suite_type, centavos=7600).update(centavos=8000)

    keep_past_prices(suite_type=suite_type, before=before, on=TODAY)

    past = past_keys(records_of(suite_type).values(), on=TODAY)
    rows = StayPrice.objects.filter(suite_type=suite_type).exclude(pk__in=past)
    assert sorted(row.centavos for row in rows) == [5000, 8000]


def test_removed_price_ends_today_and_stays_on_record(suite_type):
    before = records_of(suite_type)
    StayPrice.objects.filter(suite_type=suite_type).delete()

    keep_past_prices(suite_type=suite_type, before=before, on=TODAY)

    row = StayPrice.objects.get(suite_type=suite_type)
    assert (row.pk, row.centavos, row.ends_on) == (*before, 7600, TODAY)
    assert AuditEntry.objects.filter(action="suites.price.remove").count() == 1


def test_removing_the_new_amount_does_not_bring_the_old_one_back(suite_type):
    change(suite_type, centavos=8000)
    before = records_of(suite_type)
    StayPrice.objects.filter(centavos=8000).delete()

    keep_past_prices(suite_type=suite_type, before=before, on=TODAY)

    assert set(records_of(suite_type)) == past_keys(records_of(suite_type).values(), on=TODAY)
    assert amounts(suite_type) == [(TODAY, 8000), (None, 7600)]
