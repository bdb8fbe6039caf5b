"""Where the place is, and what it has."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from theme.blocks.choosers import IconBlock, PictureChooserBlock
from theme.blocks.groups import PLACE
from theme.blocks.headed import HeadedBlock


class ContactBlock(HeadedBlock):
    """Address and telephones, from the site's settings."""

    class Meta:
        icon = "mail"
        group = PLACE
        label = _("Contato")
        description = _("Endereço, telefone e WhatsApp, das configurações do site.")
        template = "theme/blocks/contact.html"
        preview_value = {"heading": "Como chegar", "text": "Entrada discreta pela rua lateral."}


class DirectionsBlock(HeadedBlock):
    """How to get there, and how to come in unseen."""

    steps = blocks.ListBlock(
        blocks.CharBlock(max_length=160, label=_("Passo")),
        min_num=0,
        max_num=8,
        default=[],
        required=False,
        label=_("Caminho"),
        help_text=_("Um passo por linha, na ordem em que se dirige."),
    )
    entrance = blocks.TextBlock(
        max_length=400,
        required=False,
        label=_("Entrada"),
        help_text=_("Onde fica o portão, o que dizer na cabine, o que não aparece da rua."),
    )
    map = PictureChooserBlock(
        required=False, label=_("Mapa"), help_text=_("Uma imagem; sua descrição diz o que mostra.")
    )

    class Meta:
        icon = "site"
        group = PLACE
        label = _("Mapa e caminho")
        description = _("Endereço das configurações, caminho em palavras, e botões para o GPS.")
        template = "theme/blocks/directions.html"
        preview_value = {
            "heading": "Como chegar",
            "text": "Dez minutos do centro, sem passar por pedágio.",
            "steps": [
                "Siga pela avenida até o segundo viaduto.",
                "Entre na rua lateral, depois do posto.",
                "O portão fica à direita, sem letreiro.",
            ],
            "entrance": "A cabine só vê a placa. O portão da garagem fecha atrás de vocês.",
            "map": None,
        }


class AmenityBlock(blocks.StructBlock):
    """One thing that there is."""

    icon = IconBlock(default="sparkle", label=_("Ícone"))
    name = blocks.CharBlock(max_length=60, label=_("Nome"))
    text = blocks.CharBlock(max_length=160, required=False, label=_("Texto"))

    class Meta:
        icon = "pick"
        label = _("Comodidade")


class AmenitiesBlock(HeadedBlock):
    """What the whole house offers, whatever the room."""

    amenities = blocks.ListBlock(AmenityBlock(), min_num=1, max_num=24, label=_("Comodidades"))

    class Meta:
        icon = "pick"
        group = PLACE
        label = _("Comodidades")
        description = _("O que a casa toda oferece, cada coisa com seu ícone.")
        template = "theme/blocks/amenities.html"
        preview_value = {
            "heading": "Em todas as suítes",
            "text": "",
            "amenities": [
                {"icon": "car", "name": "Garagem privativa", "text": "Com portão automático."},
                {"icon": "climate", "name": "Ar-condicionado", "text": ""},
                {"icon": "wifi", "name": "Wi-Fi", "text": "Rápido, e sem cadastro."},
                {
                    "icon": "breakfast",
                    "name": "Café da manhã",
                    "text": "No pernoite, até as 10h.",
                },
                {"icon": "accessible", "name": "Suíte acessível", "text": ""},
                {"icon": "music", "name": "Som ambiente", "text": "Pelo celular de vocês."},
            ],
        }
