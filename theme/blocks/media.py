"""Pictures and videos."""

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from theme.blocks.choosers import CaptionsFileBlock, PictureChooserBlock, VideoFileBlock
from theme.blocks.groups import MEDIA
from theme.blocks.links import LinkBlock
from theme.embeds import Embed, embed_of, provider_names


class HeroBlock(blocks.StructBlock):
    """The first thing that a guest sees."""

    image = PictureChooserBlock(label=_("Imagem"))
    eyebrow = blocks.CharBlock(max_length=60, required=False, label=_("Linha de cima"))
    heading = blocks.CharBlock(max_length=80, label=_("Título"))
    text = blocks.TextBlock(max_length=600, required=False, label=_("Texto"))
    link = LinkBlock(required=False, label=_("Botão"))

    class Meta:
        icon = "image"
        group = MEDIA
        label = _("Abertura")
        description = _("Imagem grande com o título da página, no alto.")
        template = "theme/blocks/hero.html"
        preview_value = {
            "image": None,
            "eyebrow": "Belém · aberto 24 horas",
            "heading": "A noite é de vocês",
            "text": "Suítes com hidro, sauna e céu aberto, a dez minutos do centro.",
            "link": {"label": "Ver as suítes", "page": None, "url": "https://example.com/"},
        }


class GalleryBlock(blocks.StructBlock):
    """Pictures side by side; their descriptions are their alternative texts."""

    heading = blocks.CharBlock(max_length=80, required=False, label=_("Título"))
    images = blocks.ListBlock(
        PictureChooserBlock(label=_("Imagem")), min_num=1, max_num=24, label=_("Imagens")
    )

    class Meta:
        icon = "grip"
        group = MEDIA
        label = _("Galeria")
        description = _("Fotos lado a lado. A descrição de cada imagem é lida a quem não a vê.")
        template = "theme/blocks/gallery.html"
        preview_value = {"heading": "Por dentro", "images": [None, None, None]}


class PictureBlock(blocks.StructBlock):
    """One picture, with words under it."""

    image = PictureChooserBlock(label=_("Imagem"))
    caption = blocks.CharBlock(max_length=160, required=False, label=_("Legenda"))

    class Meta:
        icon = "image"
        group = MEDIA
        label = _("Imagem")
        description = _("Uma foto, com ou sem legenda.")
        template = "theme/blocks/picture.html"
        preview_value = {"image": None, "caption": "Um canto só de vocês."}


class VideoBlock(blocks.StructBlock):
    """A film of the house's own, played on the page when asked to."""

    heading = blocks.CharBlock(
        max_length=80, label=_("Título"), help_text=_("Diz o que o vídeo mostra.")
    )
    text = blocks.TextBlock(max_length=600, required=False, label=_("Texto"))
    file = VideoFileBlock(label=_("Vídeo"), help_text=_("Arquivo MP4 ou WebM, nos documentos."))
    poster = PictureChooserBlock(
        label=_("Imagem de capa"), help_text=_("Aparece até que alguém toque em reproduzir.")
    )
    captions = CaptionsFileBlock(
        required=False,
        label=_("Legendas"),
        help_text=_("Arquivo VTT. Necessário quando alguém fala no vídeo."),
    )

    class Meta:
        icon = "media"
        group = MEDIA
        label = _("Vídeo")
        description = _("Um vídeo da própria casa, que só toca quando alguém pede.")
        template = "theme/blocks/video.html"
        preview_value = {
            "heading": "Um passeio pela suíte",
            "text": "Garagem, hidro e céu aberto, em quarenta segundos.",
            "file": None,
            "poster": None,
            "captions": None,
        }


class EmbedValue(blocks.StructValue):
    """A video elsewhere, as templates use it."""

    @cached_property
    def embed(self) -> Embed | None:
        """Where it is played, or None if its provider is no longer one of ours."""
        return embed_of(self["url"] or "")


class EmbedBlock(blocks.StructBlock):
    """A video of another site, which is asked for nothing until a guest wants it."""

    heading = blocks.CharBlock(
        max_length=80, label=_("Título"), help_text=_("Diz o que o vídeo mostra.")
    )
    text = blocks.TextBlock(max_length=600, required=False, label=_("Texto"))
    url = blocks.URLBlock(
        max_length=200, label=_("Endereço"), help_text=_("A página do vídeo no YouTube ou Vimeo.")
    )
    poster = PictureChooserBlock(
        label=_("Imagem de capa"), help_text=_("Aparece até que alguém toque em reproduzir.")
    )

    class Meta:
        icon = "media"
        group = MEDIA
        label = _("Vídeo de outro site")
        description = _("YouTube ou Vimeo. Nada é carregado de lá antes do toque do hóspede.")
        template = "theme/blocks/embed.html"
        value_class = EmbedValue
        preview_value = {
            "heading": "A noite vista do alto",
            "text": "Um voo sobre a cidade e a nossa cobertura.",
            "url": "https://vimeo.com/22439234",
            "poster": None,
        }

    def clean(self, value: EmbedValue) -> EmbedValue:
        """Accept the addresses of known providers only."""
        cleaned: EmbedValue = super().clean(value)
        if embed_of(cleaned["url"]) is None:
            message = _("Use o endereço de um vídeo destes sites: %(names)s.")
            error = ValidationError(message % {"names": provider_names()})
            raise StructBlockValidationError({"url": error})
        return cleaned
