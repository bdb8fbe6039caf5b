"""What most blocks begin with."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class HeadedBlock(blocks.StructBlock):
    """A heading, and words under it where they are wanted: `theme/includes/band_head.html`."""

    heading = blocks.CharBlock(max_length=80, label=_("Título"))
    text = blocks.TextBlock(max_length=600, required=False, label=_("Texto"))
