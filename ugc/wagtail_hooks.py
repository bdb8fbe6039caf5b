"""What guests' photos and words add to the admin."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from tenancy.screens import AllowedMenuItem
from ugc.models import Submission
from ugc.views.moderation import QueueView, SubmissionView
from ugc.views.photos import photo


@hooks.register("register_admin_urls")
def register_views() -> list[URLPattern]:
    return [
        path("guests/", QueueView.as_view(), name="ugc_queue"),
        path("guests/photo/<str:token>/", photo, name="ugc_photo"),
        path("guests/<uuid:submission_id>/", SubmissionView.as_view(), name="ugc_submission"),
    ]


@hooks.register("register_admin_menu_item")
def register_queue() -> AllowedMenuItem:
    return AllowedMenuItem(
        _("Envios de hóspedes"),
        reverse("ugc_queue"),
        icon_name="image",
        order=170,
        model=Submission,
        actions=["change"],
    )
