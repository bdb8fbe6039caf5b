"""The staff's preview screen, and the address at which a shared preview opens."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import View
from wagtail.admin import messages
from wagtail.models import Site

from tenancy import throttle
from tenancy.models import User
from theme.models import PreviewLink, ThemedPage
from theme.previews import moments, rules, selectors, services
from theme.previews.forms import DEVICES, PreviewForm, ShareForm

OPENINGS_A_MINUTE = 60


class StaffRequest(HttpRequest):
    """A request of somebody who is signed in: Wagtail lets nobody else to the admin's views."""

    user: User


class PreviewView(View):
    """A page in frames as wide as phones, tablets and desktops, as of any instant.

    GET shows it, POST makes a link to it: the answer is the only place where the link is whole.
    """

    http_method_names = ("get", "post")

    def get(self, request: StaffRequest, page_id: int) -> HttpResponse:
        page = editable(page_id, request)
        return screen(request, page, ShareForm(zone=moments.zone_of(page)))

    def post(self, request: StaffRequest, page_id: int) -> HttpResponse:
        page = editable(page_id, request)
        form = ShareForm(request.POST, zone=moments.zone_of(page))
        if not form.is_valid():
            return screen(request, page, form)
        _link, token = services.share(
            page=page,
            as_of=form.cleaned_data["at"],
            lasts=form.cleaned_data["lasts"],
            actor=request.user,
            at=timezone.now(),
        )
        address = page.get_site().root_url + reverse("shared_preview", args=[token])
        return screen(request, page, form, address=address)


def screen(
    request: StaffRequest, page: ThemedPage, share_form: ShareForm, address: str = ""
) -> HttpResponse:
    """Draw the screen: what is chosen stands in the query, or in the form that was sent."""
    zone, now = moments.zone_of(page), timezone.now()
    form = PreviewForm({**PreviewForm.USUAL, **request.GET.dict()}, zone=zone)
    chosen: dict[str, Any] = form.cleaned_data if form.is_valid() else PreviewForm.USUAL
    text = rules.write(chosen["at"], zone) if chosen["at"] else ""
    devices = DEVICES if chosen["device"] == "all" else [chosen["device"]]
    context = {
        "page": page,
        "form": form,
        "share_form": share_form,
        "address": address,
        "moments": [rules.Moment(_("Agora"), ""), *moments.moments_of(page, now)],
        "versions": selectors.versions_for(page, request.user),
        "links": selectors.links_to(page, now),
        "frames": [(name, *DEVICES[name]) for name in devices],
        "at": text,
        "query": urlencode({**PreviewForm.USUAL, **request.GET.dict(), "at": text}),
        "zone": zone,
    }
    return render(request, "theme/admin/preview.html", context)


@require_safe
def frame(request: StaffRequest, page_id: int) -> HttpResponse:
    """Draw the page itself, for a frame of the screen."""
    page = editable(page_id, request)
    is_live = request.GET.get("version") == "live"
    shown = page if is_live else page.get_latest_revision_as_object()
    at = request.GET.get("at", "")
    marks = {"is_framed": True, "in_preview_panel": True, "shows_published": is_live}
    return shown.make_preview_request(request, at, marks)


@require_POST
def revoke(request: StaffRequest, link_id: UUID) -> HttpResponse:
    """Close a shared link."""
    link = get_object_or_404(PreviewLink, pk=link_id)
    page = editable(link.page_id, request)
    services.revoke(link=link, actor=request.user, at=timezone.now())
    messages.success(request, _("O link não abre mais."))
    return redirect("page_preview", page.pk)


def editable(page_id: int, request: StaffRequest) -> ThemedPage:
    """Return the page, for who may edit it. Raises `Http404` and `PermissionDenied`."""
    page = selectors.live_page(page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return page


def _may_open(request: HttpRequest) -> bool:
    """Count an opening by the request's network on its host."""
    key = f"preview|{request.get_host()}|{throttle.address_of(request)}"
    return throttle.allow(key, limit=OPENINGS_A_MINUTE, seconds=60)


@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """Draw a shared draft for whoever has the link; all links that don't open look alike."""
    if not _may_open(request):
        response = HttpResponse("429 Too Many Requests\n", status=429, content_type="text/plain")
        response.headers["Retry-After"] = "60"
        return private(response)
    link = selectors.link_for(token, timezone.now())
    page = selectors.shared_page(link, Site.find_for_request(request)) if link else None
    if link is None or page is None:
        return private(render(request, "404.html", status=404))
    services.note_opening(link=link)
    zone = moments.zone_of(page)
    mode = rules.write(link.as_of, zone) if link.as_of else ""
    return private(page.make_preview_request(preview_mode=mode))


def private(response: HttpResponse) -> HttpResponse:
    """Keep an answer out of caches, of search engines, and of other sites' logs."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
