"""A guest sends something, and comes back by a link of their own; all of it without a script.

Forms have no token: there is no session that another site could use, and whoever follows a link
has its secret. Nothing of these answers is kept by anybody.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_safe

from privacy.keys import KeeperError
from privacy.secrets import Contended
from tenancy.origins import is_from_here
from theme.clock import instant_of
from theme.selectors import Venue, venue_of
from ugc import attempts, services
from ugc.forms import TRAP, GuestForm
from ugc.rules.proof import BITS
from ugc.rules.sniffing import MOST_BYTES
from ugc.selectors.offered import is_offered
from ugc.services import Receipt, WordingChanged
from ugc.uploads import Unwritten

MOST_BODY = 5 * MOST_BYTES + 1024**2
"""Bytes of a form: what is longer is not read at all."""

View = Callable[..., HttpResponse]


def no_store(response: HttpResponse) -> HttpResponse:
    """Have an answer kept by nobody."""
    response.headers["Cache-Control"] = "private, no-store"
    return response


def private(view: View) -> View:
    """Have an answer kept by nobody, found by nobody, and its address told to nobody."""

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = no_store(view(request, *args, **kwargs))
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return guarded


@private
@require_safe
def challenge(request: HttpRequest) -> HttpResponse:
    """Give a browser something to work on."""
    if not attempts.may_ask(request):
        return JsonResponse({}, status=429)
    return JsonResponse({"challenge": attempts.challenge(), "bits": BITS})


@private
@sensitive_post_parameters()
@sensitive_variables()
def send(request: HttpRequest) -> HttpResponse:
    """Answer the form of the block: the receipt, or what is wrong."""
    venue = venue_of(request)
    if venue is None:
        raise Http404
    if request.method != "POST":
        return HttpResponseRedirect("/")
    if unread := _unread(request, venue):
        return form_page(request, GuestForm(house=venue.property.name), *unread)
    request.upload_handlers = [Unwritten(request)]
    if request.POST.get(TRAP):
        return form_page(request, GuestForm(house=venue.property.name), "refused", 403)
    form = GuestForm(request.POST, request.FILES, house=venue.property.name)
    if not form.is_valid():
        return form_page(request, form, "", 200)
    return _received(request, form, venue)


def _unread(request: HttpRequest, venue: Venue) -> tuple[str, int] | None:
    """Say why a form's body is not even read, and with which status; None if it is."""
    if int(request.META.get("CONTENT_LENGTH") or MOST_BODY + 1) > MOST_BODY:
        return "large", 413
    if not is_from_here(request):
        return "refused", 403
    if not attempts.may_upload(request):
        return "often", 429
    return None if is_offered(venue.property) else ("closed", 403)


@sensitive_variables()
def _received(request: HttpRequest, form: GuestForm, venue: Venue) -> HttpResponse:
    challenge, proof = (request.POST.get(name, "") for name in ("challenge", "proof"))
    given = replace(form.given(), challenge=challenge if attempts.is_ours(challenge) else "")
    if again := services.receipt_of(given):
        return _receipt_page(request, again)
    if not attempts.may_send(request, is_proven=attempts.proves(challenge, proof)):
        return form_page(request, form, "often", 429)
    try:
        receipt = services.receive(given=given, house=venue.property, at=instant_of(request))
    except WordingChanged:
        return form_page(request, form, "wording", 409)
    except (KeeperError, Contended):
        return form_page(request, form, "away", 503)
    return _receipt_page(request, receipt)


@sensitive_variables()
def _receipt_page(request: HttpRequest, receipt: Receipt) -> HttpResponse:
    context = {
        "page": None,
        "receipt": _address(request, "ugc_receipt", receipt.secret),
        "partner": _address(request, "ugc_partner", receipt.partner_secret),
        "has_mail": bool(receipt.submission.contact),
    }
    return render(request, "ugc/sent.html", context)


def form_page(request: HttpRequest, form: GuestForm, why: str, status: int) -> HttpResponse:
    """Show the form again, with what is wrong; photos have to be chosen again."""
    context = {"page": None, "form": form, "why": why}
    return render(request, "ugc/form_page.html", context, status=status)


def _address(request: HttpRequest, name: str, secret: str) -> str:
    return request.build_absolute_uri(reverse(name, args=[secret])) if secret else ""
