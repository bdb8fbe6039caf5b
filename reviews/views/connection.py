"""The connection with Google: asked for, and which profile is which house."""

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

import structlog
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permission_policies import ModelPermissionPolicy

from privacy.keys import KeeperError
from privacy.secrets import Contended
from reviews import consent
from reviews.enums import Source
from reviews.google.outcomes import Disconnected, NoAnswer
from reviews.models import Connection, Location
from reviews.selectors.connections import overview
from reviews.services import connecting, placing
from reviews.tasks.tenant import list_locations, read_location
from tenancy.models import Property
from tenancy.screens import Screen

log = structlog.get_logger(__name__)


class ConnectionView(Screen):
    """What the connection can do now, and the locations that it shows us."""

    permission_policy = ModelPermissionPolicy(Connection)
    any_permission_required: ClassVar[list[str]] = ["view", "change"]
    page_title = gettext_lazy("Avaliações do Google")
    header_icon = "openquote"
    template_name = "reviews/connection.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the connection, and whether the person may change it."""
        return {
            **super().get_context_data(**kwargs),
            "shown": overview(at=timezone.now()),
            "may_change": self.may_change(),
        }

    def may_change(self) -> bool:
        return bool(self.permission_policy.user_has_permission(self.request.user, "change"))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Do what a button says, and show the screen again."""
        act = ACTS.get(request.POST.get("act", ""))
        if act is None or not self.may_change():
            return HttpResponseBadRequest()
        return act(request) or HttpResponseRedirect(reverse("reviews_google"))


def connect(request: HttpRequest) -> HttpResponse | None:
    """Send the person to Google."""
    if not overview(at=timezone.now()).is_available:
        messages.error(request, _("A plataforma ainda não tem acesso à API do Google."))
        return None
    return HttpResponseRedirect(consent.begin(request, at=timezone.now()))


def relist(request: HttpRequest) -> None:
    """Ask which profiles there are."""
    list_locations.delay()
    messages.success(request, _("Buscando os perfis no Google: atualize em alguns instantes."))


def tie(request: HttpRequest) -> HttpResponse | None:
    """Have a profile be a house, or none."""
    found = location_of(request)
    key = request.POST.get("property", "")
    house = Property.objects.filter(pk=key).first() if is_key(key) else None
    if found is None or (key and house is None):
        return HttpResponseBadRequest()
    try:
        placing.tie(location=found, house=house, at=timezone.now(), actor=request.user)  # type: ignore[arg-type]  # signed in
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return None
    if house is not None:
        read_location.delay(str(found.pk))
        messages.success(request, _("Perfil ligado: as avaliações estão sendo lidas."))
    else:
        messages.success(request, _("Perfil desligado da casa: nada dele aparece mais no site."))
    return None


def read(request: HttpRequest) -> HttpResponse | None:
    """Read all of a profile again."""
    found = location_of(request)
    if found is None:
        return HttpResponseBadRequest()
    placing.read_soon(location=found, at=timezone.now())
    read_location.delay(str(found.pk))
    messages.success(request, _("Lendo as avaliações: atualize em alguns instantes."))
    return None


def location_of(request: HttpRequest) -> Location | None:
    """Return the profile that a form names."""
    key = request.POST.get("location", "")
    found = Location.objects.filter(pk=key, source=Source.GOOGLE) if is_key(key) else None
    return found.first() if found is not None else None


def is_key(text: str) -> bool:
    """Say whether a text can be a row's key."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


ACTS: dict[str, Callable[[HttpRequest], HttpResponse | None]] = {
    "connect": connect,
    "list": relist,
    "tie": tie,
    "read": read,
}


class ReturnView(PermissionCheckedMixin, View):
    """Where a person comes back to from Google."""

    permission_policy = ModelPermissionPolicy(Connection)
    permission_required = "change"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Take up the consent, if it is the one that this person was sent for."""
        try:
            verifier = consent.returned(request, at=timezone.now())
        except consent.Strange as error:
            log.warning("google.consent_strange", reason=str(error))
            messages.error(request, _("Esta volta do Google não confere: tente conectar de novo."))
        else:
            self.take_up(request, verifier)
        return HttpResponseRedirect(reverse("reviews_google"))

    def take_up(self, request: HttpRequest, verifier: str) -> None:
        """Connect, or say why not."""
        code = request.GET.get("code", "")
        if not code:
            messages.warning(request, _("A autorização foi cancelada no Google."))
            return
        try:
            connecting.connect(
                code=code,
                verifier=verifier,
                redirect_uri=consent.redirect_uri(),
                at=timezone.now(),
                actor=request.user,  # type: ignore[arg-type]  # signed in
            )
        except Disconnected:
            messages.error(
                request, _("O Google não deu acesso às avaliações: autorize tudo o que é pedido.")
            )
        except (NoAnswer, KeeperError, Contended) as error:
            log.warning("google.consent_failed", reason=type(error).__name__)
            messages.error(request, _("O Google não respondeu agora: tente conectar de novo."))
        else:
            list_locations.delay()
            messages.success(
                request, _("Conta conectada: buscando os perfis. Depois diga qual é qual casa.")
            )
