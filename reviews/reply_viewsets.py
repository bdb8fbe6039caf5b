"""The admin's screens for replies and the words with which they begin."""

from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn
from wagtail.admin.viewsets.model import ModelViewSet

from reviews.enums import Erasure, Source
from reviews.models import Reply, ReplyTemplate, Review
from suites import views
from suites.viewsets import OurViewSet


class ReplyCreateView(views.CreateView):
    """Begins with the review that the address names, and a template's words."""

    def get_initial_form_instance(self) -> Reply:
        answerable = Review.objects.filter(location__source=Source.GOOGLE, erasure=Erasure.NONE)
        review = named(answerable, self, "review")
        template = named(ReplyTemplate.objects.all(), self, "template")
        return Reply(review=review, text=template.text if template else "")


def named(rows: Any, view: ReplyCreateView, name: str) -> Any:
    """Return the row that a parameter of the request names, if there is one."""
    try:
        key = UUID(view.request.GET.get(name, ""))
    except ValueError:
        return None
    return rows.filter(pk=key).first()


class AnsweredPanel(HelpPanel):
    """What is answered, and the words with which a new reply may begin."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"template": "reviews/panels/review.html", **kwargs})

    class BoundPanel(HelpPanel.BoundPanel):
        """Knows the templates, as long as there is no reply."""

        @property
        def templates(self) -> Any:
            is_new = self.instance._state.adding and self.instance.review_id
            return ReplyTemplate.objects.all() if is_new else ()


class ReplyViewSet(OurViewSet):
    """What the house answers: drafts are approved like pages, and sent when they are published."""

    model = Reply
    icon = "mail"
    menu_label = _("Respostas")
    add_to_admin_menu = False
    copy_view_enabled = False
    add_view_class = ReplyCreateView
    list_display: ClassVar[list[Any]] = [
        "beginning",
        Column("stars", _("Nota"), accessor="review.get_stars_display"),
        LiveStatusTagColumn(label=_("Situação")),
        Column("way", _("No Google"), accessor="review.way"),
    ]
    list_select_related: ClassVar[list[str]] = ["review"]
    edit_handler = ObjectList(
        [
            AnsweredPanel(heading=_("O que foi dito")),
            FieldPanel("review", widget=forms.HiddenInput, classname="w-hidden"),
            FieldPanel(
                "text",
                help_text=_("Publicada, ela é enviada ao Google em nome da casa. Até 4096 bytes."),
            ),
        ]
    )


class ReplyTemplateViewSet(ModelViewSet):
    """Words with which replies begin."""

    model = ReplyTemplate
    icon = "copy"
    menu_label = _("Modelos de resposta")
    url_prefix = "reviews/templates"
    name = "reply_templates"
    add_to_reference_index = False
    copy_view_enabled = False
    form_fields: ClassVar[list[str]] = ["name", "text"]
    list_display: ClassVar[list[str]] = ["name"]
