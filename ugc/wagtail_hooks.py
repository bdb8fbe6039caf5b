"""What guests' photos and words add to the admin."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ugc.views.moderation import QueueView, SubmissionView
from ugc.views.photos import photo


class QueueMenuItem(MenuItem):
    """For those who moderate."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to those who may open it."""
        policy, action = QueueView.permission_policy, QueueView.permission_required
        return bool(policy.user_has_permission(request.user, action))


@hooks.register("register_admin_urls")
def register_views() -> list[URLPattern]:
    return [
        path("guests/", QueueView.as_view(), name="ugc_queue"),
        path("guests/photo/<str:token>/", photo, name="ugc_photo"),
        path("guests/<uuid:submission_id>/", SubmissionView.as_view(), name="ugc_submission"),
    ]


@hooks.register("register_admin_menu_item")
def register_queue() -> QueueMenuItem:
    return QueueMenuItem(
        _("Envios de hóspedes"), reverse("ugc_queue"), icon_name="image", order=170
    )
