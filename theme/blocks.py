"""StreamField blocks that know nothing of what is let.

Each class has a template and a style sheet of its name, and a preview: a test walks them all.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from theme.languages import locale_id

TEXT = _("Texto")
PICTURES = _("Imagens")
PLACE = _("Motel")


class SnippetBlock(SnippetChooserBlock):
    """Chooses a snippet whose key is a UUID, which JSON has no type for: in it, keys are text."""

    def get_prep_value(self, value: Any) -> str | None:
        """Return the snippet's key for the database."""
        return None if value is None else str(value.pk)

    def get_form_state(self, value: Any) -> dict[str, Any] | None:
        """Return what the admin's chooser shows."""
        state: dict[str, Any] | None = super().get_form_state(value)
        return {**state, "id": str(state["id"])} if state else None

    def bulk_to_python(self, values: list[Any]) -> list[Any]:
        """Return the snippets for keys as they stand in JSON; None for those that are gone."""
        keys = [self.model_class._meta.pk.to_python(key) for key in values]
        found: list[Any] = super().bulk_to_python(keys)
        return found


class LinkValue(blocks.StructValue):
    """A link as templates use it."""

    @property
    def href(self) -> str:
        """The address, or nothing when there is no label or the page is not published."""
        page = self["page"]
        if page and page.locale_id != locale_id(get_language()):
            page = page.localized
        target = page.url if page and page.live else self["url"]
        return target if self["label"] and target else ""


class LinkBlock(blocks.StructBlock):
    """A labelled link to a page or to another site."""

    label = blocks.CharBlock(max_length=40, required=False, label=_("texto do botão"))
    page = blocks.PageChooserBlock(required=False, label=_("página"))
    url = blocks.URLBlock(required=False, label=_("ou endereço"))

    class Meta:
        icon = "link"
        label = _("Botão")
        value_class = LinkValue

    def clean(self, value: LinkValue) -> LinkValue:
        """Accept an empty link, or a label with exactly one target."""
        cleaned: LinkValue = super().clean(value)
        filled = [bool(cleaned[name]) for name in ("label", "page", "url")]
        if any(filled) and not (filled[0] and filled[1] != filled[2]):
            message = _("Preencha o texto e ou a página ou o endereço.")
            raise StructBlockValidationError({"label": ValidationError(message)})
        return cleaned


class RequiredLinkBlock(LinkBlock):
    """A link that cannot be left out."""

    label = blocks.CharBlock(max_length=40, label=_("texto do botão"))


class HeroBlock(blocks.StructBlock):
    """The first thing that a guest sees."""

    image = ImageChooserBlock(label=_("imagem"))
    eyebrow = blocks.CharBlock(max_length=60, required=False, label=_("linha de cima"))
    heading = blocks.CharBlock(max_length=80, label=_("título"))
    text = blocks.TextBlock(required=False, label=_("texto"))
    link = LinkBlock(required=False, label=_("botão"))

    class Meta:
        icon = "image"
        group = PICTURES
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


class RichTextBlock(blocks.RichTextBlock):
    """Running text."""

    FEATURES = ("h2", "h3", "bold", "italic", "link", "ol", "ul")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"features": list(self.FEATURES), **kwargs})

    class Meta:
        icon = "pilcrow"
        group = TEXT
        label = _("Texto")
        description = _("Parágrafos, listas e subtítulos.")
        template = "theme/blocks/rich_text.html"
        preview_value = "<h2>Sem pressa</h2><p>Entrada pela <b>garagem privativa</b>.</p>"


class GalleryBlock(blocks.StructBlock):
    """Pictures side by side; their descriptions are their alternative texts."""

    heading = blocks.CharBlock(max_length=80, required=False, label=_("título"))
    images = blocks.ListBlock(
        ImageChooserBlock(label=_("imagem")), min_num=1, max_num=24, label=_("imagens")
    )

    class Meta:
        icon = "grip"
        group = PICTURES
        label = _("Galeria")
        description = _("Fotos lado a lado. A descrição de cada imagem é lida a quem não a vê.")
        template = "theme/blocks/gallery.html"
        preview_value = {"heading": "Por dentro", "images": [None, None, None, None]}


class NoticeBlock(blocks.StructBlock):
    """Something that guests should not miss."""

    heading = blocks.CharBlock(max_length=80, required=False, label=_("título"))
    text = blocks.TextBlock(label=_("texto"))

    class Meta:
        icon = "info-circle"
        group = TEXT
        label = _("Aviso")
        description = _("Um recado curto, destacado do resto.")
        template = "theme/blocks/notice.html"
        preview_value = {
            "heading": "Piscina em manutenção",
            "text": "De 3 a 5 de março a piscina coberta fica fechada.",
        }


class CallToActionBlock(blocks.StructBlock):
    """An invitation to do one thing."""

    heading = blocks.CharBlock(max_length=80, label=_("título"))
    text = blocks.TextBlock(required=False, label=_("texto"))
    link = RequiredLinkBlock(label=_("botão"))

    class Meta:
        icon = "arrow-right-full"
        group = TEXT
        label = _("Chamada")
        description = _("Um convite com um botão.")
        template = "theme/blocks/call_to_action.html"
        preview_value = {
            "heading": "Hoje é dia de fugir da rotina",
            "text": "Escolha a suíte e venha: não é preciso reservar.",
            "link": {"label": "Ver preços", "page": None, "url": "https://example.com/"},
        }


class ContactBlock(blocks.StructBlock):
    """Address and telephones, from the site's settings."""

    heading = blocks.CharBlock(max_length=80, label=_("título"))
    text = blocks.TextBlock(required=False, label=_("texto"))

    class Meta:
        icon = "mail"
        group = PLACE
        label = _("Contato")
        description = _("Endereço, telefone e WhatsApp, das configurações do site.")
        template = "theme/blocks/contact.html"
        preview_value = {"heading": "Como chegar", "text": "Entrada discreta pela rua lateral."}


class StoryStreamBlock(blocks.StreamBlock):
    """The blocks of running pages."""

    rich_text = RichTextBlock()
    gallery = GalleryBlock()
    notice = NoticeBlock()
    call_to_action = CallToActionBlock()
