"""Pages of blocks: headings, words, pictures; and pages with a picture that a home page lists."""

from typing import ClassVar

from django.db import models
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page


class Body(blocks.StreamBlock):
    heading = blocks.CharBlock()
    words = blocks.RichTextBlock()
    picture = ImageChooserBlock(template="stock/picture.html")


class StockPage(Page):
    """A page of blocks; the home page is one that has others below it."""

    body = StreamField(Body(), blank=True)
    picture = models.ForeignKey(
        "wagtailimages.Image", models.SET_NULL, null=True, blank=True, related_name="+"
    )

    template = "stock/page.html"
    subpage_types: ClassVar[list[str]] = ["stock.StockPage"]
