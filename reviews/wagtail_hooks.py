"""What reviews add to the admin."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, SubmenuMenuItem
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from reviews.models import Connection, Reply, ReplyTemplate, Review
from reviews.policies import reviews_policy
from reviews.reply_viewsets import ReplyTemplateViewSet, ReplyViewSet
from reviews.views.confirming import DisconnectView, DropFileView
from reviews.views.connection import ConnectionView, ReturnView
from reviews.views.files import FileView
from reviews.viewsets import ReviewViewSet, StatisticsView
from tenancy.screens import AllowedMenuItem

MENU_HOOK = "register_reviews_menu_item"

register_permission_policy(Review, reviews_policy)
register_snippet(ReplyViewSet)


@hooks.register("register_admin_menu_item")
def register_menu() -> SubmenuMenuItem:
    menu = Menu(register_hook_name=MENU_HOOK)
    return SubmenuMenuItem(_("Avaliações"), menu, icon_name="openquote", order=170)


@hooks.register("register_admin_viewset")
def register_reviews() -> list[ModelViewSet]:
    return [ReviewViewSet(), ReplyTemplateViewSet()]


@hooks.register(MENU_HOOK)
def register_replies() -> AllowedMenuItem:
    address, icon = reverse("wagtailsnippets_reviews_reply:list"), ReplyViewSet.icon
    return AllowedMenuItem(_("Respostas"), address, icon_name=icon, order=20, model=Reply)


@hooks.register(MENU_HOOK)
def register_templates() -> AllowedMenuItem:
    address, icon = reverse("reply_templates:index"), ReplyTemplateViewSet.icon
    label = ReplyTemplateViewSet.menu_label
    return AllowedMenuItem(label, address, icon_name=icon, order=30, model=ReplyTemplate)


@hooks.register(MENU_HOOK)
def register_list() -> AllowedMenuItem:
    address, icon = reverse("reviews:index"), ReviewViewSet.icon
    return AllowedMenuItem(_("Todas"), address, icon_name=icon, order=10, model=Review)


@hooks.register(MENU_HOOK)
def register_statistics() -> AllowedMenuItem:
    address = reverse("reviews_statistics")
    return AllowedMenuItem(_("Estatísticas"), address, icon_name="history", order=50, model=Review)


@hooks.register(MENU_HOOK)
def register_files() -> AllowedMenuItem:
    address = reverse("reviews_files")
    return AllowedMenuItem(
        _("Arquivo"), address, icon_name="doc-full", order=80, model=Review, actions=["change"]
    )


@hooks.register(MENU_HOOK)
def register_connection() -> AllowedMenuItem:
    address = reverse("reviews_google")
    return AllowedMenuItem(_("Google"), address, icon_name="link", order=90, model=Connection)


@hooks.register("register_admin_urls")
def register_views() -> list[URLPattern]:
    return [
        path("reviews/google/", ConnectionView.as_view(), name="reviews_google"),
        path(
            "reviews/google/disconnect/",
            DisconnectView.as_view(),
            name="reviews_google_disconnect",
        ),
        path("reviews/files/", FileView.as_view(), name="reviews_files"),
        path(
            "reviews/files/<uuid:location_id>/drop/",
            DropFileView.as_view(),
            name="reviews_file_drop",
        ),
        path("reviews/statistics/", StatisticsView.as_view(), name="reviews_statistics"),
        path("reviews/google/return/", ReturnView.as_view(), name="reviews_google_return"),
    ]
