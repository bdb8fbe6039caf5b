"""All routes; `tenancy.middleware` says which host answers which."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as documents_urls

from config import database  # noqa: F401 (connects its receiver)
from config.api import api
from config.views import health, media
from sites.views import robots, serve, share_picture, sitemap

handler404 = "config.views.not_found"
handler500 = "config.views.server_error"

urlpatterns = [
    path("_health", health, name="health"),
    path("admin/", include(admin_urls)),
    path("api/v1/", api.urls),
    path("documents/", include(documents_urls)),
    path("media/<path:name>", media, name="media"),
    path("robots.txt", robots, name="robots"),
    path("share/<int:page_id>/<slug:digest>.png", share_picture, name="share_picture"),
    path("sitemap.xml", sitemap, name="sitemap"),
]

urlpatterns += i18n_patterns(
    *(each for each in wagtail_urls.urlpatterns if each.name != "wagtail_serve"),
    re_path(wagtail_urls.serve_pattern, serve, name="wagtail_serve"),
    prefix_default_language=False,
)
