"""Addresses below /admin/ that are ours, or ours instead of Wagtail's."""

from django.urls import path
from wagtail.admin.auth import require_admin_access

from tenancy.views import AcceptInvitationView, AccountView

urlpatterns = [
    path("account/", require_admin_access(AccountView.as_view()), name="wagtailadmin_account"),
    path(
        "invitation/<uuid:pk>/<str:token>/",
        AcceptInvitationView.as_view(),
        name="accept_invitation",
    ),
]
