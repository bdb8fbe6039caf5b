"""The admin's screens for suites and their prices."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
)
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from suites.forms import SelectByMotel, SuiteTypeForm
from suites.models import Feature, Inclusion, SpecialDay, Stay, SuiteType
from theme.enums import Icon
from theme.forms import ReaisInput


class SuiteTypeViewSet(SnippetViewSet):
    """Suite types, with their features, numbered suites and prices."""

    model = SuiteType
    icon = "home"
    list_display: ClassVar[list[str]] = ["name", "property", "capacity", "area_m2"]
    list_filter: ClassVar[list[str]] = ["property"]
    edit_handler = ObjectList(
        [
            FieldPanel("property"),
            FieldPanel("name"),
            FieldPanel("slug"),
            FieldRowPanel([FieldPanel("capacity"), FieldPanel("area_m2"), FieldPanel("position")]),
            InlinePanel(
                "suite_type_features",
                label=_("comodidade"),
                heading=_("Comodidades"),
                panels=[FieldPanel("feature", widget=forms.Select)],
            ),
            InlinePanel("suites", label=_("suíte"), heading=_("Suítes numeradas")),
            InlinePanel(
                "prices",
                label=_("preço"),
                heading=_("Preços"),
                panels=[
                    FieldPanel("stay", widget=SelectByMotel),
                    FieldPanel("centavos", widget=ReaisInput, heading=_("Preço (R$)")),
                    FieldPanel("day_class"),
                    FieldPanel("special_day", widget=SelectByMotel),
                    FieldPanel("inclusions", widget=forms.CheckboxSelectMultiple),
                ],
            ),
        ],
        base_form_class=SuiteTypeForm,
    )


class StayViewSet(SnippetViewSet):
    """What is sold: periods and overnight windows."""

    model = Stay
    icon = "time"
    list_display: ClassVar[list[str]] = ["__str__", "property", "position"]
    list_filter: ClassVar[list[str]] = ["property"]
    panels: ClassVar[list[Panel]] = [
        FieldPanel("property"),
        FieldPanel("slug"),
        FieldPanel("kind"),
        FieldPanel("minutes", help_text=_("Só para períodos: 120 são 2 horas.")),
        FieldRowPanel(
            [FieldPanel("starts_at"), FieldPanel("ends_at")],
            heading=_("Só para janelas, como o pernoite"),
        ),
        FieldPanel("position"),
    ]


class SpecialDayViewSet(SnippetViewSet):
    """Days with prices of their own."""

    model = SpecialDay
    icon = "date"
    list_display: ClassVar[list[str]] = ["name", "day", "month", "year", "property"]
    list_filter: ClassVar[list[str]] = ["property"]
    panels: ClassVar[list[Panel]] = [
        FieldPanel("property"),
        FieldPanel("name"),
        FieldPanel("slug"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("day"), FieldPanel("month"), FieldPanel("year")]),
            ],
            heading=_("Data"),
            help_text=_("Sem ano, vale todos os anos."),
        ),
    ]


class FeatureViewSet(SnippetViewSet):
    """The motel's vocabulary of features."""

    model = Feature
    icon = "tick-inverse"
    list_display: ClassVar[list[str]] = ["name", "icon"]
    panels: ClassVar[list[Panel]] = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("icon", widget=forms.Select(choices=[("", "—"), *Icon.choices])),
    ]


class InclusionViewSet(SnippetViewSet):
    """What prices may include."""

    model = Inclusion
    icon = "pick"
    panels: ClassVar[list[Panel]] = [FieldPanel("name"), FieldPanel("slug")]


class SuitesViewSetGroup(SnippetViewSetGroup):
    """One menu for all of it."""

    menu_label = _("Suítes e preços")
    menu_icon = "home"
    menu_order = 150
    items = (
        SuiteTypeViewSet,
        StayViewSet,
        SpecialDayViewSet,
        FeatureViewSet,
        InclusionViewSet,
    )
