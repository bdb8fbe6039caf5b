"""Screens of people's own accounts: saying yes to an invitation, and the account itself."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView
from wagtail.admin.views import account

from tenancy import invitations
from tenancy.enums import UNANSWERED, InvitationStatus
from tenancy.forms import ChooseForm, ConfirmForm
from tenancy.invitations import Link
from tenancy.models import Invitation
from tenancy.selectors import current_tenant

ANSWERED = (InvitationStatus.ACCEPTED, InvitationStatus.ADDED)
WAIT_SECONDS = 3


class AccountView(account.AccountView):
    """Wagtail's, without the picture: people are one across tenants, their files are not."""

    def get_panels(self) -> list[account.BaseSettingsPanel]:
        return [
            panel
            for panel in super().get_panels()
            if not isinstance(panel, account.AvatarSettingsPanel)
        ]


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class AcceptInvitationView(FormView[Form]):
    """Whoever has the mailed link says yes; the ops worker then makes them a member.

    The answer is the same for what was withdrawn, what is too old and what never was.
    """

    template_name = "tenancy/invitation.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.invitation: Invitation | None = Invitation.objects.filter(pk=kwargs["pk"]).first()
        if self.invitation is None:
            return self.gone()
        self.link = invitations.link_of(self.invitation, kwargs["token"])
        if self.link is None:
            return self.gone()
        if self.invitation.status in ANSWERED:
            return self.answered(self.invitation)
        if self.invitation.status not in UNANSWERED:
            return self.gone()
        return super().dispatch(request, *args, **kwargs)

    def gone(self) -> HttpResponse:
        return render(self.request, "tenancy/invitation_gone.html", status=404)

    def answered(self, invitation: Invitation) -> HttpResponse:
        """Say whether the person can sign in by now; until then, look again by itself."""
        is_ready = invitation.status == InvitationStatus.ADDED
        context = {"tenant": current_tenant(), "is_ready": is_ready}
        response = render(self.request, "tenancy/invitation_answered.html", context)
        if not is_ready:
            response.headers["Refresh"] = str(WAIT_SECONDS)
        return response

    def get_form_class(self) -> type[Form]:
        return ChooseForm if self.link == Link.CHOOSE else ConfirmForm

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        if self.link == Link.CHOOSE and self.invitation:
            kwargs |= {"email": self.invitation.email, "initial": {"name": self.invitation.name}}
        return kwargs

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tenant, invitation = current_tenant(), self.invitation
        return super().get_context_data(tenant=tenant, invitation=invitation, **kwargs)

    def form_valid(self, form: Form) -> HttpResponse:
        data = form.cleaned_data
        try:
            invitations.accept(
                invitation=self.invitation,  # type: ignore[arg-type]  # dispatch saw that it is there
                token=self.kwargs["token"],
                name=data.get("name", ""),
                password=data.get("password1", ""),
            )
        except ValidationError:
            return self.gone()  # withdrawn since the form was shown
        return HttpResponseRedirect(self.request.path)
