"""What pages show of suites and prices, for search engines: schema.org in JSON-LD.

Built from the objects that the templates draw, so that no price stands here that guests don't
see. Never a rating: a house must not publish its own.
"""

from collections.abc import Iterator
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from wagtail.blocks import StreamValue
from wagtail.models import Page

from suites import selectors
from suites.clock import shown_at
from suites.enums import StayKind
from suites.models import Stay, SuiteType
from suites.pages import SuiteIndexPage, SuitePage
from suites.selectors import Offer
from suites.selectors.tables import Amount
from theme.selectors import Venue

Node = dict[str, Any]

CURRENCY = "BRL"


def graph(venue: Venue, offer: Offer, page: Page, *, request: HttpRequest) -> list[Node]:
    """Return the nodes of a page: the motel, the suites that are on it, and their prices."""
    builder = Builder(venue, offer, request)
    if isinstance(page, SuitePage):
        return builder.suite_page(page)
    if isinstance(page, SuiteIndexPage):
        found = selectors.search_suites(offer, at=builder.at, query=dict(request.GET.lists()))
        return builder.listing(found.cards)
    return builder.listing(builder.cards_on(page), builder.tables_on(page))


class Builder:
    """Writes the nodes of one page."""

    def __init__(self, venue: Venue, offer: Offer, request: HttpRequest) -> None:
        self.venue = venue
        self.offer = offer
        self.request = request
        root = venue.property.site.root_page.get_full_url(request)
        self.motel_id = f"{root}#motel"
        self.root_url = root

    @cached_property
    def at(self) -> datetime:
        """The instant as of which prices are told."""
        return shown_at(self.request, self.offer)

    def listing(
        self,
        cards: list[selectors.SuiteCard],
        tables: list[tuple[SuiteType, selectors.PriceTable]] | None = None,
    ) -> list[Node]:
        """Return the motel with the suites on cards, and with the prices in tables."""
        suites = [self.suite(card.page, card.features) for card in cards]
        offers = [self.from_price(card) for card in cards if card.from_centavos is not None]
        for suite_type, table in tables or []:
            name = selectors.name_of(self.offer, suite_type)
            offers += self.offers(table, {"@type": "Suite", "name": name})
        return [self.motel() | _filled({"containsPlace": suites, "makesOffer": offers})]

    def suite_page(self, page: SuitePage) -> list[Node]:
        """Return the motel, and a suite with all prices of its table."""
        table = selectors.price_table(self.offer, page.suite_type, at=self.at)
        facts = selectors.suite_facts(self.offer, page.suite_type)
        suite = self.suite(page, facts.features)
        named = [
            {"@type": "LocationFeatureSpecification", "name": str(fact.label), "value": True}
            for fact in facts.accessibility
        ]
        amenities = [*suite.get("amenityFeature", []), *named]
        suite |= _filled({"amenityFeature": amenities, "description": page.intro})
        suite["containedInPlace"] = {"@id": self.motel_id}
        item = {"@id": suite["@id"]}
        offers = [] if facts.is_out else self.offers(table, item)
        return [self.motel() | _filled({"makesOffer": offers}), suite]

    def motel(self) -> Node:
        """Return the house as its settings describe it."""
        settings = self.venue.settings
        address = {
            "@type": "PostalAddress",
            "streetAddress": settings.street,
            "addressLocality": settings.city,
            "addressRegion": settings.state,
            "postalCode": settings.postcode,
            "addressCountry": "BR",
        }
        node = {
            "@type": "Motel",
            "@id": self.motel_id,
            "name": self.venue.property.name,
            "url": self.root_url,
            "telephone": settings.phone,
            "address": _filled(address),
        }
        return _filled(node)

    def suite(self, page: SuitePage, features: list[Any]) -> Node:
        """Return a suite type as its page or card shows it."""
        suite_type = page.suite_type
        url = page.get_full_url(self.request)
        node = {
            "@type": "Suite",
            "@id": f"{url}#suite",
            "url": url,
            "name": page.title,
            "amenityFeature": [
                {"@type": "LocationFeatureSpecification", "name": word.name, "value": True}
                for word in features
            ],
            "occupancy": {"@type": "QuantitativeValue", "maxValue": suite_type.capacity},
            "floorSize": _square_metres(suite_type.area_m2) if suite_type.area_m2 else None,
        }
        return _filled(node)

    def from_price(self, card: selectors.SuiteCard) -> Node:
        """Return the lowest price of an ordinary day, as cards show it."""
        amount = reais(card.from_centavos or 0)
        url = card.page.get_full_url(self.request)
        specification = {
            "@type": "PriceSpecification",
            "minPrice": amount,
            "priceCurrency": CURRENCY,
        }
        return {
            "@type": "Offer",
            "itemOffered": {"@id": f"{url}#suite"},
            "priceSpecification": specification,
        }

    def offers(self, table: selectors.PriceTable, item: Node) -> list[Node]:
        """Return one offer for each amount of a table, special days included."""
        found = []
        for row in table.rows:
            for day_class, amounts in zip(table.day_classes, row.cells, strict=True):
                days = str(day_class.label)
                found += [
                    self._offer(item, row.stay, days, amount, until=table.valid_until)
                    for amount in amounts
                ]
        for special in table.specials:
            for stay, amounts in special.rows:
                found += [
                    self._offer(item, stay, special.name, each, special.date, special.date)
                    for each in amounts
                ]
        return found

    def _offer(
        self,
        item: Node,
        stay: Stay,
        days: str,
        amount: Amount,
        since: date | None = None,
        until: date | None = None,
    ) -> Node:
        price = {"price": reais(amount.centavos), "priceCurrency": CURRENCY}
        node = {
            "@type": "Offer",
            "name": " · ".join([str(stay), days, *_arrival(amount)]),
            "itemOffered": item,
            **price,
            "priceSpecification": _specification(stay, price),
            "validFrom": since and since.isoformat(),
            "priceValidUntil": until and until.isoformat(),
        }
        return _filled(node)

    def cards_on(self, page: Page) -> list[selectors.SuiteCard]:
        """Return the cards of a page's blocks, each suite once."""
        found = {}
        for value in _blocks(page, "suite_cards"):
            only = list(value["suite_types"])
            for card in selectors.suite_cards(self.offer, at=self.at, only=only):
                found[card.page.pk] = card
        return list(found.values())

    def tables_on(self, page: Page) -> list[tuple[SuiteType, selectors.PriceTable]]:
        """Return the price tables of a page's blocks."""
        types = [value["suite_type"] for value in _blocks(page, "price_table")]
        return [
            (each, selectors.price_table(self.offer, each, at=self.at))
            for each in types
            if each and each.pk not in self.offer.out
        ]


def reais(centavos: int) -> str:
    """Write centavos as schema.org wants a price: "76.50"."""
    return f"{centavos // 100}.{centavos % 100:02}"


def _square_metres(area: int) -> Node:
    return {"@type": "QuantitativeValue", "value": area, "unitCode": "MTK"}


def _blocks(page: Page, name: str) -> Iterator[Any]:
    for value in vars(page).values():
        if isinstance(value, StreamValue):
            yield from (block.value for block in value if block.block_type == name)


def _arrival(amount: Amount) -> list[str]:
    return [str(amount.arrives)] if amount.arrives else []


def _specification(stay: Stay, price: Node) -> Node | None:
    if stay.kind != StayKind.PERIOD or not stay.minutes:
        return None
    unit, value = ("MIN", stay.minutes) if stay.minutes % 60 else ("HUR", stay.minutes // 60)
    quantity = {"@type": "QuantitativeValue", "value": value, "unitCode": unit}
    return {"@type": "UnitPriceSpecification", **price, "referenceQuantity": quantity}


def _filled(node: Node) -> Node:
    """Leave out what is not known."""
    return {key: value for key, value in node.items() if value not in (None, "", [], {})}
