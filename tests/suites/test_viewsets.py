"""The suites' screens, used as a manager would."""

from html import unescape

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from suites.models import Inclusion, SpecialDay, Stay, StayPrice, SuiteType
from tenancy.context import tenant_scope
from tenancy.models import Property

pytestmark = pytest.mark.django_db


def suite_form(motel, stay, *, inclusions=()):
    """Return what the form for a new suite type sends."""
    price_row = {
        "stay": str(stay.pk),
        "centavos": "1.234,50",
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


@pytest.fixture
def fields(lua):
    """Return what the form sends for the type "master", which is not there yet."""
    with tenant_scope(lua):
        motel = Property.objects.get(slug="lua")
        return suite_form(motel, Stay.objects.filter(property=motel).first())


@pytest.fixture
def refused(lua, post):
    """Return a function that sends the form, expects that nothing comes of it, and returns it."""

    def send(data):
        response = post(data)
        assert response.status_code == 200
        with tenant_scope(lua):
            assert not SuiteType.objects.filter(slug="master").exists()
        return response.content.decode()

    return send


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
def test_price_that_is_no_amount_is_refused(fields, refused, price):
    refused(fields | {"prices-0-centavos": price})


def test_stay_of_the_tenant_s_other_motel_is_refused(lua, fields, refused):
    with tenant_scope(lua):
        stay = Stay.objects.exclude(property__slug="lua").first()

    html = refused(fields | {"prices-0-stay": str(stay.pk)})

    assert "Escolha uma opção da mesma casa." in html


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


def test_arrivals_that_overlap_are_refused_at_their_field(fields, refused):
    second = {name.replace("-0-", "-1-"): v for name, v in fields.items() if "prices-0" in name}
    hours = {"prices-0-arrives_from": "22:00", "prices-0-arrives_until": "06:00"}
    others = {"prices-1-arrives_from": "05:00", "prices-1-arrives_until": "12:00"}

    html = refused(fields | second | hours | others | {"prices-TOTAL_FORMS": "2"})

    assert "Outro preço já vale para quem chega nestes horários." in html


def test_price_without_a_stay_is_refused(fields, refused):
    refused(fields | {"prices-0-stay": ""})


def test_a_number_that_stands_twice_is_refused(fields, refused):
    twice = {"suites-TOTAL_FORMS": "2", "suites-1-number": "901", "suites-1-state": "open"}

    refused(fields | twice)


@pytest.mark.parametrize("model", ["suitetype", "stay", "specialday", "feature", "inclusion"])
def test_an_identifier_that_is_taken_is_refused(lua, staff, fields, model):
    with tenant_scope(lua):
        row = apps.get_model("suites", model).objects.first()
    taken = {"slug": row.slug, "property": str(getattr(row, "property_id", ""))}
    kind = "special" if model == "specialday" else "period"
    others = {"kind": kind, "minutes": "60", "tolerance_minutes": "0", "day": "1", "month": "1"}
    url = reverse(f"wagtailsnippets_suites_{model}:add")

    response = staff(lua, "manager").post(url, fields | others | taken)

    assert response.status_code == 200
    assert "slug" in response.context["form"].errors


def test_screens_speak_of_names_of_either_gender(lua, staff):
    manager = staff(lua, "manager")
    with tenant_scope(lua):
        motel = Property.objects.get(slug="lua")
    address = reverse("wagtailsnippets_suites_stay:add")
    data = {"property": str(motel.pk), "slug": "5h", "kind": "period", "position": "1"}
    data |= {"tolerance_minutes": "0"}

    refused = manager.post(address, data).content.decode()
    saved = manager.post(address, data | {"minutes": "300"}, follow=True).content.decode()
    with tenant_scope(lua):
        stay = Stay.objects.get(property=motel, slug="5h")
    address = reverse("wagtailsnippets_suites_stay:delete", args=[stay.pk])
    asked = manager.get(address).content.decode()
    gone = manager.post(address, follow=True).content.decode()

    assert "Nada foi salvo" in refused
    assert "Salvo: 5 horas." in saved
    assert "Apagar para sempre: 5 horas?" in asked
    assert "Apagado: 5 horas." in gone


def test_price_that_has_no_end_shows_a_dash(lua, staff):
    response = staff(lua, "manager").get(reverse("wagtailsnippets_suites_suitetype:add"))
    html = "".join(response.content.decode().split())

    assert ">—<" in html
    assert ">None<" not in html


@pytest.mark.parametrize("kind", [Stay, SpecialDay], ids=["stay", "special day"])
def test_what_has_prices_is_not_deleted_and_they_stay_on_record(lua, staff, kind):
    with tenant_scope(lua):
        found = kind.objects.filter(prices__isnull=False).first()
        before = StayPrice.objects.count()
        named = str(StayPrice.objects.filter(pk__in=found.prices.values("pk")).first())
    name = f"wagtailsnippets_suites_{kind._meta.model_name}:delete"
    response = staff(lua, "manager").post(reverse(name, args=[found.pk]), follow=True)
    html = unescape(response.content.decode())

    assert response.status_code == 200
    assert "Não pode ser excluído" in html
    assert named in html
    with tenant_scope(lua):
        assert kind.objects.filter(pk=found.pk).exists()
        assert StayPrice.objects.count() == before
