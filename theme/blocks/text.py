"""Words."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from theme.blocks.groups import TEXT
from theme.blocks.headed import HeadedBlock
from theme.blocks.links import RequiredLinkBlock


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


class NoticeBlock(blocks.StructBlock):
    """Something that guests should not miss."""

    heading = blocks.CharBlock(max_length=80, required=False, label=_("Título"))
    text = blocks.TextBlock(max_length=600, label=_("Texto"))

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


class CallToActionBlock(HeadedBlock):
    """An invitation to do one thing."""

    link = RequiredLinkBlock(label=_("Botão"))

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


class QuestionBlock(blocks.StructBlock):
    """What guests ask, and the answer."""

    question = blocks.CharBlock(max_length=160, label=_("Pergunta"))
    answer = blocks.RichTextBlock(
        max_length=1500, features=["bold", "italic", "link", "ol", "ul"], label=_("Resposta")
    )

    class Meta:
        icon = "help"
        label = _("Pergunta")


class FaqBlock(blocks.StructBlock):
    """Questions that open to their answers."""

    heading = blocks.CharBlock(max_length=80, label=_("Título"))
    questions = blocks.ListBlock(QuestionBlock(), min_num=1, max_num=30, label=_("Perguntas"))

    class Meta:
        icon = "help"
        group = TEXT
        label = _("Perguntas frequentes")
        description = _("Perguntas que se abrem na resposta. Os buscadores também as leem.")
        template = "theme/blocks/faq.html"
        preview_value = {
            "heading": "Antes de vir",
            "questions": [
                {
                    "question": "Preciso reservar?",
                    "answer": "<p>Não: basta chegar. A recepção diz quais suítes estão livres.</p>",
                },
                {
                    "question": "A entrada é discreta?",
                    "answer": "<p>Sim. Cada suíte tem garagem privativa, com portão.</p>",
                },
                {
                    "question": "Como posso pagar?",
                    "answer": "<p>Com Pix, cartão ou dinheiro, na saída.</p>",
                },
            ],
        }
