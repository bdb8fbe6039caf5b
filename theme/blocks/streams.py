"""Which blocks a kind of page may use. Those with features' blocks are in `sites.streams`."""

from wagtail import blocks

from theme.blocks.layout import ColumnsBlock
from theme.blocks.media import EmbedBlock, GalleryBlock, PictureBlock, VideoBlock
from theme.blocks.menus import MenuBlock, PackagesBlock
from theme.blocks.place import AmenitiesBlock, ContactBlock, DirectionsBlock
from theme.blocks.text import CallToActionBlock, FaqBlock, NoticeBlock, RichTextBlock


class StoryStreamBlock(blocks.StreamBlock):
    """Running words and pictures: a part of a page whose frame is given."""

    rich_text = RichTextBlock()
    picture = PictureBlock()
    gallery = GalleryBlock()
    video = VideoBlock()
    embed = EmbedBlock()
    columns = ColumnsBlock()
    faq = FaqBlock()
    notice = NoticeBlock()
    call_to_action = CallToActionBlock()

    class Meta:
        max_num = 40


class PageStreamBlock(StoryStreamBlock):
    """A whole page of its own: texts, contact, questions, menus."""

    amenities = AmenitiesBlock()
    menu = MenuBlock()
    packages = PackagesBlock()
    contact = ContactBlock()
    directions = DirectionsBlock()
