"""Uncovering a coupon's code by a plain form, for browsers that run no scripts.

The form has no CSRF token: pages are the same for everybody, and there is no session that another
site could use. What such a site could have a browser send gives a code to the browser, whose answer
it cannot read; tries are counted; and browsers that say where a form stood are believed.
"""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from privacy import vault
from privacy.keys import KeeperError
from promotions import attempts
from promotions.attempts import Attempt
from promotions.policies import POLICIES
from promotions.rules.eligibility import Reason
from promotions.sentences import refusal
from promotions.services import Refused
from promotions.uncovering import Asker, Uncovered, qr_svg, uncover
from suites.offering import offer_of
from tenancy.origins import is_from_here
from tenancy.throttle import address_of
from theme.clock import instant_of

TEMPLATE = "promotions/coupon.html"
LONGEST = 64


@csrf_exempt
@never_cache
@sensitive_post_parameters()
@sensitive_variables()
def coupon(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer the form of a coupon's block: the code, or why there is none."""
    if request.method != "POST":
        return HttpResponseRedirect("/")
    offer = offer_of(request)
    if offer is None:
        raise Http404
    if not is_from_here(request):
        return _said(request, None, 403)
    asker = asker_of(request)
    if not attempts.may_try(Attempt(address_of(request), identifier=asker.holder or "")):
        return _said(request, Reason.TOO_MANY_ATTEMPTS, 429)
    try:
        found = uncover(slug, offer, asker, at=instant_of(request))
    except (vault.Contended, KeeperError):
        return _said(request, None, 503)
    if found is None:
        raise Http404
    return _answer(request, found)


@sensitive_variables()
def asker_of(request: HttpRequest) -> Asker:
    """Return who asks, by the first identifier that the form gives."""
    given = ((kind, request.POST.get(kind, "")[:LONGEST].strip()) for kind in POLICIES)
    kind, holder = next((pair for pair in given if pair[1]), (None, None))
    return Asker(holder, kind)


def _answer(request: HttpRequest, found: Uncovered) -> HttpResponse:
    if isinstance(found.answer, Refused):
        first = found.answer.findings[0]
        return _said(request, first.reason, 200, offer=found.offer, next_valid=first.next_valid)
    more = {"offer": found.offer, "revealed": found.answer, "qr": qr_svg(found.qr)}
    return render(request, TEMPLATE, {"page": None, **more})


def _said(request: HttpRequest, reason: str | None, status: int, **more: object) -> HttpResponse:
    why = refusal(reason) if reason else ""
    return render(request, TEMPLATE, {"page": None, "why": why, **more}, status=status)
