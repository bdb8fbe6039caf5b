"""The blocks that a home page may use: the only place where features' blocks meet."""

from suites.blocks import (
    PriceNowBlock,
    PriceTableBlock,
    SuiteCardsBlock,
    SuiteComparisonBlock,
)
from theme.blocks import ContactBlock, HeroBlock, StoryStreamBlock


class HomeStreamBlock(StoryStreamBlock):
    """Everything."""

    hero = HeroBlock()
    suite_cards = SuiteCardsBlock()
    suite_comparison = SuiteComparisonBlock()
    price_table = PriceTableBlock()
    price_now = PriceNowBlock()
    contact = ContactBlock()

    class Meta:
        block_counts = {"hero": {"max_num": 1}}
