"""All routes; `tenancy.middleware` says which host answers which."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as documents_urls

from config import database  # noqa: F401 (connects its receiver)
from config.api import api
from config.views import health, media

handler404 = "config.views.not_found"
handler500 = "config.views.server_error"

urlpatterns = [
    path("_health", health, name="health"),
    path("admin/", include("tenancy.urls")),  # first: it stands before some of Wagtail's own
    path("admin/", include(admin_urls)),
    path("api/v1/", api.urls),
    path("documents/", include(documents_urls)),
    path("media/<path:name>", media, name="media"),
]

urlpatterns += i18n_patterns(path("", include(wagtail_urls)), prefix_default_language=False)
