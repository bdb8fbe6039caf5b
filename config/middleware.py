"""What an answer owes to those who are meant to read it: headers, and words for refusals."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.db.models import ProtectedError, RestrictedError
from django.http import FileResponse, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils import translation
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import get_language_from_path
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.middleware import RedirectMiddleware
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from sites.redirect_chains import Place, never_arrives
from tenancy.api.languages import PREFIX as API
from tenancy.api.languages import asked_language
from tenancy.api.problems import explained
from tenancy.store.keeping import is_drafted

ADMIN = "/admin/"
ERRORS = 500
"""The first status that says nothing lasting of an address."""


class AudienceHeadersMiddleware:
    """Guests' pages get the strict policies; the admin those that it works under.

    The admin draws inline styles, and its forms must say where they come from: under
    `no-referrer` browsers send `Origin: null`, which the CSRF check refuses. What is meant for one
    person is stored by nobody on the way, and what says that something failed by nobody at all.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_staff = request.path_info.startswith(ADMIN)
        policy = settings.STAFF_CSP if is_staff else settings.GUEST_CSP
        if isinstance(response, FileResponse):
            response.headers["Content-Security-Policy"] = settings.FILE_CSP
        response.headers.setdefault("Content-Security-Policy", policy)
        referrer = "same-origin" if is_staff else settings.SECURE_REFERRER_POLICY
        response.headers.setdefault("Referrer-Policy", referrer)
        if response.status_code >= ERRORS:
            patch_cache_control(response, no_store=True)
        elif is_staff or response.cookies:
            patch_cache_control(response, private=True)
        if is_staff:
            response.headers["X-Frame-Options"] = "SAMEORIGIN"  # previews are frames
        return response


class AddressLanguageMiddleware:
    """Activates the language that the address says, else the main one; nothing else is asked.

    Django's own middleware lets answers vary by `Accept-Language`, though pages do not. The API
    has one address for all languages: its answers do. Those who are signed in choose the admin's
    language in their account.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        is_api = request.path_info.startswith(API)
        said = asked_language(request) if is_api else get_language_from_path(request.path_info)
        language = said or settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language  # where Django puts it
        response = self.get_response(request)
        if is_api:
            patch_vary_headers(response, ["Accept-Language"])
        response.headers.setdefault("Content-Language", translation.get_language())
        return response


class ApiMiddleware:
    """The API says every error as a problem, and what no call lets others keep, nobody keeps."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.path_info.startswith(API):
            response = explained(request, response)
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class GuestCompressionMiddleware(GZipMiddleware):
    """Compresses what guests get past the page store: no secret is in it to be told by its length.

    The admin's have one, the CSRF token, beside what an attacker may choose (BREACH).
    """

    kinds = ("text/html", "text/css", "application/xml")
    max_random_bytes = 0  # the same page is the same bytes

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        is_guests = not (request.path_info.startswith(ADMIN) or response.cookies)
        if not is_guests or kind not in self.kinds or is_drafted(request):
            return response
        compressed: HttpResponseBase = super().process_response(request, response)
        return compressed


class RefusedDeletionMiddleware:
    """Have the admin say why something cannot be deleted, where stock views would fail."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseRedirect | None:
        """Go back to the question with an error; nothing has been deleted."""
        if not request.path_info.startswith(ADMIN):
            return None
        if isinstance(exception, ProtectedError):
            found = exception.protected_objects
        elif isinstance(exception, RestrictedError):
            found = exception.restricted_objects
        else:
            return None
        users = ", ".join(sorted({str(each) for each in found}))
        messages.error(
            request, _("Não pode ser excluído: ainda é usado por %(users)s.") % {"users": users}
        )
        return HttpResponseRedirect(request.path)


class GuestRedirectMiddleware(RedirectMiddleware):
    """Wagtail's redirects, where there is a site for them: on guests' hosts.

    Elsewhere Wagtail would follow the redirects of any site. One that would send guests in
    circles, as after its page was taken back, is none: the address is not found.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if response.status_code != 404 or (site := Site.find_for_request(request)) is None:
            return response
        found: HttpResponseBase = super().process_response(request, response)
        if found is response:
            return response
        start = Place(site, Redirect.normalise_path(request.get_full_path()))
        address = request.build_absolute_uri(found.headers["Location"])
        return response if never_arrives(start, address) else found
