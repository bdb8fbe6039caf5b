"""What can be ordered beside the room: prices are words of the page, not of the price tables."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from theme.blocks.choosers import MoneyBlock, PictureChooserBlock
from theme.blocks.groups import PLACE
from theme.blocks.headed import HeadedBlock


class MenuItemBlock(blocks.StructBlock):
    """A dish or a drink."""

    name = blocks.CharBlock(max_length=80, label=_("Nome"))
    text = blocks.CharBlock(max_length=200, required=False, label=_("Texto"))
    price = MoneyBlock(required=False, label=_("Preço em reais"))

    class Meta:
        icon = "list-ul"
        label = _("Item")


class MenuSectionBlock(blocks.StructBlock):
    """Things of one kind."""

    name = blocks.CharBlock(max_length=60, label=_("Nome"))
    dishes = blocks.ListBlock(MenuItemBlock(), min_num=1, max_num=40, label=_("Itens"))

    class Meta:
        icon = "list-ul"
        label = _("Seção")


class MenuBlock(HeadedBlock):
    """The kitchen's and the bar's list."""

    sections = blocks.ListBlock(MenuSectionBlock(), min_num=1, max_num=12, label=_("Seções"))

    class Meta:
        icon = "list-ul"
        group = PLACE
        label = _("Cardápio")
        description = _("Pratos e bebidas por seção, com preços.")
        template = "theme/blocks/menu.html"
        preview_value = {
            "heading": "Da cozinha à porta",
            "text": "Servido na suíte, a qualquer hora.",
            "sections": [
                {
                    "name": "Para dividir",
                    "dishes": [
                        {
                            "name": "Tábua de frios",
                            "text": "Queijos, copa, azeitona.",
                            "price": 6900,
                        },
                        {"name": "Camarão ao alho", "text": "Com pão da casa.", "price": 7850},
                    ],
                },
                {
                    "name": "Taças",
                    "dishes": [
                        {"name": "Espumante brut", "text": "Garrafa de 750 ml.", "price": 9800},
                        {"name": "Caipirinha de cupuaçu", "text": "", "price": 2600},
                    ],
                },
            ],
        }


class PackageBlock(blocks.StructBlock):
    """What is prepared before the guests come."""

    name = blocks.CharBlock(max_length=60, label=_("Nome"))
    text = blocks.TextBlock(max_length=300, required=False, label=_("Texto"))
    price = MoneyBlock(required=False, label=_("Preço em reais"))
    image = PictureChooserBlock(required=False, label=_("Imagem"))

    class Meta:
        icon = "tag"
        label = _("Pacote")


class PackagesBlock(HeadedBlock):
    """Decorations and other packages."""

    packages = blocks.ListBlock(PackageBlock(), min_num=1, max_num=12, label=_("Pacotes"))

    class Meta:
        icon = "tag"
        group = PLACE
        label = _("Decorações e pacotes")
        description = _("O que se encomenda antes de chegar: foto, texto e preço.")
        template = "theme/blocks/packages.html"
        preview_value = {
            "heading": "Surpresas por encomenda",
            "text": "Peça pelo WhatsApp até três horas antes.",
            "packages": [
                {
                    "name": "Pétalas e velas",
                    "text": "Caminho de pétalas, velas de LED e espumante no gelo.",
                    "price": 18900,
                    "image": None,
                },
                {
                    "name": "Aniversário",
                    "text": "Balões, bolo para dois e a música que vocês escolherem.",
                    "price": 24900,
                    "image": None,
                },
                {
                    "name": "Café na cama",
                    "text": "Frutas, pães e suco, na hora combinada.",
                    "price": 7600,
                    "image": None,
                },
            ],
        }
