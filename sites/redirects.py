"""Redirects of a tenant's own: nobody sends its guests to another site by accident.

Wagtail's screens, with one question more. The rule itself is a receiver of `pre_save`, so that
imported files and scripts obey it as well.
"""

from typing import Any

from django import forms
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

from sites.redirect_chains import Place, never_arrives, parts_of, place_of, target_of
from tenancy.models import Domain

SCHEMES = ("http", "https")


class UnfitRedirect(ValueError):
    """A redirect would lead guests astray. Its text names it, and says why to people."""

    def __init__(self, redirect: Redirect, reason: str) -> None:
        super().__init__(f"{redirect.old_path} → {target_of(redirect)}: {reason}")


class LeadsOffSite(UnfitRedirect):
    """A redirect leads to another site, and nobody said that it should."""


def is_off_site(address: str) -> bool:
    """Say whether an address is on none of the current tenant's own hosts."""
    host = parts_of(address).hostname
    return bool(address) and not Domain.objects.filter(host=host).exists()


def why_unfit(redirect: Redirect) -> str:
    """Return why guests cannot be sent where a redirect leads, or ""."""
    address = target_of(redirect)
    if not address:
        return ""
    if parts_of(address).scheme not in SCHEMES:
        return gettext("Escreva um endereço que comece por https:// ou http://.")
    old_path = Redirect.normalise_path(redirect.old_path)
    sites = [redirect.site] if redirect.site else Site.objects.all()
    starts = [Place(site, old_path) for site in sites]
    if place_of(address) in starts:
        return gettext("Este endereço é o mesmo de onde o redirecionamento sai.")
    if any(never_arrives(start, address, but=redirect.pk) for start in starts):
        return gettext("Com os outros redirecionamentos, daqui se anda em círculos.")
    return ""


def refuse_unfit(instance: Redirect, **kwargs: Any) -> None:
    """Raise `UnfitRedirect` for one that leads nowhere, or to another site without being meant."""
    is_meant = getattr(instance, "leads_off_site", False)
    if not is_meant and is_off_site(instance.redirect_link):
        reason = gettext("É de outro site: só pelo formulário se cria um assim.")
        raise LeadsOffSite(instance, reason)
    if reason := why_unfit(instance):
        raise UnfitRedirect(instance, reason)


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

    def _post_clean(self) -> None:
        """Judge the redirect as it would be saved; what is wrong stands at the field."""
        super()._post_clean()
        is_meant = self.cleaned_data.get("leads_off_site", False)
        self.instance.leads_off_site = is_meant
        if self.errors:
            return
        target = "redirect_page" if self.instance.redirect_page else "redirect_link"
        if not target_of(self.instance):
            self.add_error("redirect_page", _("Diga aonde o endereço antigo leva."))
        elif reason := why_unfit(self.instance):
            self.add_error(target, reason)
        elif is_off_site(self.instance.redirect_link) and not is_meant:
            message = _(
                "Este endereço é de outro site. Se é isso mesmo, marque “Leva a outro site”."
            )
            self.add_error("redirect_link", message)


class CreateView(views.CreateView):
    form_class = OurRedirectForm


class EditView(views.EditView):
    form_class = OurRedirectForm


FILE_FIELDS = {"import_file_name", "input_format"}


def process_import(request: HttpRequest) -> HttpResponse:
    """Import a file of redirects; nothing of it if one of them would lead guests astray.

    Wagtail fails over a request that does not name the file that it has kept.
    """
    if not request.POST.keys() >= FILE_FIELDS:
        messages.error(request, gettext("Escolha o arquivo de novo."))
        return redirect("wagtailredirects:start_import")
    try:
        with transaction.atomic():
            return views.process_import(request)
    except UnfitRedirect as error:
        messages.error(request, gettext("Nada foi importado. %s") % error)
        return redirect("wagtailredirects:start_import")


urlpatterns = [
    path("redirects/add/", CreateView.as_view(), name="redirects_add"),
    path("redirects/<int:redirect_id>/", EditView.as_view(), name="redirects_edit"),
    path("redirects/import/process/", process_import, name="redirects_import"),
]
"""These come before Wagtail's own of the same paths."""
