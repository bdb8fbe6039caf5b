"""The screen of a suite type that is there already, used as a manager would."""

from datetime import date

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from suites.models import Feature, Stay, StayPrice, Suite, SuiteType, SuiteTypeFeature
from suites.rules.edits import standing_keys
from suites.services import records_of
from tenancy.context import tenant_scope
from tenancy.models import Property
from tests.factories.suites import make_suite
from tests.isolation.bodies import forms_of

pytestmark = pytest.mark.django_db


def edited(html):
    """Return what the form of a screen sends as it is."""
    return {name: values for name, values in forms_of(html).items() if "__prefix__" not in name}


@pytest.fixture
def screen(lua, staff):
    with tenant_scope(lua):
        suite_type = make_suite(Property.objects.get(slug="lua"), "editada", centavos=7600)
    url = reverse("wagtailsnippets_suites_suitetype:edit", args=[suite_type.pk])
    client = staff(lua, "manager")
    return lambda **changes: client.post(url, edited(client.get(url).content) | changes)


def prices_of(slug):
    return sorted(
        StayPrice.objects.filter(suite_type__slug=slug).values_list("centavos", flat=True)
    )


def test_new_amount_leaves_the_old_one_on_record(lua, screen):
    response = screen(**{"prices-0-centavos": ["81,00"]})

    assert response.status_code == 302
    with tenant_scope(lua):
        old, new = StayPrice.objects.filter(suite_type__slug="editada").order_by("centavos")
        assert (old.centavos, old.valid_from) == (7600, None)
        assert new.centavos == 8100
        assert new.valid_from is not None


def test_amount_that_others_took_the_place_of_is_locked(lua, screen):
    screen(**{"prices-0-centavos": ["81,00"]})

    screen(**{"prices-0-centavos": ["1,00"], "prices-1-centavos": ["1,00"]})

    with tenant_scope(lua):
        assert prices_of("editada") == [100, 7600]


def added(stay, price, **fields):
    """Return the second price of the form, as a new row."""
    row = {"stay": str(stay.pk), "centavos": price, "day_class": "any", "special_day": ""}
    row |= {"arrives_from": "", "arrives_until": "", "valid_from": "", "id": ""} | fields
    data = {f"prices-1-{name}": [value] for name, value in row.items()}
    return data | {"prices-TOTAL_FORMS": ["2"]}


@pytest.fixture
def two_hours(lua, screen):
    with tenant_scope(lua):
        return Stay.objects.get(slug="2h-editada")


def standing_of(slug):
    suite_type = SuiteType.objects.get(slug=slug)
    records = records_of(suite_type)
    keys = standing_keys(records.values(), on=timezone.localdate())
    return sorted(records[key].centavos for key in keys)


def test_added_price_without_a_date_counts_from_today(lua, screen, two_hours):
    hours = {"arrives_from": "00:00", "arrives_until": "23:59"}

    response = screen(**added(two_hours, "33", **hours))

    assert response.status_code == 302
    with tenant_scope(lua):
        assert StayPrice.objects.get(centavos=3300).valid_from is not None
        assert standing_of("editada") == [3300, 7600]


def test_added_price_takes_the_place_of_the_one_of_the_same_arrivals(lua, screen, two_hours):
    assert screen(**added(two_hours, "33")).status_code == 302

    with tenant_scope(lua):
        assert prices_of("editada") == [3300, 7600]
        assert standing_of("editada") == [3300]


def test_added_price_of_the_past_is_refused_at_its_date(lua, screen, two_hours):
    response = screen(**added(two_hours, "33", valid_from="2020-01-01"))

    assert "Um preço não muda o passado" in response.content.decode()
    with tenant_scope(lua):
        assert prices_of("editada") == [7600]


def test_changed_and_added_price_of_the_same_arrivals_are_refused(lua, screen, two_hours):
    response = screen(**added(two_hours, "33"), **{"prices-0-centavos": ["80"]})

    assert "Já existe um preço para esta permanência" in response.content.decode()
    with tenant_scope(lua):
        assert prices_of("editada") == [7600]


