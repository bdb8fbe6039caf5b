"""StreamField blocks that know nothing of what is let.

Each class has a template and a style sheet of its name, and a preview: a test walks them all.
"""

from theme.blocks.choosers import PictureChooserBlock, SnippetBlock
from theme.blocks.feeds import FeedBlock
from theme.blocks.groups import OFFERS
from theme.blocks.headed import HeadedBlock
from theme.blocks.layout import ColumnsBlock
from theme.blocks.links import LinkBlock, RequiredLinkBlock
from theme.blocks.media import EmbedBlock, GalleryBlock, HeroBlock, PictureBlock, VideoBlock
from theme.blocks.menus import MenuBlock, PackagesBlock
from theme.blocks.place import AmenitiesBlock, ContactBlock, DirectionsBlock
from theme.blocks.streams import PageStreamBlock, StoryStreamBlock
from theme.blocks.text import CallToActionBlock, FaqBlock, NoticeBlock, QuestionBlock, RichTextBlock

__all__ = [
    "OFFERS",
    "AmenitiesBlock",
    "CallToActionBlock",
    "ColumnsBlock",
    "ContactBlock",
    "DirectionsBlock",
    "EmbedBlock",
    "FaqBlock",
    "FeedBlock",
    "GalleryBlock",
    "HeadedBlock",
    "HeroBlock",
    "LinkBlock",
    "MenuBlock",
    "NoticeBlock",
    "PackagesBlock",
    "PageStreamBlock",
    "PictureBlock",
    "PictureChooserBlock",
    "QuestionBlock",
    "RequiredLinkBlock",
    "RichTextBlock",
    "SnippetBlock",
    "StoryStreamBlock",
    "VideoBlock",
]
