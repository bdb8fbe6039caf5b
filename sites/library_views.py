"""What sites add to the admin: the library of blocks, drawn."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from sites.library import block_groups
from tenancy.context import PLATFORM_ID, current_tenant_id
from tenancy.screens import Screen
from theme.enums import Theme

SCHEMES = (("dark", _("Escuro")), ("light", _("Claro")))


class BlockLibraryView(Screen):
    """Every block with its fields and its preview, in the theme and scheme asked for."""

    page_title = _("Blocos")
    header_icon = "grip"
    template_name = "sites/block_library.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the blocks, and what may be switched."""
        return {
            **super().get_context_data(**kwargs),
            "groups": block_groups(),
            "themes": Theme.choices,
            "theme": self._asked("theme", Theme.values),
            "schemes": SCHEMES,
            "scheme": self._asked("scheme", [name for name, _label in SCHEMES]),
        }

    def _asked(self, name: str, known: list[str]) -> str:
        asked = self.request.GET.get(name, "")
        return asked if asked in known else ""


class BlockLibraryMenuItem(MenuItem):
    """For those who write pages: the platform's staff have none."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it in tenants' admins."""
        return current_tenant_id() != PLATFORM_ID
