"""Screens that ask before something goes, and say what goes with it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.permission_policies import ModelPermissionPolicy

from reviews import going
from reviews.enums import Source
from reviews.models import Connection, Location
from reviews.policies import reviews_policy
from reviews.services import connecting, filing
from tenancy.screens import Screen


class ConfirmScreen(Screen):
    """Asks by GET, with a list of what goes; does it by POST, and leads back."""

    permission_required = "change"
    template_name = "reviews/confirm.html"
    back_name = ""
    yes: Any = ""
    done: Any = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the question, and what goes."""
        own = {"asked": self.asked(), "going": self.going(), "yes": self.yes, "back": self.back}
        return {**super().get_context_data(**kwargs), **own}

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Do it."""
        self.act(request.user)
        messages.success(request, self.done)
        return HttpResponseRedirect(self.back)

    @property
    def back(self) -> str:
        return reverse(self.back_name)

    def asked(self) -> str:
        raise NotImplementedError

    def going(self) -> list[str]:
        raise NotImplementedError

    def act(self, actor: Any) -> None:
        raise NotImplementedError


class DropFileView(ConfirmScreen):
    """Deletes a house's file of reviews."""

    permission_policy = reviews_policy
    page_title = gettext_lazy("Apagar o arquivo")
    header_icon = "doc-full"
    back_name = "reviews_files"
    yes = gettext_lazy("Sim, apagar")
    done = gettext_lazy("As avaliações do arquivo foram apagadas.")

    @cached_property
    def file(self) -> Location:
        key: UUID = self.kwargs["location_id"]
        found: Location = get_object_or_404(Location, pk=key, source=Source.FILE)
        return found

    def asked(self) -> str:
        said = _("Apagar as avaliações do arquivo de %s? Elas saem do site na hora.")
        return said % self.file

    def going(self) -> list[str]:
        return going.with_reviews(self.file.reviews.all())

    def act(self, actor: Any) -> None:
        filing.drop(file=self.file, actor=actor)


class DisconnectView(ConfirmScreen):
    """Gives the company's consent back."""

    permission_policy = ModelPermissionPolicy(Connection)
    page_title = gettext_lazy("Desconectar do Google")
    header_icon = "openquote"
    back_name = "reviews_google"
    yes = gettext_lazy("Sim, desconectar")
    done = gettext_lazy(
        "Conta desconectada. O que já foi lido sai do site quando vencer o prazo de guarda."
    )

    def asked(self) -> str:
        return _("Desconectar a conta do Google? Nada mais é lido nem respondido.")

    def going(self) -> list[str]:
        return going.with_the_connection()

    def act(self, actor: Any) -> None:
        connecting.disconnect(actor=actor)
