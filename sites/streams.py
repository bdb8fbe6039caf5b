"""The streams in which blocks of several features meet, and questions with their answers."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from suites.blocks import PriceTableBlock, SuiteCardsBlock
from theme.blocks import ContactBlock, HeroBlock, StoryStreamBlock


class HomeStreamBlock(StoryStreamBlock):
    """Everything."""

    hero = HeroBlock()
    suite_cards = SuiteCardsBlock()
    price_table = PriceTableBlock()
    contact = ContactBlock()

    class Meta:
        block_counts = {"hero": {"max_num": 1}}


class CampaignStreamBlock(HomeStreamBlock):
    """What a campaign may use: the same as a home page."""


ANSWER_FEATURES = ["bold", "italic", "link", "ol", "ul"]
"""No headings: the question is one."""


class QuestionBlock(blocks.StructBlock):
    """A question and its answer."""

    question = blocks.CharBlock(max_length=150, label=_("pergunta"))
    answer = blocks.RichTextBlock(features=ANSWER_FEATURES, label=_("resposta"))

    class Meta:
        icon = "help"
        label = _("Pergunta")


class QuestionStreamBlock(blocks.StreamBlock):
    """Questions, in the order in which guests read them."""

    question = QuestionBlock()

    class Meta:
        max_num: Any = 60
