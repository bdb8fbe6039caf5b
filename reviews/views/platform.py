"""What Google asks for, on the platform's own host: its notifications, and people who consented."""

import structlog
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotFound,
    HttpResponseRedirect,
)
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST
from kombu.exceptions import OperationalError

from reviews import consent
from reviews.clients import keys
from reviews.clients.keys import NoAnswer, NotGoogle
from reviews.google import notifications
from reviews.google.notifications import NotANotification
from reviews.services import notifying
from tenancy.context import PLATFORM_ID, require_tenant_id

log = structlog.get_logger(__name__)

MOST_BYTES = 64 * 1024


@csrf_exempt
@require_POST
def pushed(request: HttpRequest) -> HttpResponse:
    """Take up a notification, and say so at once; what it hints at is asked for later.

    What makes no sense is acknowledged too, since repeating it would not help; whatever may pass
    is not, so that Google repeats it.
    """
    if require_tenant_id() != PLATFORM_ID:
        return nothing()
    try:
        keys.check(request.headers.get("Authorization", ""))
    except NotGoogle as error:
        log.warning("google.push_refused", reason=str(error))
        return HttpResponse(status=401)
    except NoAnswer:
        return HttpResponse(status=503)
    try:
        if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
            raise NotANotification("It is too long.")
        notifying.take_up(notifications.read(request.body), at=timezone.now())
    except NotANotification as error:
        log.warning("google.push_unreadable", reason=str(error))
    except OperationalError:
        return HttpResponse(status=503)
    return HttpResponse(status=204)


@require_GET
def returned(request: HttpRequest) -> HttpResponse:
    """Send a person on to the staff host that they came from, where their session is."""
    if require_tenant_id() != PLATFORM_ID:
        return nothing()
    base = consent.staff_url(request.GET.get("state", ""))
    if base is None:
        return nothing()
    query = request.GET.urlencode()
    response = HttpResponseRedirect(f"{base}{reverse('reviews_google_return')}?{query}")
    response.headers["Cache-Control"] = "no-store"
    return response


def nothing() -> HttpResponse:
    """Answer as other hosts do that have no such address."""
    return HttpResponseNotFound("404 Not Found\n", content_type="text/plain")
