"""Screens of ours in the admin name the way to them, and are offered to those who may open them."""

import pytest
from django.urls import reverse

from promotions.booking_views import BookingsView
from promotions.views import CalendarView
from reviews.views.files import FileView
from reviews.viewsets import StatisticsView
from tenancy.enums import TENANT_ROLES
from ugc.views.moderation import QueueView

pytestmark = pytest.mark.django_db

SCREENS = [
    ("/admin/promotions/calendar/", CalendarView, "editor"),
    ("/admin/promotions/bookings/", BookingsView, "manager"),
    ("/admin/reviews/statistics/", StatisticsView, "manager"),
    ("/admin/reviews/files/", FileView, "manager"),
    ("/admin/guests/", QueueView, "manager"),
]


@pytest.mark.parametrize(("address", "screen", "role"), SCREENS)
def test_the_way_to_a_screen_ends_with_its_title(address, screen, role, staff, lua):
    shown = staff(lua, role).get(address)

    home, here = shown.context["breadcrumbs_items"]
    assert home["url"] == reverse("wagtailadmin_home")
    assert here == {"url": "", "label": screen.page_title}


@pytest.mark.parametrize("role", TENANT_ROLES)
@pytest.mark.parametrize("address", [address for address, *_rest in SCREENS])
def test_a_menu_offers_exactly_what_may_be_opened(address, role, staff, lua):
    client = staff(lua, role)
    may = client.get(address).status_code == 200

    assert (f'"{address}"' in client.get("/admin/").content.decode()) == may
