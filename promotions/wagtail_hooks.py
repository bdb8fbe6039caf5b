"""What promotions add to the admin."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.snippets.models import register_snippet

from promotions.booking_views import BookingsView
from promotions.device_viewsets import DeviceViewSet
from promotions.issuing import urls as issuing
from promotions.issuing.screens import codes_button, may_see_codes
from promotions.models import BookingIntent, Coupon, CouponUse, GateDevice, PromotionRule
from promotions.offline_views import OfflineUsesView
from promotions.views import CalendarView, LintsView, PromotionsView
from promotions.viewsets import MENU_HOOK, PromotionsViewSetGroup
from tenancy.screens import AllowedMenuItem

register_snippet(PromotionsViewSetGroup)

WRITERS: dict[str, Any] = {
    "model": PromotionRule,
    "actions": PromotionsView.any_permission_required,
}
"""Who sees what is for those who write promotions."""


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
def register_calendar() -> AllowedMenuItem:
    address = reverse("promotions_calendar")
    return AllowedMenuItem(_("Calendário"), address, icon_name="date", order=10, **WRITERS)


@hooks.register(MENU_HOOK)
def register_lints() -> AllowedMenuItem:
    address = reverse("promotions_lints")
    return AllowedMenuItem(_("Conferir"), address, icon_name="warning", order=11, **WRITERS)


@hooks.register(MENU_HOOK)
def register_bookings() -> AllowedMenuItem:
    address = reverse("promotions_bookings")
    return AllowedMenuItem(
        _("Pedidos de reserva"),
        address,
        icon_name="tasks",
        order=30,
        model=BookingIntent,
        actions=["change"],
    )


@hooks.register(MENU_HOOK)
def register_gate() -> AllowedMenuItem:
    address = reverse("gate")
    return AllowedMenuItem(
        _("Portaria"), address, icon_name="key", order=12, model=CouponUse, actions=["change"]
    )


@hooks.register(MENU_HOOK)
def register_offline_uses() -> AllowedMenuItem:
    address, label = reverse("promotions_offline"), OfflineUsesView.page_title
    return AllowedMenuItem(
        label, address, icon_name="warning", order=14, model=CouponUse, actions=["change"]
    )


@hooks.register(MENU_HOOK)
def register_gate_devices() -> AllowedMenuItem:
    address, label = reverse("gate_devices:index"), DeviceViewSet.menu_label
    icon, order = DeviceViewSet.icon, 13
    return AllowedMenuItem(
        label, address, icon_name=icon, order=order, model=GateDevice, actions=["view"]
    )


@hooks.register("register_snippet_listing_buttons")
def register_codes(snippet: Model, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """Lead from a coupon in the list to its codes."""
    if isinstance(snippet, Coupon) and may_see_codes(user):
        yield codes_button(snippet)
