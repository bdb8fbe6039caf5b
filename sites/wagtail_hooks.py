"""Registration only."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page, Site

from sites.views import BlockLibraryMenuItem, BlockLibraryView


@hooks.register("before_delete_page")
def keep_home_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to delete a motel's home page, or what is above one: a site must have its root."""
    return _keep_home_pages(request, [page])


@hooks.register("before_bulk_action")
def keep_home_pages(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """Refuse the same among several pages."""
    pages = [each for each in objects if isinstance(each, Page)]
    return _keep_home_pages(request, pages) if action_type == "delete" else None


def _keep_home_pages(request: HttpRequest, pages: list[Page]) -> HttpResponse | None:
    sites = (Site.objects.filter(root_page__path__startswith=page.path) for page in pages)
    if not any(below.exists() for below in sites):
        return None
    messages.error(request, _("A página inicial de um motel não pode ser excluída."))
    return redirect("wagtailadmin_explore_root")


@hooks.register("register_admin_urls")
def register_block_library() -> list[URLPattern]:
    return [path("blocks/", BlockLibraryView.as_view(), name="block_library")]


@hooks.register("register_admin_menu_item")
def register_block_library_menu_item() -> BlockLibraryMenuItem:
    label, address = gettext_lazy("Blocos"), reverse("block_library")
    return BlockLibraryMenuItem(label, address, icon_name="grip", order=180)
