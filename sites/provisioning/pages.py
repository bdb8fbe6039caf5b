"""The pages with which a property's site begins, in each of its languages.

From then on they are the editors': a page is written again only when the file changes, as a new
revision, so that what editors wrote stays in its history.
"""

from typing import Any

from wagtail.models import Locale, Page

from sites.models import HomePage
from sites.provisioning.home_blocks import HomeBlocks
from sites.provisioning.leaves import LeafWriter
from sites.provisioning.media import images_of
from sites.provisioning.schema import SuiteType
from sites.provisioning.tenants import page_root
from sites.provisioning.words import Words
from sites.provisioning.writer import HOME, SOURCE, Writer
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
            "body": HomeBlocks(self.table.home, self.table.slug, self.pictures, words, index).all(),
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
