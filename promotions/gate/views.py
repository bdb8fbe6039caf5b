"""The page of the reception, for staff and for devices; it needs no script."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View
from pydantic import ValidationError

from promotions.enums import OfflineState
from promotions.gate import answers, bookings, desk, devices, offline
from promotions.gate.answers import Answer
from promotions.gate.desk import Inquiry, NotNow, Said
from promotions.gate.forms import GateForm
from promotions.gate.keepers import Keeper, keeper_of, remember
from promotions.gate.offline import Report, Reports
from promotions.services import Done, Refused, Taken
from suites.api.calls import offer_of
from suites.selectors import Offer, suite_cards
from tenancy.models import Property
from theme.clock import instant_of

CSP = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
CAMERA = "camera=(self), microphone=()"
USE = "use"
BUSY_STATUS = 503
TOO_MANY = 429


def guarded(response: HttpResponse) -> HttpResponse:
    """Give an answer the headers of this page: nothing inline, a camera, kept by nobody."""
    response.headers["Content-Security-Policy"] = CSP
    response.headers["Permissions-Policy"] = CAMERA
    response.headers["Referrer-Policy"] = "same-origin"  # forms say where they come from
    response.headers["Cache-Control"] = "private, no-store"
    return response


class GatePage(View):
    """A page at which somebody who may stands; others are sent to sign in, or told no."""

    keeper: Keeper
    house: Property
    at: datetime

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.at = instant_of(request)
        keeper = keeper_of(request, at=self.at)
        if keeper is None:
            return guarded(turned_away(request))
        house = keeper.house(request.GET.get("house"))
        if house is None:
            raise Http404
        self.keeper, self.house = keeper, house
        return guarded(super().dispatch(request, *args, **kwargs))  # type: ignore[arg-type]  # ours

    def shown(
        self, offer: Offer, form: GateForm | None = None, answer: Answer | None = None
    ) -> HttpResponse:
        """Draw the page, with what came of a form."""
        if form is None:
            form = self.form(offer)
        query = urlencode({"house": self.house.slug})
        known = offline.facts(self.keeper, self.house, at=self.at)
        context = {
            "keeper": self.keeper,
            "house": self.house,
            "form": form,
            "answer": answer,
            "suite": form.name_of("suite") if form.is_bound else "",
            "stay": form.name_of("stay") if form.is_bound else "",
            "asks_person": bool(form.data.get("cpf")) or bool(answer and answer.asks_person),
            "uses": answers.last_uses(offer, at=self.at),
            "query": query,
            "offline": {**known, "address": f"{reverse('gate_offline')}?{query}"},
        }
        status = BUSY_STATUS if answer and answer.state == "busy" else 200
        return render(self.request, "promotions/gate/gate.html", context, status=status)

    def form(self, offer: Offer, data: Any = None) -> GateForm:
        cards = suite_cards(offer, at=offer.spell(self.at).begins_at)
        return GateForm(data, offer=offer, cards=cards)


@method_decorator(sensitive_post_parameters("cpf"), name="dispatch")
class GateView(GatePage):
    """Looks at a code, and uses it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.shown(offer_of(self.house))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Use the code where that is asked for, with its key; else say what it would give."""
        offer = offer_of(self.house)
        form = self.form(offer, request.POST)
        if not form.is_valid():
            return self.shown(offer, form)
        data = form.cleaned_data
        if request.POST.get("action") != USE and (
            intent := bookings.find(data["code"], self.house)
        ):
            return self.shown(offer, form, bookings.told(intent, offer, at=self.at))
        said = Said(data["code"], data["suite"], data["stay"], data["cpf"])
        inquiry = desk.inquiry_of(said, offer, at=self.at)
        key = data["key"] if request.POST.get("action") == USE else None
        return self.shown(offer, form, self.answer(inquiry, offer, key))

    def answer(self, inquiry: Inquiry, offer: Offer, key: UUID | None) -> Answer:
        """Return what came of it. A key that has used something is told so, whatever else holds."""
        if key and (earlier := desk.used_before(self.keeper, key)):
            return answers.used(earlier, at=self.at)
        if not answers.has_price(inquiry):
            return answers.unsold(inquiry, offer)
        try:
            found = desk.use(inquiry, self.keeper, key) if key else desk.check(inquiry)
        except NotNow:
            return answers.busy()
        if isinstance(found, Refused):
            return answers.refused(found, inquiry, offer)
        if isinstance(found, Taken):
            return answers.used(found.use, at=self.at)
        return answers.good(found, inquiry, offer)


class StepPage(GatePage):
    """Does something else than using a code, and shows what came of it."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Lead back to the page: reloading it is no wish to do it again."""
        return HttpResponseRedirect(f"{reverse('gate')}?{urlencode({'house': self.house.slug})}")


class UndoView(StepPage):
    """Gives back a use of some minutes ago."""

    def post(self, request: HttpRequest, use_id: UUID) -> HttpResponse:
        done = desk.undo(use_id, self.house, self.keeper, at=self.at)
        answer = answers.undone() if isinstance(done, Done) else answers.too_late()
        return self.shown(offer_of(self.house), answer=answer)


class BookingView(StepPage):
    """Confirms that somebody comes who wanted to."""

    def post(self, request: HttpRequest, intent_id: UUID) -> HttpResponse:
        offer = offer_of(self.house)
        intent = bookings.confirm(intent_id, self.house, self.keeper, at=self.at)
        if intent is None:
            raise Http404
        return self.shown(offer, answer=bookings.told(intent, offer, at=self.at))


class OfflineView(StepPage):
    """Takes in what was used without a network, and says what became of each."""

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            reports = Reports.model_validate_json(request.body)
        except ValidationError:
            return HttpResponseBadRequest()
        if not offline.has_room(self.keeper, reports, at=self.at):
            return HttpResponse(status=TOO_MANY)
        offer = offer_of(self.house)
        told = [
            {"key": str(each.key), "state": self.state_of(each, offer)} for each in reports.uses
        ]
        return JsonResponse({"uses": told, "left": offline.left(self.keeper, at=self.at)})

    def state_of(self, report: Report, offer: Offer) -> str:
        try:
            return str(offline.reconcile(report, self.keeper, offer, at=self.at).state)
        except NotNow:
            return OfflineState.RECEIVED.value


class DeviceView(View):
    """Makes the browser that follows a manager's link a device of the reception.

    That takes a touch: whatever looks at links in advance uses none up.
    """

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        device = devices.invited(secret, at=instant_of(request))
        context = {"device": device}
        status = 200 if device else 404
        return guarded(render(request, "promotions/gate/device.html", context, status=status))

    def post(self, request: HttpRequest, secret: str) -> HttpResponse:
        own = devices.enrol(secret, at=instant_of(request))
        if own is None:
            return self.get(request, secret)
        response = HttpResponseRedirect(reverse("gate"))
        remember(response, own)
        return guarded(response)


def turned_away(request: HttpRequest) -> HttpResponse:
    """Send whoever is not signed in to do so; others may not stand here."""
    if request.user.is_authenticated:
        return render(request, "promotions/gate/closed.html", status=403)
    query = urlencode({"next": reverse("gate")})
    return HttpResponseRedirect(f"{reverse('wagtailadmin_login')}?{query}")
