"""The admin's screens for promotions' rules and coupons."""

from typing import Any, ClassVar

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    PublishingPanel,
)
from wagtail.admin.ui.tables import BooleanColumn, Column, LiveStatusTagColumn
from wagtail.admin.widgets import Button
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from promotions.forms import CouponForm, IdentifierSelect, RuleForm
from promotions.issuing.screens import codes_button, may_see_codes
from promotions.models import Coupon, PromotionRule, PromotionWindow
from promotions.selectors.rules import benefit_of
from promotions.sentences import benefit_text
from promotions.validators import VALIDATORS, form_fields
from suites.forms import SelectByProperty
from suites.views import EditView
from suites.viewsets import OurViewSet

MENU_HOOK = "register_promotions_menu_item"

EFFECT_PANEL = MultiFieldPanel(
    [
        FieldPanel("effect"),
        FieldRowPanel([FieldPanel("percent"), FieldPanel("cap_centavos")]),
        FieldRowPanel([FieldPanel("amount_centavos"), FieldPanel("price_centavos")]),
        FieldPanel("hours"),
        FieldPanel("courtesy"),
        FieldRowPanel([FieldPanel("courtesy_en"), FieldPanel("courtesy_es")]),
    ],
    heading=_("O que dá"),
    help_text=_("Preencha só o que faz parte do que escolheu; valores em reais."),
)

WINDOW_PANELS: list[Panel] = [
    FieldRowPanel([FieldPanel(name) for name in PromotionWindow.WEEKDAYS]),
    FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at"), FieldPanel("holidays")]),
]

CONDITIONS_PANEL = MultiFieldPanel(
    [
        FieldRowPanel([FieldPanel("min_minutes"), FieldPanel("min_centavos")]),
        FieldRowPanel([FieldPanel("lead_minutes"), FieldPanel("lead_minutes_max")]),
        FieldPanel("budget_centavos"),
        FieldPanel("is_automatic"),
        FieldRowPanel([FieldPanel("stacking"), FieldPanel("stacking_group")]),
    ],
    heading=_("Condições"),
)


def covered_panels() -> list[Panel]:
    """Return the panels of what a rule is for; none means all."""
    return [
        InlinePanel(
            "properties",
            label=_("casa"),
            heading=_("Casas em que vale"),
            help_text=_("Nenhuma: vale em todas."),
            panels=[FieldPanel("property", widget=forms.Select)],
        ),
        InlinePanel(
            "suite_types",
            label=_("tipo de suíte"),
            heading=_("Suítes em que vale"),
            help_text=_("Nenhuma: vale em todas."),
            panels=[FieldPanel("suite_type", widget=SelectByProperty)],
        ),
        InlinePanel(
            "stays",
            label=_("permanência"),
            heading=_("Permanências em que vale"),
            help_text=_("Nenhuma: vale em todas."),
            panels=[FieldPanel("stay", widget=SelectByProperty)],
        ),
    ]


class ValidatorsPanel(Panel):
    """The fields of the validators that are registered; not there while none is."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "promotions/validators_panel.html"

        def is_shown(self) -> bool:
            return bool(VALIDATORS)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add each validator with its fields."""
            found = super().get_context_data(parent_context)
            fields = [(name, self.form[f"{name}-{key}"]) for name, key, _field in form_fields()]
            groups = [
                (each.label, [field for owner, field in fields if owner == name])
                for name, each in VALIDATORS.items()
            ]
            return {**found, "groups": groups}


class InstantColumn(Column):
    """A date and an hour, to come or past; Wagtail's own columns tell only how long ago it was."""

    def get_value(self, instance: Any) -> str:
        """Return the instant on the reader's clocks, a dash for none."""
        at = super().get_value(instance)
        return date_format(localtime(at), "SHORT_DATETIME_FORMAT") if at else "—"


