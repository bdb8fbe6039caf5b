"""What all apps' screens in the admin have in common, and the ways to them in its menus."""

from collections.abc import Collection
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permission_policies import ModelPermissionPolicy


class Screen(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """A screen right below the home, for those who have the permission that it requires."""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to it, which ends with its own title."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]


class AllowedMenuItem(MenuItem):
    """For those who may do any of some things with the rows that it leads to."""

    def __init__(
        self,
        *args: Any,
        model: type[Model],
        actions: Collection[str] = ("view", "add", "change"),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.policy, self.actions = ModelPermissionPolicy(model), actions

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to those who may open it."""
        return bool(self.policy.user_has_any_permission(request.user, self.actions))
