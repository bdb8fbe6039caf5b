"""Admin screens of a tenant's owner: people, invitations, domains."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from tenancy import invitations, services
from tenancy.enums import HostKind, InvitationStatus
from tenancy.forms import RoleForm
from tenancy.models import Domain, Invitation, Membership


class ByService:
    """A form view whose save is a service; what that refuses is shown at a field."""

    error_field: str | None = None

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                return super().form_valid(form)  # type: ignore[misc]  # a mixin of views
        except ValidationError as error:
            form.add_error(self.error_field, error)
            # what Wagtail's own validation leaves for `form_invalid`
            self.produced_error_code = "validation_error"
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]  # the same
            return self.form_invalid(form)  # type: ignore[attr-defined]  # a mixin of views


class DeleteByService(generic.DeleteView):
    """A confirmed deletion by a service; what that refuses is said above the list."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                return super().form_valid(form)
        except ValidationError as error:
            messages.error(self.request, error.messages[0])
            return HttpResponseRedirect(self.get_success_url())


class MembershipEditView(ByService, generic.EditView):
    error_field = "role"

    def save_instance(self) -> Membership:
        membership = Membership.objects.get(pk=self.object.pk)
        role = self.form.cleaned_data["role"]
        return services.change_role(membership=membership, role=role, actor=self.request.user)


class MembershipDeleteView(DeleteByService):
    def delete_action(self) -> None:
        services.remove_member(membership=self.object, actor=self.request.user)


class InvitationIndexView(generic.IndexView):
    """Offers only what an invitation allows as it stands."""

    def get_list_more_buttons(self, instance: Invitation) -> list[MenuItem]:
        may = self.permission_policy.user_has_permission
        buttons = []
        if instance.status == InvitationStatus.SENT and may(self.request.user, "add"):
            url = reverse("invitations:resend", args=[instance.pk])
            buttons.append(MenuItem(_("Reenviar"), url=url, icon_name="mail"))
        if instance.is_open and may(self.request.user, "delete"):
            url = reverse("invitations:delete", args=[instance.pk])
            buttons.append(MenuItem(_("Cancelar convite"), url=url, icon_name="cross"))
        return buttons


class InvitationCreateView(ByService, generic.CreateView):
    error_field = "email"
    success_message = _("Convite registrado: a pessoa receberá uma mensagem.")

    def save_instance(self) -> Invitation:
        data = self.form.cleaned_data
        return invitations.invite(
            email=data["email"], name=data["name"], role=data["role"], invited_by=self.request.user
        )

    def get_success_message(self, instance: Invitation) -> str:
        return str(self.success_message)  # the same whether the person is known or not


class InvitationResendView(DeleteByService):
    """Confirmed and carried out like a deletion, which it is not."""

    permission_required = "add"
    page_title = _("Reenviar convite")
    template_name = "tenancy/confirm.html"
    confirmation_message = _("Enviar de novo o convite? O novo endereço vale por sete dias.")
    confirm_label = _("Sim, reenviar")
    success_message = _("Convite reenviado: a pessoa receberá uma mensagem.")

    def delete_action(self) -> None:
        invitations.resend(invitation=self.object, actor=self.request.user)


class InvitationWithdrawView(DeleteByService):
    """The row stays, so that it is known who was invited."""

    page_title = _("Cancelar convite")
    template_name = "tenancy/confirm.html"
    confirmation_message = _("Cancelar o convite? O endereço enviado deixa de valer.")
    confirm_label = _("Sim, cancelar o convite")
    success_message = _("Convite cancelado.")

    def delete_action(self) -> None:
        invitations.withdraw(invitation=self.object, actor=self.request.user)


class DomainCreateView(ByService, generic.CreateView):
    error_field = "host"
    success_message = _("Domínio pedido: ele entra no ar quando for verificado.")

    def save_instance(self) -> Domain:
        data = self.form.cleaned_data
        return services.attach_domain(
            host=data["host"], property=data["property"], actor=self.request.user
        )

    def get_success_message(self, instance: Domain) -> str:
        return str(self.success_message)


class OneGuestDomain:
    """Only a property's own hosts can be opened: the staff host is the platform's to give."""

    def get_queryset(self) -> QuerySet[Domain]:
        return super().get_queryset().filter(kind=HostKind.GUEST)  # type: ignore[misc]  # a mixin of views


class DomainEditView(ByService, OneGuestDomain, generic.EditView):
    error_field = "is_primary"

    def save_instance(self) -> Domain:
        domain = Domain.objects.get(pk=self.object.pk)
        if self.form.cleaned_data["is_primary"] and not domain.is_primary:
            services.make_primary(domain=domain, actor=self.request.user)
        return domain


class DomainDeleteView(OneGuestDomain, DeleteByService):
    def delete_action(self) -> None:
        services.detach_domain(domain=self.object, actor=self.request.user)


class DomainIndexView(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[Domain]:
        return super().get_base_queryset().filter(kind=HostKind.GUEST)


class MembershipViewSet(ModelViewSet):
    """Who works here, and in which role."""

    model = Membership
    icon = "group"
    menu_label = _("Pessoas")
    url_prefix = "people"
    name = "people"
    add_to_reference_index = False
    copy_view_enabled = False
    list_display = ["user", Column("email", capfirst(_("e-mail")), accessor="user.email"), "role"]
    list_select_related = ["user"]
    search_fields = None
    edit_handler = ObjectList(
        [FieldPanel("role", widget=forms.RadioSelect)], base_form_class=RoleForm
    )
    edit_view_class = MembershipEditView
    delete_view_class = MembershipDeleteView


class InvitationViewSet(ModelViewSet):
    """Whom the owner wants to let in."""

    model = Invitation
    icon = "mail"
    menu_label = _("Convites")
    url_prefix = "invitations"
    name = "invitations"
    add_to_reference_index = False
    copy_view_enabled = False
    list_display = ["email", "name", "role", "status", "created_at", "sent_at"]
    edit_handler = ObjectList(
        [FieldPanel("email"), FieldPanel("name"), FieldPanel("role", widget=forms.RadioSelect)],
        base_form_class=RoleForm,
    )
    index_view_class = InvitationIndexView
    add_view_class = InvitationCreateView
    delete_view_class = InvitationWithdrawView

    def get_urlpatterns(self) -> list[URLPattern]:
        kwargs = {**self.get_delete_view_kwargs(), "delete_url_name": "invitations:resend"}
        resend = self.construct_view(InvitationResendView, **kwargs)
        return [*super().get_urlpatterns(), path("resend/<str:pk>/", resend, name="resend")]


class DomainViewSet(ModelViewSet):
    """Under which names the properties are found."""

    model = Domain
    icon = "site"
    menu_label = _("Domínios")
    url_prefix = "domains"
    name = "domains"
    add_to_reference_index = False
    copy_view_enabled = False
    list_display = [
        "host",
        "property",
        BooleanColumn("is_primary", capfirst(_("principal"))),
        "verified_at",
    ]
    list_select_related = ["property"]
    index_view_class = DomainIndexView
    add_view_class = DomainCreateView
    edit_view_class = DomainEditView
    delete_view_class = DomainDeleteView

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm[Domain]]:
        """Ask for host and property at first; later only which is primary."""
        fields = ["is_primary"] if for_update else ["host", "property"]
        return forms.modelform_factory(Domain, fields=fields)


class CompanyViewSetGroup(ViewSetGroup):
    """The owner's corner of the menu."""

    items = (MembershipViewSet, InvitationViewSet, DomainViewSet)
    menu_label = _("Empresa")
    menu_icon = "group"
    menu_order = 900
