"""Read-only lists of the operators' console, shown on the platform's own host and nowhere else."""

from typing import Any

from django.contrib.admin import display
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin, ModelAdminGroup

from tenancy.context import PLATFORM_ID, current_tenant_id
from tenancy.models import AuditEntry, Domain, Tenant


class OperatorsPermission(PermissionHelper):
    """Operators look; nobody adds, changes or deletes here."""

    def user_can_list(self, user: AbstractBaseUser) -> bool:
        is_operator = user.has_perm("tenancy.view_tenant")  # type: ignore[attr-defined]  # our user
        return current_tenant_id() == PLATFORM_ID and is_operator

    def user_can_create(self, user: AbstractBaseUser) -> bool:
        return False

    def user_can_edit_obj(self, user: AbstractBaseUser, obj: Any) -> bool:
        return False

    def user_can_delete_obj(self, user: AbstractBaseUser, obj: Any) -> bool:
        return False


class OperatorsList(ModelAdmin):
    """A list that is a 404 in every tenant but the platform."""

    permission_helper_class = OperatorsPermission
    history_view_enabled = False
    list_per_page = 50

    def index_view(self, request: HttpRequest) -> HttpResponse:
        if current_tenant_id() != PLATFORM_ID:
            raise Http404
        return super().index_view(request)

    def not_here(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        raise Http404

    create_view = edit_view = delete_view = inspect_view = not_here
    history_view = choose_parent_view = not_here


class TenantList(OperatorsList):
    model = Tenant
    menu_label = _("Empresas")
    menu_icon = "group"
    base_url_path = "operators/tenants"
    list_display = ("slug", "name", "legal_name", "status", "created_at")
    list_filter = ("status",)
    search_fields = ("slug", "name", "legal_name")


class DomainList(OperatorsList):
    model = Domain
    menu_label = _("Domínios")
    menu_icon = "site"
    base_url_path = "operators/domains"
    list_display = ("host", "tenant", "kind", "primary", "verified_at")
    list_filter = ("kind", "is_primary")
    list_select_related = ("tenant",)
    search_fields = ("host",)

    @display(description=_("principal"), ordering="is_primary")
    def primary(self, domain: Domain) -> str:
        """Say it in words: the icons of Django's own admin are not installed."""
        return str(_("Sim")) if domain.is_primary else str(_("Não"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Domain]:
        # The map of hosts is readable by all, and this list is the operators' alone.
        return QuerySet(Domain).order_by("host")


class EventList(OperatorsList):
    model = AuditEntry
    menu_label = _("Registro da plataforma")
    menu_icon = "history"
    base_url_path = "operators/events"
    list_display = ("at", "action", "object", "data")
    list_filter = ("action",)
    search_fields = ("action", "object")


class OperatorsGroup(ModelAdminGroup):
    items = (TenantList, DomainList, EventList)
    menu_label = _("Plataforma")
    menu_icon = "cogs"
    menu_order = 100
