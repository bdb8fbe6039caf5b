"""The suites' screens, used as a manager would."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from suites.models import Feature, Inclusion, Stay, StayPrice, SuiteType
from tenancy.context import tenant_scope
from tenancy.models import Property

pytestmark = pytest.mark.django_db


def suite_form(motel, stay, *, price="1.234,50", inclusions=()):
    """Return what the form for a new suite type sends."""
    price_row = {
        "stay": str(stay.pk),
        "centavos": price,
        "day_class": "any",
        "special_day": "",
        "arrives_from": "",
        "arrives_until": "",
        "valid_from": "",
    }
    data = nested_form_data(
        {
            "property": str(motel.pk),
            "name": "Master",
            "slug": "master",
            "capacity": "2",
            "included_people": "2",
            "extra_person_centavos": "",
            "extra_hour_centavos": "30",
            "area_m2": "",
            "position": "9",
            "suite_type_features": inline_formset([]),
            "suites": inline_formset([{"number": "901", "state": "open"}]),
            "prices": inline_formset([price_row]),
        }
    )
    data["prices-0-inclusions"] = [str(inclusion.pk) for inclusion in inclusions]
    return data


@pytest.fixture
def post(lua, staff):
    url = reverse("wagtailsnippets_suites_suitetype:add")
    client = staff(lua, "manager")
    return lambda data: client.post(url, data)


def test_manager_adds_a_suite_type_with_prices_in_reais(lua, post):
    with tenant_scope(lua):
        motel = Property.objects.get(slug="lua")
        stay = Stay.objects.filter(property=motel).first()
        inclusion = Inclusion.objects.get(locale__language_code="pt-br")
        data = suite_form(motel, stay, inclusions=[inclusion])

    response = post(data)

    assert response.status_code == 302
    with tenant_scope(lua):
        price = StayPrice.objects.get(suite_type__slug="master")
        assert price.centavos == 123450
        assert list(price.inclusions.all()) == [inclusion]


@pytest.mark.parametrize("price", ["muito", "", "12.5", "12.0", "89.90", "1,234.5", "1_000"])
def test_price_that_is_no_amount_is_refused(lua, post, price):
    with tenant_scope(lua):
        motel = Property.objects.get(slug="lua")
        data = suite_form(motel, Stay.objects.filter(property=motel).first(), price=price)

    response = post(data)

    assert response.status_code == 200
    with tenant_scope(lua):
        assert not SuiteType.objects.filter(slug="master").exists()


def test_stay_of_the_tenant_s_other_motel_is_refused(lua, post):
    with tenant_scope(lua):
        motel = Property.objects.get(slug="lua")
        data = suite_form(motel, Stay.objects.exclude(property=motel).first())

    response = post(data)

    assert "Escolha uma opção do mesmo motel." in response.content.decode()
    with tenant_scope(lua):
        assert not SuiteType.objects.filter(slug="master").exists()


def test_a_stay_with_prices_stays_at_its_motel(lua, staff):
    with tenant_scope(lua):
        price = StayPrice.objects.select_related("stay").first()
        other = Property.objects.exclude(pk=price.stay.property_id).get()
        price.stay.property = other

        with pytest.raises(ValidationError) as refused:
            price.stay.clean()

    assert set(refused.value.message_dict) == {"property"}


@pytest.mark.parametrize(
    "model", ["suitetype", "stay", "propertycalendar", "specialday", "feature", "inclusion"]
)
@pytest.mark.parametrize("view", ["list", "add"])
def test_screen_opens_for_managers(lua, staff, model, view):
    response = staff(lua, "manager").get(reverse(f"wagtailsnippets_suites_{model}:{view}"))

    assert response.status_code == 200


def test_stays_are_grouped_by_motel(lua, staff):
    html = staff(lua, "manager").get(reverse("wagtailsnippets_suites_suitetype:add"))

    assert '<optgroup label="Lua Centro">' in html.content.decode()


def test_prices_offer_inclusions_once_however_many_languages_they_have(lua, staff):
    with tenant_scope(lua):
        foreign = Inclusion.objects.exclude(locale__language_code="pt-br").first()
    html = staff(lua, "manager").get(reverse("wagtailsnippets_suites_suitetype:add"))

    assert "Café da manhã" in html.content.decode()
    assert foreign.name not in html.content.decode()


def test_arrivals_that_overlap_are_refused_at_their_field(lua, post):
    with tenant_scope(lua):
        motel = Property.objects.get(slug="lua")
        stay = Stay.objects.filter(property=motel).first()
        data = suite_form(motel, stay)
    second = {name.replace("-0-", "-1-"): v for name, v in data.items() if "prices-0" in name}
    hours = {"prices-0-arrives_from": "22:00", "prices-0-arrives_until": "06:00"}
    others = {"prices-1-arrives_from": "05:00", "prices-1-arrives_until": "12:00"}

    response = post(data | second | hours | others | {"prices-TOTAL_FORMS": "2"})

    assert "Outro preço já vale para quem chega nestes horários." in response.content.decode()
    with tenant_scope(lua):
        assert not SuiteType.objects.filter(slug="master").exists()


def test_price_without_a_stay_is_refused(lua, post):
    with tenant_scope(lua):
        motel = Property.objects.get(slug="lua")
        data = suite_form(motel, Stay.objects.filter(property=motel).first())

    response = post(data | {"prices-0-stay": ""})

    assert response.status_code == 200
    with tenant_scope(lua):
        assert not SuiteType.objects.filter(slug="master").exists()


def test_a_number_that_stands_twice_is_refused(lua, post):
    with tenant_scope(lua):
        motel = Property.objects.get(slug="lua")
        data = suite_form(motel, Stay.objects.filter(property=motel).first())
    twice = {"suites-TOTAL_FORMS": "2", "suites-1-number": "901", "suites-1-state": "open"}

    response = post(data | twice)

    assert response.status_code == 200
    with tenant_scope(lua):
        assert not SuiteType.objects.filter(slug="master").exists()


@pytest.mark.parametrize("model", ["suitetype", "stay", "specialday", "feature", "inclusion"])
def test_an_identifier_that_is_taken_is_refused(lua, staff, model):
    client = staff(lua, "manager")
    url = reverse(f"wagtailsnippets_suites_{model}:add")
    with tenant_scope(lua):
        motel = Property.objects.get(slug="lua")
        taken = {
            "suitetype": motel.suite_types,
            "stay": motel.stays,
            "specialday": motel.special_days,
            "feature": Feature.objects,
            "inclusion": Inclusion.objects,
        }[model].values_list("slug", flat=True)[0]
        stay = motel.stays.first()
    own = {"kind": "period", "minutes": "60", "tolerance_minutes": "0", "position": "0"}
    own |= {"name": "Igual", "slug": taken, "property": str(motel.pk)}
    own |= {"kind": "special", "day": "1", "month": "1"} if model == "specialday" else {}
    data = suite_form(motel, stay) | own if model == "suitetype" else own

    response = client.post(url, data)

    assert response.status_code == 200
    assert "slug" in response.context["form"].errors
