"""The admin's screens for suites and their prices."""

from typing import Any, ClassVar

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
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from suites import views
from suites.enums import Accessibility
from suites.forms import SelectByProperty, SuiteTypeForm
from suites.models import Feature, Inclusion, PropertyCalendar, SpecialDay, Stay, SuiteType
from theme.enums import Icon

PRICES_HELP = _(
    "Feriados sem preço próprio usam o do fim de semana; o que falta usa o de “Todos os dias”. "
    "O que se muda, acrescenta ou apaga conta a partir de hoje, ou da data em “vale a partir de”; "
    "o que já valeu fica guardado, bloqueado."
)


class OurViewSet(SnippetViewSet):
    """Screens that speak of names of either gender."""

    add_view_class = views.CreateView
    copy_view_class = views.CopyView
    edit_view_class = views.EditView
    delete_view_class = views.DeleteView


class ShownPanel(FieldPanel):
    """A field that is only shown: a dash where it is empty, for which Wagtail writes “None”."""

    def format_value_for_display(self, value: Any) -> Any:
        return "—" if value is None else super().format_value_for_display(value)


class SuiteTypeViewSet(OurViewSet):
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
            MultiFieldPanel(
                [FieldPanel(fact.value) for fact in Accessibility], heading=_("Acessibilidade")
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel(
                        [
                            FieldPanel("included_people"),
                            FieldPanel("extra_person_centavos"),
                            FieldPanel("extra_hour_centavos"),
                        ]
                    )
                ],
                heading=_("Além do preço (R$)"),
            ),
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
                help_text=PRICES_HELP,
                panels=[
                    FieldRowPanel(
                        [
                            FieldPanel("stay", widget=SelectByProperty),
                            FieldPanel("centavos", heading=_("Preço (R$)")),
                        ]
                    ),
                    FieldRowPanel(
                        [
                            FieldPanel("day_class"),
                            FieldPanel("special_day", widget=SelectByProperty),
                        ]
                    ),
                    FieldRowPanel(
                        [
                            FieldPanel("arrives_from"),
                            FieldPanel("arrives_until"),
                        ]
                    ),
                    FieldRowPanel(
                        [
                            FieldPanel("valid_from"),
                            ShownPanel("ends_on", read_only=True),
                        ]
                    ),
                    FieldPanel("inclusions", widget=forms.CheckboxSelectMultiple),
                ],
            ),
        ],
        base_form_class=SuiteTypeForm,
    )


class StayViewSet(OurViewSet):
    """What is sold: periods and overnight windows."""

    model = Stay
    icon = "time"
    list_display: ClassVar[list[str]] = ["__str__", "property", "position"]
    list_filter: ClassVar[list[str]] = ["property"]
    panels: ClassVar[list[Panel]] = [
        FieldPanel("property"),
        FieldPanel("slug"),
        FieldPanel("kind"),
        FieldPanel("minutes"),
        FieldRowPanel(
            [FieldPanel("starts_at"), FieldPanel("latest_entry_at"), FieldPanel("ends_at")],
            heading=_("Só para janelas, como o pernoite"),
        ),
        FieldPanel("tolerance_minutes"),
        FieldPanel("position"),
    ]


class CalendarViewSet(OurViewSet):
    """Weekend and holidays of each motel."""

    model = PropertyCalendar
    icon = "date"
    list_display: ClassVar[list[str]] = ["property", "state"]
    panels: ClassVar[list[Panel]] = [
        FieldPanel("property"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("weekend_starts_on"), FieldPanel("weekend_starts_at")]),
                FieldRowPanel([FieldPanel("weekend_ends_on"), FieldPanel("weekend_ends_at")]),
            ],
            heading=_("Fim de semana"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("has_public_holidays"),
                FieldPanel("state"),
                FieldPanel("has_optional_holidays"),
                FieldPanel("eve_from"),
            ],
            heading=_("Feriados"),
        ),
    ]


class SpecialDayViewSet(OurViewSet):
    """Days of a motel's own: with prices of their own, local holidays, closed ones."""

    model = SpecialDay
    icon = "date"
    list_display: ClassVar[list[str]] = ["name", "day", "month", "year", "kind", "property"]
    list_filter: ClassVar[list[str]] = ["property", "kind"]
    panels: ClassVar[list[Panel]] = [
        FieldPanel("property"),
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("name_en"), FieldPanel("name_es")]),
        FieldPanel("slug"),
        FieldPanel("kind"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("day"), FieldPanel("month"), FieldPanel("year")]),
            ],
            heading=_("Data"),
            help_text=_("Sem ano, vale todos os anos."),
        ),
    ]


def icon_name(feature: Feature) -> str:
    """Return what people call the feature's icon."""
    return str(dict(Icon.choices).get(feature.icon, ""))


class FeatureViewSet(OurViewSet):
    """The company's vocabulary of features."""

    model = Feature
    icon = "tick-inverse"
    list_display: ClassVar[list[Any]] = [
        "name",
        Column("icon", _("Ícone"), accessor=icon_name),
        "position",
    ]
    panels: ClassVar[list[Panel]] = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("icon", widget=forms.Select(choices=[("", "—"), *Icon.choices])),
        FieldPanel("position"),
    ]


class InclusionViewSet(OurViewSet):
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
        CalendarViewSet,
        SpecialDayViewSet,
        FeatureViewSet,
        InclusionViewSet,
    )
