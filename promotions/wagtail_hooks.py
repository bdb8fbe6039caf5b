"""What promotions add to the admin."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.models import register_snippet

from promotions.booking_views import BookingsView
from promotions.device_viewsets import DeviceViewSet
from promotions.issuing import urls as issuing
from promotions.issuing.screens import codes_button, may_see_codes
from promotions.models import Coupon, CouponUse, GateDevice
from promotions.offline_views import OfflineUsesView
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


class GateMenuItem(MenuItem):
    """For those who may do what it leads to."""

    def __init__(self, *args: Any, model: type[Model], action: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.policy, self.action = ModelPermissionPolicy(model), action

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to those who may open it."""
        return bool(self.policy.user_has_permission(request.user, self.action))


@hooks.register("register_admin_viewset")
def register_devices() -> DeviceViewSet:
    return DeviceViewSet()


@hooks.register("register_admin_urls")
def register_views() -> list[URLPattern]:
    return [
        path("promotions/calendar/", CalendarView.as_view(), name="promotions_calendar"),
        path("promotions/bookings/", BookingsView.as_view(), name="promotions_bookings"),
        path("promotions/offline/", OfflineUsesView.as_view(), name="promotions_offline"),
        path("promotions/lints/", LintsView.as_view(), name="promotions_lints"),
        *issuing.urlpatterns,
    ]


@hooks.register(MENU_HOOK)
def register_calendar() -> PromotionsMenuItem:
    address = reverse("promotions_calendar")
    return PromotionsMenuItem(_("Calendário"), address, icon_name="date", order=10)


@hooks.register(MENU_HOOK)
def register_lints() -> PromotionsMenuItem:
    address = reverse("promotions_lints")
    return PromotionsMenuItem(_("Conferir"), address, icon_name="warning", order=11)


class BookingsMenuItem(MenuItem):
    """For those who answer guests."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to those who may open it."""
        return bool(
            BookingsView.permission_policy.user_has_permission(
                request.user, BookingsView.permission_required
            )
        )


@hooks.register(MENU_HOOK)
def register_bookings() -> BookingsMenuItem:
    address = reverse("promotions_bookings")
    return BookingsMenuItem(_("Pedidos de reserva"), address, icon_name="tasks", order=30)


@hooks.register(MENU_HOOK)
def register_gate() -> GateMenuItem:
    address = reverse("gate")
    return GateMenuItem(
        _("Portaria"), address, icon_name="key", order=12, model=CouponUse, action="change"
    )


@hooks.register(MENU_HOOK)
def register_offline_uses() -> GateMenuItem:
    address, label = reverse("promotions_offline"), OfflineUsesView.page_title
    return GateMenuItem(
        label, address, icon_name="warning", order=14, model=CouponUse, action="change"
    )


@hooks.register(MENU_HOOK)
def register_gate_devices() -> GateMenuItem:
    address, label = reverse("gate_devices:index"), DeviceViewSet.menu_label
    icon, order = DeviceViewSet.icon, 13
    return GateMenuItem(
        label, address, icon_name=icon, order=order, model=GateDevice, action="view"
    )


@hooks.register("register_snippet_listing_buttons")
def register_codes(snippet: Model, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """Lead from a coupon in the list to its codes."""
    if isinstance(snippet, Coupon) and may_see_codes(user):
        yield codes_button(snippet)
