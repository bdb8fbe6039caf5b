"""Registration only."""

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.staticfiles import versioned_static
from wagtail_modeladmin.options import modeladmin_register

from tenancy.models import User
from tenancy.operators import OperatorsGroup
from tenancy.viewsets import CompanyViewSetGroup

modeladmin_register(OperatorsGroup)


@hooks.register("register_admin_viewset")
def register_company_viewsets() -> CompanyViewSetGroup:
    return CompanyViewSetGroup()


@hooks.register("get_avatar_url")
def same_avatar_for_all(user: User | None, size: int) -> str:
    """Show no file of a person's: it would lie under another tenant's folder."""
    return str(versioned_static("wagtailadmin/images/default-user-avatar.png"))


@hooks.register("construct_help_menu")
def remove_wagtails_guides(request: HttpRequest, items: list[MenuItem]) -> None:
    """Leave the shortcuts: the guides are in English, and tell of another admin."""
    items[:] = [item for item in items if item.name == "keyboard-shortcuts-trigger"]
