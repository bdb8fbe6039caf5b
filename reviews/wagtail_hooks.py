"""What reviews add to the admin."""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from reviews.models import Connection, Reply, ReplyTemplate, Review
from reviews.policies import reviews_policy
from reviews.reply_viewsets import ReplyTemplateViewSet, ReplyViewSet
from reviews.views.connection import ConnectionView, ReturnView
from reviews.views.files import FileView
from reviews.viewsets import ReviewViewSet, StatisticsView

MENU_HOOK = "register_reviews_menu_item"

register_permission_policy(Review, reviews_policy)
register_snippet(ReplyViewSet)


class ReviewsMenuItem(MenuItem):
    """For those who may do something with what it leads to."""

    actions: tuple[str, ...] = ("view", "add", "change")

    def __init__(self, *args: Any, model: type[Model], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.policy = ModelPermissionPolicy(model)

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to those who may open it."""
        return bool(self.policy.user_has_any_permission(request.user, self.actions))


@hooks.register("register_admin_menu_item")
def register_menu() -> SubmenuMenuItem:
    menu = Menu(register_hook_name=MENU_HOOK)
    return SubmenuMenuItem(_("Avaliações"), menu, icon_name="openquote", order=170)


@hooks.register("register_admin_viewset")
def register_reviews() -> list[ModelViewSet]:
    return [ReviewViewSet(), ReplyTemplateViewSet()]


@hooks.register(MENU_HOOK)
def register_replies() -> ReviewsMenuItem:
    address, icon = reverse("wagtailsnippets_reviews_reply:list"), ReplyViewSet.icon
    return ReviewsMenuItem(_("Respostas"), address, icon_name=icon, order=20, model=Reply)


@hooks.register(MENU_HOOK)
def register_templates() -> ReviewsMenuItem:
    address, icon = reverse("reply_templates:index"), ReplyTemplateViewSet.icon
    label = ReplyTemplateViewSet.menu_label
    return ReviewsMenuItem(label, address, icon_name=icon, order=30, model=ReplyTemplate)


@hooks.register(MENU_HOOK)
def register_list() -> ReviewsMenuItem:
    address, icon = reverse("reviews:index"), ReviewViewSet.icon
    return ReviewsMenuItem(_("Todas"), address, icon_name=icon, order=10, model=Review)


@hooks.register(MENU_HOOK)
def register_statistics() -> ReviewsMenuItem:
    address = reverse("reviews_statistics")
    return ReviewsMenuItem(_("Estatísticas"), address, icon_name="history", order=50, model=Review)


@hooks.register(MENU_HOOK)
def register_files() -> ReviewsMenuItem:
    address = reverse("reviews_files")
    item = ReviewsMenuItem(_("Arquivo"), address, icon_name="doc-full", order=80, model=Review)
    item.actions = ("change",)
    return item


@hooks.register(MENU_HOOK)
def register_connection() -> ReviewsMenuItem:
    address = reverse("reviews_google")
    return ReviewsMenuItem(_("Google"), address, icon_name="link", order=90, model=Connection)


@hooks.register("register_admin_urls")
def register_views() -> list[URLPattern]:
    return [
        path("reviews/google/", ConnectionView.as_view(), name="reviews_google"),
        path("reviews/files/", FileView.as_view(), name="reviews_files"),
        path("reviews/statistics/", StatisticsView.as_view(), name="reviews_statistics"),
        path("reviews/google/return/", ReturnView.as_view(), name="reviews_google_return"),
    ]
