"""The pages right under a home page: promotions, contact, questions, texts, campaigns."""

from typing import Any

from wagtail.models import Page

from promotions.models import Coupon, PromotionRule
from promotions.pages import PromotionIndexPage, PromotionPage
from sites.pages import CampaignPage, ContactPage, FaqPage, TextPage
from sites.provisioning.fields import Section
from sites.provisioning.page_tables import Campaign
from sites.provisioning.page_tables import TextPage as TextTable
from sites.provisioning.promotion_tables import Promotion
from sites.provisioning.promotions import rule_slug
from sites.provisioning.words import Words
from sites.provisioning.writer import Block, Writer

PROMOTIONS, CONTACT, QUESTIONS = "promocoes", "contato", "perguntas"
OURS = (PROMOTIONS, CONTACT, QUESTIONS)
"""The addresses of pages that need no name in the file."""


class LeafWriter(Writer):
    """Writes them in the order in which menus show them."""

    def fill(self, home: Page, suites: Page | None) -> None:
        """Write all of them; campaigns' buttons lead to the suites."""
        self._promotions(home)
        for text in self.table.texts:
            self._text(home, text)
        self._questions(home)
        self._contact(home)
        for campaign in self.table.campaigns:
            self._campaign(home, campaign, suites)

    def _promotions(self, home: Page) -> None:
        table, words = self.table.promotions_page, Words()
        index = self.child(home, PromotionIndexPage, PROMOTIONS, title=table.title.pt)
        fields = {
            "title": words.say(table.title),
            "intro": words.say(table.intro),
            "show_in_menus": True,
        }
        self.write(PROMOTIONS, index, fields, words)
        for promotion in self.table.promotions if index else ():
            self._promotion(index, promotion)

    def _promotion(self, index: Page, table: Promotion) -> None:
        words, path = Words(), f"{PROMOTIONS}/{table.slug}"
        page = self.child(index, PromotionPage, path, title=table.title.pt)
        slug = rule_slug(self.table.slug, table.slug)
        fields = {
            "title": words.say(table.title),
            "intro": words.say(table.summary),
            "cover": self.pictures.image(table.picture) if table.picture else None,
            "rule": PromotionRule.objects.filter(slug=slug).first(),
            "story": _promotion_story(words, table),
            "conditions": words.plain(table.conditions),
        }
        self.write(path, page, fields, words)

    def _text(self, home: Page, table: TextTable) -> None:
        words = Words()
        page = self.child(home, TextPage, table.slug, title=table.title.pt)
        fields = {
            "title": words.say(table.title),
            "intro": words.say(table.summary),
            "cover": self.pictures.image(table.picture) if table.picture else None,
            "story": _story(words, table.sections),
            "show_in_menus": table.in_menu,
        }
        self.write(table.slug, page, fields, words)

    def _contact(self, home: Page) -> None:
        table, words = self.table.contact_page, Words()
        page = self.child(home, ContactPage, CONTACT, title=table.title.pt)
        fields = {
            "title": words.say(table.title),
            "intro": words.say(table.intro),
            "story": _story(words, (table.directions,) if table.directions else ()),
            "show_in_menus": True,
        }
        self.write(CONTACT, page, fields, words)

    def _questions(self, home: Page) -> None:
        table, words = self.table.faq, Words()
        if table is None:
            return
        page = self.child(home, FaqPage, QUESTIONS, title=table.title.pt)
        questions = [
            {"question": words.say(each.question), "answer": words.rich(None, each.answer)}
            for each in table.questions
        ]
        fields = {
            "title": words.say(table.title),
            "intro": words.say(table.intro),
            "questions": [("question", each) for each in questions],
            "show_in_menus": True,
        }
        self.write(QUESTIONS, page, fields, words)

    def _campaign(self, home: Page, table: Campaign, suites: Page | None) -> None:
        words = Words()
        page = self.child(home, CampaignPage, table.slug, title=table.title.pt)
        body: list[Block] = []
        if image := self.pictures.image(table.picture):
            body.append(("hero", self._hero(table, image, words, suites)))
        fields = {
            "title": words.say(table.title),
            "intro": words.say(table.summary),
            "body": [*body, *_story(words, table.sections)],
            "is_in_search": table.in_search,
            "shows_menu": table.menu,
        }
        self.write(table.slug, page, fields, words)

    @staticmethod
    def _hero(table: Campaign, image: Any, words: Words, suites: Page | None) -> dict[str, Any]:
        label = words.say(table.button) if suites else ""
        return {
            "image": image,
            "eyebrow": words.say(table.eyebrow),
            "heading": words.say(table.title),
            "text": words.say(table.summary),
            "link": {"label": label, "page": suites if label else None, "url": ""},
        }


def _promotion_story(words: Words, table: Promotion) -> list[Block]:
    """Return the story, then the coupons that have a heading for guests."""
    blocks: list[Block] = []
    if table.story:
        blocks.append(("rich_text", words.rich(None, table.story)))
    for each in table.coupons:
        found = each.heading and Coupon.objects.filter(slug=each.slug).first()
        if found:
            value = {"heading": words.say(each.heading), "text": "", "coupon": found}
            blocks.append(("coupon_reveal", value))
    return blocks


def _story(words: Words, sections: tuple[Section, ...]) -> list[Block]:
    return [("rich_text", words.rich(each.heading, each.text)) for each in sections]
