"""The pages with which a property's site begins, in each of its languages.

From then on they are the editors': a page is written again only when the file changes, as a new
revision, so that what editors wrote stays in its history.
"""

from typing import Any

from wagtail.models import Locale, Page

from sites.models import HomePage
from sites.provisioning.fields import Section
from sites.provisioning.leaves import LeafWriter
from sites.provisioning.media import images_of
from sites.provisioning.schema import CallToAction, Comparison, Hero, Notice, SuiteType
from sites.provisioning.tenants import page_root
from sites.provisioning.words import Words
from sites.provisioning.writer import HOME, SOURCE, Block, Writer
from suites.models import SuiteType as SuiteTypeRow
from suites.pages import SuiteIndexPage, SuitePage, SuitePhoto

SUITES = "suites"


class PageWriter(Writer):
    """Writes the pages of one property."""

    def home(self) -> HomePage:
        """Return the Portuguese home page, made if need be; its blocks are filled by `fill`."""
        found = self.find(HomePage, HOME)
        if found is not None:
            return found
        locale = Locale.objects.get(language_code=SOURCE)
        page = HomePage(title=self.table.name, slug=self.table.slug, locale=locale)
        page_root().add_child(instance=page)
        self.remember(HOME, page)
        return page

    def fill(self, home: HomePage) -> None:
        """Write all pages' contents, each before its children: a translation wants its parent's."""
        index = self.child(home, SuiteIndexPage, SUITES, title=self.table.suites_page.title.pt)
        words = Words()
        fields: dict[str, Any] = {
            "title": self.table.name,
            "search_description": words.say(self.table.home.description),
            "body": self._body(words, index),
        }
        self.write(HOME, home, fields, words)
        words = Words()
        fields = {
            "title": words.say(self.table.suites_page.title),
            "intro": words.say(self.table.suites_page.intro),
            "show_in_menus": True,
        }
        self.write(SUITES, index, fields, words)
        for suite_type in self.table.suite_types if index else ():
            self._suite(index, suite_type)
        LeafWriter(self.ledger, self.prefix, self.table, self.pictures).fill(home, index)

    def _body(self, words: Words, index: Page) -> list[Block]:
        return [*self._opening(words, index), *self._offers(words), *self._rest(words, index)]

    def _opening(self, words: Words, index: Page) -> list[Block]:
        home = self.table.home
        body: list[Block] = []
        if home.hero and (image := self.pictures.image(home.hero.picture)):
            body.append(("hero", self._hero(home.hero, image, words, index)))
        if home.price_now:
            body.append(("price_now", {**_head(words, home.price_now), "suite_types": []}))
        if home.welcome:
            body.append(("rich_text", words.rich(home.welcome.heading, home.welcome.text)))
        return body

    def _offers(self, words: Words) -> list[Block]:
        home = self.table.home
        body: list[Block] = [("suite_cards", {**_head(words, home.suites), "suite_types": []})]
        if home.comparison:
            body.append(("suite_comparison", self._comparison(home.comparison, words)))
        if home.promotions:
            body.append(("promotions", _head(words, home.promotions)))
        return body

    def _rest(self, words: Words, index: Page) -> list[Block]:
        home = self.table.home
        body: list[Block] = []
        if home.gallery and (images := images_of(self.pictures, home.gallery.pictures)):
            heading = words.say(home.gallery.heading)
            body.append(("gallery", {"heading": heading, "images": images}))
        if home.notice:
            body.append(("notice", _head(words, home.notice)))
        if home.call_to_action:
            body.append(("call_to_action", self._call(home.call_to_action, words, index)))
        return [*body, ("contact", _head(words, home.contact))]

    def _comparison(self, comparison: Comparison, words: Words) -> dict[str, Any]:
        rows = SuiteTypeRow.objects.filter(property__slug=self.table.slug)
        found = {row.slug: row for row in rows}
        types = [found[slug] for slug in comparison.suite_types if slug in found]
        return {**_head(words, comparison), "suite_types": types}

    @staticmethod
    def _hero(hero: Hero, image: Any, words: Words, index: Page) -> dict[str, Any]:
        label = words.say(hero.button)
        return {
            "image": image,
            "eyebrow": words.say(hero.eyebrow),
            "heading": words.say(hero.heading),
            "text": words.say(hero.text),
            "link": {"label": label, "page": index if label else None, "url": ""},
        }

    @staticmethod
    def _call(call: CallToAction, words: Words, index: Page) -> dict[str, Any]:
        link = {"label": words.say(call.button), "page": index, "url": ""}
        return {**_head(words, call), "link": link}

    def _suite(self, index: Page, table: SuiteType) -> None:
        row = SuiteTypeRow.objects.filter(property__slug=self.table.slug, slug=table.slug).first()
        if row is None:
            return  # people deleted it
        words = Words()
        images = images_of(self.pictures, table.pictures)
        path = f"{SUITES}/{table.slug}"
        page = self.child(index, SuitePage, path, title=table.name.pt, suite_type=row)
        fields = {
            "title": words.say(table.name),
            "intro": words.say(table.summary),
            "cover": images[0] if images else None,
            "video_url": table.video_url or "",
            "tour_url": table.tour_url or "",
            "story": [("rich_text", words.rich(None, table.story))] if table.story else [],
            "photos": [SuitePhoto(image=image, sort_order=i) for i, image in enumerate(images)],
        }
        self.write(path, page, fields, words)


def _head(words: Words, table: Section | Notice) -> dict[str, Any]:
    return {"heading": words.say(table.heading), "text": words.say(table.text)}
