"""The list of wishes to come, which managers confirm or decline."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.permission_policies import ModelPermissionPolicy

from promotions.enums import BookingState
from promotions.models import BookingIntent
from promotions.selectors.bookings import bookings
from promotions.services import booking
from tenancy.screens import Screen

ANSWERS = (BookingState.CONFIRMED, BookingState.DECLINED)


class BookingsView(Screen):
    """Who wants to come, by reference; one touch confirms or declines."""

    permission_policy = ModelPermissionPolicy(BookingIntent)
    permission_required = "change"
    page_title = gettext_lazy("Pedidos de reserva")
    header_icon = "tasks"
    template_name = "promotions/bookings.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the wishes."""
        page = bookings(at=timezone.now(), page=self.request.GET.get("p"))
        return {**super().get_context_data(**kwargs), "page": page}

    def post(self, request: HttpRequest) -> HttpResponse:
        """Confirm or decline one, and show the list again."""
        try:
            intent_id, state = UUID(request.POST["booking"]), BookingState(request.POST["state"])
        except (KeyError, ValueError):
            return HttpResponseBadRequest()
        if state not in ANSWERS:
            return HttpResponseBadRequest()
        by = booking.Answerer.person(request.user)  # type: ignore[arg-type]  # signed in
        if booking.answer(intent_id, state, at=timezone.now(), by=by):
            messages.success(request, _("Respondido."))
        else:
            messages.error(request, _("Este pedido já foi respondido, ou passou da hora."))
        return HttpResponseRedirect(reverse("promotions_bookings"))
