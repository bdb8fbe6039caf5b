"""The suites' screens, used as a manager would."""

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from suites.models import Inclusion, Stay, StayPrice, SuiteType
from suites.rules.edits import standing_keys
from suites.services import records_of
from tenancy.context import tenant_scope
from tenancy.models import Property
from tests.factories.suites import make_suite
from tests.isolation.bodies import forms_of

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


@pytest.mark.parametrize("price", ["muito", "", "12.5"])
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

    assert "Escolha uma opção da mesma casa." in response.content.decode()
    with tenant_scope(lua):
        assert not SuiteType.objects.filter(slug="master").exists()


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
        ("abc", "Escreva o preço em reais, assim: 76,50."),
        ("-3", "O preço deve ser maior que zero."),
        ("0", "O preço deve ser maior que zero."),
    ],
)
@pytest.mark.parametrize("field", ["prices-0-centavos", "extra_hour_centavos"])
def test_what_is_no_amount_is_refused_in_reais(screen, field, typed, words):
    html = screen(**{field: [typed]}).content.decode()

    assert words in html
    assert "Informe um número inteiro" not in html