class PromotionRuleViewSet(OurViewSet):
    """What promotions give, when and for what."""

    model = PromotionRule
    icon = "pick"
    list_display: ClassVar[list[Any]] = [
        "name",
        Column("gives", _("O que dá"), accessor=lambda rule: benefit_text(benefit_of(rule))),
        InstantColumn("starts_at", _("Começa"), sort_key="starts_at"),
        InstantColumn("ends_at", _("Termina"), sort_key="ends_at"),
        BooleanColumn("is_automatic", label=_("Sem código")),
        LiveStatusTagColumn(label=_("Situação")),
    ]
    list_filter: ClassVar[list[str]] = ["effect", "is_automatic", "properties__property"]
    search_fields: ClassVar[list[str]] = ["name", "slug"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("slug"),
            EFFECT_PANEL,
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")])],
                heading=_("De quando até quando"),
            ),
            InlinePanel(
                "windows",
                label=_("horário"),
                heading=_("Em que horários"),
                help_text=_(
                    "Nenhum: a qualquer hora. O que passa da meia-noite é do dia em que começa."
                ),
                panels=WINDOW_PANELS,
            ),
            *covered_panels(),
            CONDITIONS_PANEL,
            ValidatorsPanel(heading=_("Outras condições")),
            PublishingPanel(),
        ],
        base_form_class=RuleForm,
    )


class CouponEditView(EditView):
    """Has the way to the coupon's codes, for those who may see them."""

    @property
    def header_more_buttons(self) -> list[Button]:
        own = [codes_button(self.object)] if may_see_codes(self.request.user) else []
        return [*super().header_more_buttons, *own]


class CouponViewSet(OurViewSet):
    """Codes that grant a promotion, and their limits."""

    model = Coupon
    edit_view_class = CouponEditView
    icon = "key"
    list_display: ClassVar[list[Any]] = [
        "name",
        Column("rule", _("Promoção"), sort_key="rule__name"),
        Column("code", _("Código"), accessor=lambda coupon: coupon.code or f"{coupon.prefix}…"),
        Column("limit", _("Usos ao todo"), accessor=lambda coupon: coupon.limit or "—"),
        InstantColumn("ends_at", _("Termina"), sort_key="ends_at"),
        LiveStatusTagColumn(label=_("Situação")),
    ]
    list_filter: ClassVar[list[str]] = ["rule", "kind", "properties__property"]
    search_fields: ClassVar[list[str]] = ["name", "slug", "code", "tags"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("slug"),
            FieldPanel("rule"),
            MultiFieldPanel(
                [FieldPanel("kind"), FieldRowPanel([FieldPanel("code"), FieldPanel("prefix")])],
                heading=_("Códigos"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
                    FieldPanel("minutes_after_reveal"),
                ],
                heading=_("De quando até quando"),
                help_text=_("Vale também o que diz a promoção."),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("limit"), FieldPanel("limit_per_code")]),
                    FieldRowPanel([FieldPanel("limit_per_property"), FieldPanel("limit_per_day")]),
                    FieldRowPanel([FieldPanel("limit_per_week"), FieldPanel("limit_per_month")]),
                    FieldPanel("budget_centavos"),
                    FieldPanel("hold_minutes"),
                ],
                heading=_("Limites"),
                help_text=_("Vazio: sem limite."),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("identifier", widget=IdentifierSelect),
                    FieldRowPanel(
                        [FieldPanel("limit_per_identifier"), FieldPanel("identifier_scope")]
                    ),
                ],
                heading=_("Cada pessoa"),
            ),
            FieldPanel("works_offline"),
            InlinePanel(
                "properties",
                label=_("casa"),
                heading=_("Casas em que vale"),
                help_text=_("Nenhuma: onde a promoção vale."),
                panels=[FieldPanel("property", widget=forms.Select)],
            ),
            FieldPanel("tags"),
            PublishingPanel(),
        ],
        base_form_class=CouponForm,
    )


class PromotionsViewSetGroup(SnippetViewSetGroup):
    """One menu for all of it; the calendar and the checks are added by a hook."""

    menu_label = _("Promoções")
    menu_icon = "pick"
    menu_order = 160
    submenu_hook = MENU_HOOK
    items = (PromotionRuleViewSet, CouponViewSet)
