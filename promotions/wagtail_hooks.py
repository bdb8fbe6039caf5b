"""What promotions add to the admin."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from promotions.views import CalendarView, LintsView, PromotionsView
from promotions.viewsets import MENU_HOOK, PromotionsViewSetGroup

register_snippet(PromotionsViewSetGroup)


class PromotionsMenuItem(MenuItem):
    """For those who write promotions."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to those who may open it."""
        view = PromotionsView
        return bool(
            view.permission_policy.user_has_any_permission(
                request.user, view.any_permission_required
            )
        )


@hooks.register("register_admin_urls")
def register_views() -> list[URLPattern]:
    return [
        path("promotions/calendar/", CalendarView.as_view(), name="promotions_calendar"),
        path("promotions/lints/", LintsView.as_view(), name="promotions_lints"),
    ]


@hooks.register(MENU_HOOK)
def register_calendar() -> PromotionsMenuItem:
    address = reverse("promotions_calendar")
    return PromotionsMenuItem(_("Calendário"), address, icon_name="date", order=10)


@hooks.register(MENU_HOOK)
def register_lints() -> PromotionsMenuItem:
    address = reverse("promotions_lints")
    return PromotionsMenuItem(_("Conferir"), address, icon_name="warning", order=11)
