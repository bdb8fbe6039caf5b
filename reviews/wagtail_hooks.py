"""What reviews add to the admin."""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.permission_policies import ModelPermissionPolicy

from reviews.models import Connection, Review
from reviews.views.connection import ConnectionView, ReturnView
from reviews.viewsets import ReviewViewSet, StatisticsView

MENU_HOOK = "register_reviews_menu_item"


class ReviewsMenuItem(MenuItem):
    """For those who may do something with what it leads to."""

    def __init__(self, *args: Any, model: type[Model], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.policy = ModelPermissionPolicy(model)

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to those who may open it."""
        return bool(self.policy.user_has_any_permission(request.user, ["view", "change"]))


@hooks.register("register_admin_menu_item")
def register_menu() -> SubmenuMenuItem:
    menu = Menu(register_hook_name=MENU_HOOK)
    return SubmenuMenuItem(_("Avaliações"), menu, icon_name="openquote", order=170)


@hooks.register("register_admin_viewset")
def register_reviews() -> ReviewViewSet:
    return ReviewViewSet()


@hooks.register(MENU_HOOK)
def register_list() -> ReviewsMenuItem:
    address, icon = reverse("reviews:index"), ReviewViewSet.icon
    return ReviewsMenuItem(_("Todas"), address, icon_name=icon, order=10, model=Review)


@hooks.register(MENU_HOOK)
def register_statistics() -> ReviewsMenuItem:
    address = reverse("reviews_statistics")
    return ReviewsMenuItem(_("Estatísticas"), address, icon_name="history", order=50, model=Review)


@hooks.register(MENU_HOOK)
def register_connection() -> ReviewsMenuItem:
    address = reverse("reviews_google")
    return ReviewsMenuItem(_("Google"), address, icon_name="link", order=90, model=Connection)


@hooks.register("register_admin_urls")
def register_views() -> list[URLPattern]:
    return [
        path("reviews/google/", ConnectionView.as_view(), name="reviews_google"),
        path("reviews/statistics/", StatisticsView.as_view(), name="reviews_statistics"),
        path("reviews/google/return/", ReturnView.as_view(), name="reviews_google_return"),
    ]
