"""The list of uses that were made without a network: which were counted, and which conflict."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.permission_policies import ModelPermissionPolicy

from promotions.gate import offline
from promotions.models import CouponUse
from promotions.selectors.offline import offline_uses
from promotions.sentences import conflict_text
from tenancy.screens import Screen


class OfflineUsesView(Screen):
    """For those who may undo uses; one touch says that a conflict has been seen."""

    permission_policy = ModelPermissionPolicy(CouponUse)
    permission_required = "change"
    page_title = gettext_lazy("Usos sem conexão")
    header_icon = "warning"
    template_name = "promotions/offline.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the uses, with why they conflict."""
        page = offline_uses(page=self.request.GET.get("p"))
        said = [(line, [conflict_text(reason) for reason in line.use.reasons]) for line in page]
        return {**super().get_context_data(**kwargs), "page": page, "uses": said}

    def post(self, request: HttpRequest) -> HttpResponse:
        """Take note of one, and show the list again."""
        try:
            offline_id = UUID(request.POST["use"])
        except (KeyError, ValueError):
            return HttpResponseBadRequest()
        if offline.take_note(offline_id, actor=request.user, at=timezone.now()):  # type: ignore[arg-type]  # signed in
            messages.success(request, _("Anotado."))
        return HttpResponseRedirect(reverse("promotions_offline"))