def test_deleted_price_ends_and_stays_on_record(lua, screen):
    screen(**{"prices-0-DELETE": ["on"]})

    with tenant_scope(lua):
        assert prices_of("editada") == [7600]
        assert standing_of("editada") == []


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("abc", "Escreva o preço em reais, com vírgula antes dos centavos, assim: 1.234,50."),
        ("12.0", "Escreva o preço em reais, com vírgula antes dos centavos, assim: 1.234,50."),
        ("2.000.000", "O preço não pode passar de um milhão de reais."),
        ("-3", "O preço deve ser maior que zero."),
        ("0", "O preço deve ser maior que zero."),
    ],
)
@pytest.mark.parametrize("field", ["prices-0-centavos", "extra_hour_centavos"])
def test_what_is_no_amount_is_refused_in_reais(screen, field, typed, words):
    html = screen(**{field: [typed]}).content.decode()

    assert words in html
    assert "Informe um número inteiro" not in html


@pytest.fixture
def swap(lua, screen, staff):
    """Return what exchanges fields of the first two rows of a kind in the form of "editada"."""

    def send(rows, *names):
        with tenant_scope(lua):
            suite_type = SuiteType.objects.get(slug="editada")
        url = reverse("wagtailsnippets_suites_suitetype:edit", args=[suite_type.pk])
        client = staff(lua, "manager")
        fields = edited(client.get(url).content)
        for name in names:
            one, other = f"{rows}-0-{name}", f"{rows}-1-{name}"
            fields[one], fields[other] = fields[other], fields[one]
        return client.post(url, fields)

    return send


@pytest.mark.parametrize("valid_from", [None, date(2099, 1, 1)])
def test_two_prices_take_each_other_s_arrivals(lua, swap, two_hours, valid_from):
    with tenant_scope(lua):
        suite_type = SuiteType.objects.get(slug="editada")
        suite_type.prices.all().delete()
        for start, end, centavos in (("06:00", "12:00", 100), ("18:00", "23:00", 200)):
            StayPrice.objects.create(
                suite_type=suite_type,
                stay=two_hours,
                centavos=centavos,
                arrives_from=start,
                arrives_until=end,
                valid_from=valid_from,
            )

    response = swap("prices", "arrives_from", "arrives_until")

    assert response.status_code == 302
    with tenant_scope(lua):
        records = records_of(suite_type)
        keys = standing_keys(records.values(), on=valid_from or timezone.localdate())
        standing = {(str(records[key].arrives), records[key].centavos) for key in keys}
    assert standing == {("18:00–23:00", 100), ("06:00–12:00", 200)}


def test_two_suites_take_each_other_s_numbers(lua, swap, two_hours):
    with tenant_scope(lua):
        suite_type = SuiteType.objects.get(slug="editada")
        Suite.objects.create(suite_type=suite_type, number="2")
        before = dict(suite_type.suites.values_list("pk", "number"))

    response = swap("suites", "number")

    assert response.status_code == 302
    with tenant_scope(lua):
        after = dict(suite_type.suites.values_list("pk", "number"))
        connection.check_constraints()
    assert {after[pk] for pk, number in before.items() if number == "1"} == {"2"}
    assert sorted(after.values()) == ["1", "2"]


def test_two_rows_take_each_other_s_features(lua, swap, two_hours):
    with tenant_scope(lua):
        suite_type = SuiteType.objects.get(slug="editada")
        locale = Feature.objects.get(slug="tem-editada").locale
        other = Feature.objects.create(slug="outra", name="Outra", locale=locale)
        SuiteTypeFeature.objects.create(suite_type=suite_type, feature=other)

    response = swap("suite_type_features", "feature")

    assert response.status_code == 302
    with tenant_scope(lua):
        connection.check_constraints()
        assert suite_type.suite_type_features.count() == 2
