"""The admin's list of reviews, and what a house decides of each."""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from reviews.enums import Source
from reviews.models import Location, Reply, Review
from reviews.policies import reviews_policy
from reviews.selectors.clocks import zone_of
from reviews.selectors.statistics import statistics
from reviews.services import curating
from tenancy.screens import Screen
from tenancy.viewsets import ByService

STYLES = "theme/admin/reviews.css"


def reply_url(review: Review, user: Any) -> str:
    """Return where a person writes the house's reply, "" if they may not, or nobody can."""
    reply = getattr(review, "reply", None)
    if not ModelPermissionPolicy(Reply).user_has_permission(user, "change" if reply else "add"):
        return ""
    if reply:
        return reverse("wagtailsnippets_reviews_reply:edit", args=[reply.pk])
    address = reverse("wagtailsnippets_reviews_reply:add")
    return f"{address}?review={review.pk}" if review.is_answerable else ""


class AnswerPanel(HelpPanel):
    """The reply that Google shows, and the way to write one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"template": "reviews/panels/answer.html", **kwargs})

    class BoundPanel(HelpPanel.BoundPanel):
        """Knows the house's own reply, and where it is written."""

        @property
        def reply_url(self) -> str:
            return reply_url(self.instance, self.request.user)


class ClockPanel(FieldPanel):
    """An instant, as clocks at the review's house showed it."""

    class BoundPanel(FieldPanel.BoundPanel):
        """Gives templates what they do not move to another clock."""

        @property
        def value_from_instance(self) -> datetime:
            return timezone.make_naive(super().value_from_instance, zone_of(self.instance.location))


class YesNoFilter(ChoiceFilter):
    """Yes or no, in words: of the usual filter Wagtail shows “True”."""

    def __init__(self, **given: Any) -> None:
        super().__init__(choices=[("yes", _("Sim")), ("no", _("Não"))], **given)

    def filter(self, queryset: Any, value: str) -> Any:
        return super().filter(queryset, value == "yes") if value else queryset


class ReviewFilterSet(WagtailFilterSet):
    """By house, stars, whether it was answered, and what was decided."""

    location__source = ChoiceFilter(choices=Source.choices, label=_("Origem"))
    is_answered = YesNoFilter(
        field_name="reply_at", lookup_expr="isnull", exclude=True, label=_("Respondida")
    )
    is_hidden = YesNoFilter(label=_("Oculta"))
    is_featured = YesNoFilter(label=_("Em destaque"))

    class Meta:
        model = Review
        fields: ClassVar[list[str]] = [
            "location",
            "location__source",
            "stars",
            "is_answered",
            "sending",
            "is_hidden",
            "is_featured",
            "erasure",
        ]


class ReviewIndexView(generic.IndexView):
    """Reviews with their locations."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("location", "reply")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the style sheet that keeps the text readable beside so many columns."""
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return context | {"media": context["media"] + forms.Media(css={"all": [STYLES]})}

    def get_list_more_buttons(self, instance: Review) -> list[Any]:
        """Offer to answer to those who may."""
        buttons: list[Any] = super().get_list_more_buttons(instance)
        address = reply_url(instance, self.request.user)
        if address:
            buttons.append(MenuItem(_("Responder"), address, icon_name="mail"))
        return buttons


class ReviewEditView(ByService, generic.EditView):
    """Shows what was said, and asks what guests are to see of it."""

    def get_page_subtitle(self) -> str:
        """Return the same day as is said below."""
        review: Review = self.object
        return review.said_on(review.written_at.astimezone(zone_of(review.location)))

    def save_instance(self) -> Review:
        data = self.form.cleaned_data
        return curating.curate(
            review=self.object,
            is_hidden=data["is_hidden"],
            is_featured=data["is_featured"],
            tags=data["tags"],
            actor=self.request.user,
        )


def house_of(review: Review) -> str:
    return str(review.location)


class ReviewViewSet(ModelViewSet):
    """What guests said: nobody changes that."""

    model = Review
    icon = "openquote"
    menu_label = _("Avaliações")
    url_prefix = "reviews/all"
    name = "reviews"
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = False
    list_display: ClassVar[list[Any]] = [
        "beginning",
        Column("stars", _("Nota"), accessor="get_stars_display", sort_key="stars"),
        "author",
        Column("location", _("Perfil"), accessor=house_of),
        Column("source", _("Origem"), accessor="location.get_source_display"),
        "written_at",
        BooleanColumn("is_hidden", label=_("Oculta")),
        BooleanColumn("is_featured", label=_("Em destaque")),
        "tags",
    ]
    filterset_class = ReviewFilterSet
    search_fields: ClassVar[list[str]] = ["original", "author", "tags"]
    search_backend_name = None
    ordering: ClassVar[list[str]] = ["-written_at"]
    index_view_class = ReviewIndexView
    edit_view_class = ReviewEditView
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldRowPanel(
                        [
                            FieldPanel("stars", read_only=True),
                            FieldPanel("author", read_only=True),
                            ClockPanel("written_at", read_only=True),
                        ]
                    ),
                    FieldPanel("original", read_only=True),
                    FieldPanel("translation", read_only=True),
                    AnswerPanel(),
                ],
                heading=_("O que foi dito"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("is_hidden"), FieldPanel("is_featured")]),
                    FieldPanel("tags", widget=forms.TextInput),
                ],
                heading=_("No site"),
                help_text=_("A página declara que as avaliações foram escolhidas."),
            ),
        ]
    )


class StatisticsView(Screen):
    """The last two years of each house, drawn."""

    permission_policy = reviews_policy
    permission_required = "view"
    page_title = _("Estatísticas de avaliações")
    header_icon = "history"
    template_name = "reviews/statistics.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add each house's statistics."""
        tied = Location.objects.filter(property_id__isnull=False).order_by("title", "pk")
        found = [statistics(each, at=timezone.now()) for each in tied]
        return {**super().get_context_data(**kwargs), "found": found}
