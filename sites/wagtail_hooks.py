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

from sites import redirects
from sites.library_views import BlockLibraryMenuItem, BlockLibraryView
from sites.models import HomePage


@hooks.register("register_admin_urls", order=-1)
def redirect_urls() -> list[URLPattern]:
    """Put our screens of redirects before Wagtail's."""
    return redirects.urlpatterns


@hooks.register("before_delete_page")
def keep_home_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to delete a home page in any language, or what is above one."""
    return _keep_home_pages(request, [page])


@hooks.register("before_unpublish_page")
def keep_site_public(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to unpublish the home page that a site begins with: its host would answer nothing."""
    return _keep_sites_public(request, [page])


@hooks.register("before_bulk_action")
def keep_home_pages(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """Refuse the same among several pages."""
    pages = [each for each in objects if isinstance(each, Page)]
    if action_type == "delete":
        return _keep_home_pages(request, pages)
    return _keep_sites_public(request, pages) if action_type == "unpublish" else None


def _keep_home_pages(request: HttpRequest, pages: list[Page]) -> HttpResponse | None:
    homes = (HomePage.objects.descendant_of(page, inclusive=True) for page in pages)
    if not any(below.exists() for below in homes):
        return None
    messages.error(request, _("A página inicial de um site não pode ser excluída."))
    return redirect("wagtailadmin_explore_root")


def _keep_sites_public(request: HttpRequest, pages: list[Page]) -> HttpResponse | None:
    if not Site.objects.filter(root_page__in=pages).exists():
        return None
    messages.error(request, _("A página inicial de um site fica sempre publicada."))
    return redirect("wagtailadmin_explore_root")


@hooks.register("register_admin_urls")
def register_block_library() -> list[URLPattern]:
    return [path("blocks/", BlockLibraryView.as_view(), name="block_library")]


@hooks.register("register_admin_menu_item")
def register_block_library_menu_item() -> BlockLibraryMenuItem:
    label, address = gettext_lazy("Blocos"), reverse("block_library")
    return BlockLibraryMenuItem(label, address, icon_name="grip", order=180)
