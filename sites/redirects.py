"""Redirects of a tenant's own: nobody sends its guests to another site by accident.

Wagtail's screens, with one question more. The rule itself is a receiver of `pre_save`, so that
imported files and scripts obey it as well.
"""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.contrib.redirects import views
from wagtail.contrib.redirects.forms import RedirectForm
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from tenancy.models import Domain

SCHEMES = ("http", "https")


class LeadsOffSite(ValueError):
    """A redirect leads to another site, and nobody said that it should."""


def is_off_site(address: str) -> bool:
    """Say whether an address is on none of the current tenant's own hosts."""
    host = urlsplit(address).hostname
    return bool(address) and not Domain.objects.filter(host=host).exists()


def is_at(site: Site | None, address: str) -> bool:
    """Say whether an address is of a site, or, without one, of any of the tenant's."""
    hosts = Domain.objects.filter(host=urlsplit(address).hostname)
    return (hosts.filter(property__site=site) if site else hosts).exists()


def why_unfit(address: str, old_path: str, site: Site | None) -> str:
    """Return why guests cannot be sent from a site's old path to an address, or ""."""
    if urlsplit(address).scheme not in SCHEMES:
        return gettext("Escreva um endereço que comece por https:// ou http://.")
    parts = urlsplit(address)
    target = Redirect.normalise_path(f"{parts.path}?{parts.query}" if parts.query else parts.path)
    if target == Redirect.normalise_path(old_path) and is_at(site, address):
        return gettext("Este endereço é o mesmo de onde o redirecionamento sai.")
    return ""


def refuse_off_site(instance: Redirect, **kwargs: Any) -> None:
    """Raise `LeadsOffSite` for a redirect to another site that was not declared to be one."""
    is_meant = getattr(instance, "leads_off_site", False)
    if not is_meant and is_off_site(instance.redirect_link):
        raise LeadsOffSite(instance.redirect_link)


class OurRedirectForm(RedirectForm):
    """Wagtail's form, which also asks whether another site is meant."""

    leads_off_site = forms.BooleanField(
        required=False,
        label=_("Leva a outro site"),
        help_text=_("Marque se o endereço não é de um site seu, como o de um aplicativo."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leads_off_site"].initial = is_off_site(self.instance.redirect_link)

    def clean(self) -> dict[str, Any]:
        super().clean()
        address = self.cleaned_data.get("redirect_link", "")
        is_meant = self.cleaned_data["leads_off_site"]
        self.instance.leads_off_site = is_meant
        old_path, site = self.cleaned_data.get("old_path", ""), self.cleaned_data.get("site")
        if address and (reason := why_unfit(address, old_path, site)):
            self.add_error("redirect_link", reason)
        elif is_off_site(address) and not is_meant:
            message = _(
                "Este endereço é de outro site. Se é isso mesmo, marque “Leva a outro site”."
            )
            self.add_error("redirect_link", ValidationError(message))
        if not (
            address or self.cleaned_data.get("redirect_page") or "redirect_link" in self.errors
        ):
            self.add_error(
                "redirect_page", ValidationError(_("Diga aonde o endereço antigo leva."))
            )
        return self.cleaned_data


class CreateView(views.CreateView):
    form_class = OurRedirectForm


class EditView(views.EditView):
    form_class = OurRedirectForm


FILE_FIELDS = {"import_file_name", "input_format"}


def process_import(request: HttpRequest) -> HttpResponse:
    """Import a file of redirects, all of it; nothing if an address in it is of another site.

    Wagtail fails over a request that does not name the file that it has kept.
    """
    if not request.POST.keys() >= FILE_FIELDS:
        messages.error(request, gettext("Escolha o arquivo de novo."))
        return redirect("wagtailredirects:start_import")
    try:
        with transaction.atomic():
            return views.process_import(request)
    except LeadsOffSite as error:
        message = gettext("Nada foi importado: %s é de outro site. Crie esse pelo formulário.")
        messages.error(request, message % error)
        return redirect("wagtailredirects:start_import")


urlpatterns = [
    path("redirects/add/", CreateView.as_view(), name="redirects_add"),
    path("redirects/<int:redirect_id>/", EditView.as_view(), name="redirects_edit"),
    path("redirects/import/process/", process_import, name="redirects_import"),
]
"""These come before Wagtail's own of the same paths."""
