"""The page's table, its JSON-LD and the rule say the same."""

import json
import random
import re
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation

from suites import structured
from suites.enums import DayClass, StayKind, SuiteState
from suites.models import PropertyCalendar, SpecialDay, Stay, StayPrice, Suite
from suites.rules.quotes import quotes
from suites.selectors import Offer, price_table
from suites.templatetags.suites import money
from tenancy.context import tenant_scope
from tenancy.models import Property
from tests.factories.suites import make_suite
from tests.factories.theme import venue_of_property
from theme.structured import script

pytestmark = pytest.mark.django_db

FIRST = datetime(2026, 1, 1, tzinfo=UTC)
YEARS = 3 * 365 * 24 * 60


def instants(count):
    """Return instants of three years, always the same ones."""
    minutes = random.Random(20261127)  # noqa: S311 (no secret)
    return [FIRST + timedelta(minutes=minutes.randrange(YEARS)) for _number in range(count)]


@pytest.fixture
def suite_type(lua):
    """Return a suite type whose prices use all that prices can say."""
    with tenant_scope(lua):
        motel = Property.objects.get(slug="lua")
        suite_type = make_suite(motel, "tudo", centavos=7650)
        PropertyCalendar.objects.update_or_create(
            property=motel, defaults={"eve_from": time(18), "state": "PA"}
        )
        period = Stay.objects.get(slug="2h-tudo")
        night = Stay.objects.create(
            property=motel,
            slug="noite",
            kind=StayKind.WINDOW,
            starts_at=time(22),
            latest_entry_at=time(4),
            ends_at=time(12),
        )
        day = SpecialDay.objects.create(property=motel, slug="d", name="Dia D", month=6, day=13)
        add = partial(StayPrice.objects.create, suite_type=suite_type)
        add(stay=period, day_class=DayClass.WEEKEND, centavos=9800)
        add(stay=period, centavos=6900, arrives_from=time(6), arrives_until=time(12))
        add(stay=period, centavos=8100, valid_from=date(2027, 3, 1))
        for number, day_class in enumerate(DayClass):
            special = day if day_class == DayClass.SPECIAL else None
            add(stay=night, day_class=day_class, special_day=special, centavos=20000 + number)
        yield suite_type


@pytest.fixture
def _in_portuguese():
    with translation.override("pt-br"):
        yield


@pytest.mark.usefixtures("_in_portuguese")
def test_table_structured_data_and_rule_agree_at_a_thousand_instants(suite_type):
    motel = suite_type.property
    request = RequestFactory().get("/", headers={"host": "lua.localhost"})
    offer = Offer(motel, "pt-br")
    tariff = offer.tariff(suite_type)
    builder = structured.Builder(venue_of_property(motel), offer, request)
    drawn: dict[date, tuple[list[str], str]] = {}
    for at in instants(1000):
        for quote in quotes(tariff, at=at):
            on = quote.day.date
            if on not in drawn:
                noon = offer.calendar.instant(on, time(12))
                table = price_table(offer, suite_type, at=noon)
                offers = builder.offers(table, {"@id": "x"})
                html = render_to_string("suites/includes/price_table.html", {"table": table})
                drawn[on] = ([f"{each['name']}: {each['price']}" for each in offers], html)
            offers, html = drawn[on]
            assert expected(offer, quote, offers) in offers
            assert money(quote.centavos) in html


def expected(offer, quote, offers):
    """Return the offer's name and price that a reader of the table would look for."""
    stay = offer.stays[quote.stay.key]
    classes = {name.split(" · ")[1].split(":")[0] for name in offers}
    label = str(quote.day.day_class.label)
    if quote.day.day_class == DayClass.SPECIAL:
        label = quote.day.reason
    assert label in classes
    arrival = f" · {quote.price.arrives}" if quote.price.arrives else ""
    return f"{stay} · {label}{arrival}: {structured.reais(quote.centavos)}"


def data_of(html):
    texts = re.findall(r'<script type="application/ld\+json">([^<]*)</script>', html)
    (graph,) = [data["@graph"] for data in map(json.loads, texts) if "@graph" in data]
    return graph


@pytest.mark.parametrize("path", ["/", "/suites/", "/suites/tudo/"])
def test_prices_for_search_engines_are_on_the_page(suite_type, path):
    html = Client().get(path, headers={"host": "lua.localhost"}).content.decode()
    motel, *_suites = data_of(html)

    shown = html.split("</head>")[1]
    amounts = re.findall(r'"(?:price|minPrice)":"(\d+)\.(\d\d)"', html)
    assert motel["@type"] == "Motel"
    assert motel["address"]["addressRegion"] == "PA"
    assert amounts
    assert {int(reais + cents) for reais, cents in amounts} <= {
        int(found.replace(".", "").replace(",", "")) * (1 if "," in found else 100)
        for found in re.findall(r"R\$\xa0([\d.,]*\d)", shown)
    }
    assert "AggregateRating" not in html


def test_nothing_in_the_data_can_end_its_element():
    written = script({"@graph": [{"name": "</script><script>alert(1)</script>&"}]})

    assert written.count("<") == 2
    assert data_of(written) == [{"name": "</script><script>alert(1)</script>&"}]


def test_suite_page_tells_features_and_capacity(suite_type):
    html = Client().get("/suites/tudo/", headers={"host": "lua.localhost"}).content.decode()
    _motel, suite = data_of(html)

    assert (suite["@type"], suite["name"]) == ("Suite", "Tudo")
    assert [each["name"] for each in suite["amenityFeature"]] == ["Tem tudo"]
    assert suite["occupancy"]["maxValue"] == 2


@pytest.mark.parametrize("path", ["/", "/suites/", "/suites/tudo/"])
def test_suite_that_is_out_of_use_is_not_offered(lua, suite_type, path):
    with tenant_scope(lua):
        Suite.objects.filter(suite_type=suite_type).update(state=SuiteState.MAINTENANCE)

    html = Client().get(path, headers={"host": "lua.localhost"}).content.decode()

    motel, *_suites = data_of(html)
    offered = [each["itemOffered"].get("@id", "") for each in motel.get("makesOffer", [])]
    assert not [item for item in offered if "/tudo/" in item]
    assert "Em manutenção" in html
