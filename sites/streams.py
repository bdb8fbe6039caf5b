"""The blocks that a home page may use: the only place where features' blocks meet."""

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
