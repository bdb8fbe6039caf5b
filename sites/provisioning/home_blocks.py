"""The blocks of a home page, from what the file says of them."""

from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from promotions.models import Coupon
from sites.provisioning.fields import Section
from sites.provisioning.home_tables import (
    Amenity,
    CallToAction,
    Dish,
    Hero,
    Home,
    MenuSection,
    Notice,
    Package,
)
from sites.provisioning.media import Pictures, images_of
from sites.provisioning.words import Words
from sites.provisioning.writer import Block
from suites.models import SuiteType


@dataclass(frozen=True)
class HomeBlocks:
    """Writes them for one property; buttons lead to the list of suites."""

    home: Home
    property_slug: str
    pictures: Pictures
    words: Words
    suites: Page

    def all(self) -> list[Block]:
        """Return a block for each part that the file gives, in the order of the format."""
        home = self.home
        found = [
            self._hero(home.hero),
            self._section("price_now", home.price_now, suite_types=[]),
            self._welcome(),
            self._section("suite_cards", home.suites, suite_types=[]),
            self._comparison(),
            self._amenities(),
            self._section("promotions", home.promotions),
            self._coupon(),
            self._gallery(),
            self._packages(),
            self._menu(),
            self._section("guest_photos", home.guest_photos),
            self._section("guest_form", home.guest_form),
            self._section("reviews", home.reviews),
            self._section("notice", home.notice),
            self._faq(),
            self._call(home.call_to_action),
            self._directions() or self._section("contact", home.contact),
        ]
        return [block for block in found if block is not None]

    def _section(self, name: str, table: Section | Notice | None, **more: Any) -> Block | None:
        """Return the block of a part of the home page; none where the file has no such part."""
        if table is None:
            return None
        say = self.words.say
        return name, {"heading": say(table.heading), "text": say(table.text), **more}

    def _hero(self, hero: Hero | None) -> Block | None:
        image = self.pictures.image(hero.picture) if hero else None
        if not (hero and image):
            return None
        label = self.words.say(hero.button)
        link = {"label": label, "page": self.suites if label else None, "url": ""}
        eyebrow = self.words.say(hero.eyebrow)
        return self._section("hero", hero, image=image, eyebrow=eyebrow, link=link)

    def _welcome(self) -> Block | None:
        welcome = self.home.welcome
        return ("rich_text", self.words.rich(welcome.heading, welcome.text)) if welcome else None

    def _comparison(self) -> Block | None:
        comparison = self.home.comparison
        if comparison is None:
            return None
        rows = SuiteType.objects.filter(property__slug=self.property_slug)
        found = {row.slug: row for row in rows}
        types = [found[slug] for slug in comparison.suite_types if slug in found]
        return self._section("suite_comparison", comparison, suite_types=types)

    def _amenities(self) -> Block | None:
        table = self.home.amenities
        items = [
            {"icon": each.icon, **self._named(each), "text": self.words.say(each.text)}
            for each in (table.amenities if table else ())
        ]
        return self._section("amenities", table, amenities=items)

    def _gallery(self) -> Block | None:
        gallery = self.home.gallery
        images = images_of(self.pictures, gallery.pictures) if gallery else []
        if not (gallery and images):
            return None
        return "gallery", {"heading": self.words.say(gallery.heading), "images": images}

    def _coupon(self) -> Block | None:
        table = self.home.coupon
        found = table and Coupon.objects.filter(slug=table.coupon).first()
        return self._section("coupon_reveal", table, coupon=found) if found else None

    def _packages(self) -> Block | None:
        table = self.home.packages
        items = [
            {**self._offered(each), "image": each.picture and self.pictures.image(each.picture)}
            for each in (table.packages if table else ())
        ]
        return self._section("packages", table, packages=items)

    def _menu(self) -> Block | None:
        table = self.home.menu
        sections = [
            {**self._named(each), "dishes": [self._offered(dish) for dish in each.dishes]}
            for each in (table.sections if table else ())
        ]
        return self._section("menu", table, sections=sections)

    def _faq(self) -> Block | None:
        table, words = self.home.faq, self.words
        if table is None:
            return None
        questions = [
            {"question": words.say(each.question), "answer": words.rich(None, each.answer)}
            for each in table.questions
        ]
        return "faq", {"heading": words.say(table.heading), "questions": questions}

    def _call(self, call: CallToAction | None) -> Block | None:
        label = self.words.say(call.button if call else None)
        link = {"label": label, "page": self.suites, "url": ""}
        return self._section("call_to_action", call, link=link)

    def _directions(self) -> Block | None:
        """Return the way, which has the address: the block of contacts is not needed as well."""
        table = self.home.directions
        if table is None:
            return None
        steps = [self.words.say(step) for step in table.steps]
        entrance = self.words.say(table.entrance)
        drawn = self.pictures.image(table.map) if table.map else None
        return self._section("directions", table, steps=steps, entrance=entrance, map=drawn)

    def _named(self, table: Amenity | Dish | MenuSection | Package) -> dict[str, str]:
        return {"name": self.words.say(table.name)}

    def _offered(self, table: Dish | Package) -> dict[str, Any]:
        return {**self._named(table), "text": self.words.say(table.text), "price": table.price}
