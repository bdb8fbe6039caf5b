"""Registration only."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from tenancy.models import User
from theme import large_file_views
from theme.models import ThemedPage
from theme.previews import views


@hooks.register("register_admin_urls")
def register_preview_urls() -> list[URLPattern]:
    return [
        path("previews/<int:page_id>/", views.PreviewView.as_view(), name="page_preview"),
        path("previews/<int:page_id>/frame/", views.frame, name="page_preview_frame"),
        path("previews/links/<uuid:link_id>/revoke/", views.revoke, name="preview_link_revoke"),
    ]


@hooks.register("register_admin_urls")
def register_large_file_urls() -> list[URLPattern]:
    return [
        path("videos/", large_file_views.LargeFileView.as_view(), name="large_file"),
        path("videos/form/", large_file_views.LargeFileFormView.as_view(), name="large_file_form"),
    ]


class LargeFileMenuItem(MenuItem):
    """Leads to the screen for videos, where there is one."""

    def is_shown(self, request: HttpRequest) -> bool:
        return large_file_views.may_send(request.user)


@hooks.register("register_admin_menu_item")
def register_large_file_menu_item() -> MenuItem:
    address = reverse("large_file")
    return LargeFileMenuItem(_("Enviar vídeo"), address, icon_name="media", order=401)


@hooks.register("register_page_header_buttons")
def register_preview_button(
    page: Page, user: User, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    is_shown = page.pk and issubclass(page.specific_class or Page, ThemedPage)
    if is_shown and page.permissions_for_user(user).can_edit():
        address = reverse("page_preview", args=[page.pk])
        yield Button(_("Ver em outra data"), address, icon_name="calendar-alt", priority=12)
