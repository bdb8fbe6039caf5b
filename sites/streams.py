"""The streams in which blocks of several features meet, and questions with their answers."""

from typing import Any

from wagtail import blocks

from promotions.blocks import CouponRevealBlock, PromotionsBlock
from reviews.blocks import ReviewsBlock
from suites.blocks import (
    PriceNowBlock,
    PriceTableBlock,
    SuiteCardsBlock,
    SuiteComparisonBlock,
)
from theme.blocks import HeroBlock, PageStreamBlock, QuestionBlock
from ugc.blocks import GuestFormBlock, GuestPhotosBlock


class LandingStreamBlock(PageStreamBlock):
    """Everything: a page that is all blocks."""

    hero = HeroBlock()
    suite_cards = SuiteCardsBlock()
    suite_comparison = SuiteComparisonBlock()
    price_table = PriceTableBlock()
    price_now = PriceNowBlock()
    promotions = PromotionsBlock()
    coupon_reveal = CouponRevealBlock()
    reviews = ReviewsBlock()
    guest_photos = GuestPhotosBlock()
    guest_form = GuestFormBlock()

    class Meta:
        block_counts = {"hero": {"max_num": 1}}


class HomeStreamBlock(LandingStreamBlock):
    """The blocks of a home page."""


class QuestionStreamBlock(blocks.StreamBlock):
    """Questions, in the order in which guests read them."""

    question = QuestionBlock()

    class Meta:
        max_num: Any = 60
