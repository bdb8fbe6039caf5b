"""All routes; `tenancy.middleware` says which host answers which."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as documents_urls

from config import database  # noqa: F401 (connects its receiver)
from config.api import api
from config.api.calls import nothing
from config.parts import in_parts
from config.views import document, health, media
from promotions.guest_views import coupon
from reviews.views.platform import pushed, returned
from sites.views import robots, serve, share_picture, sitemap
from theme.previews.views import shared

handler404 = "config.views.not_found"
handler500 = "config.views.server_error"

urlpatterns = [
    path("_health", health, name="health"),
    path("_style/", include("theme.urls")),
    path("admin/", include("tenancy.urls")),  # first: it stands before some of Wagtail's own
    path("admin/", include(admin_urls)),
    path("api/v1/", api.urls),
    re_path(r"^api/", nothing),
    path("avisos/google", pushed, name="google_pushed"),
    path("avisos/google/volta", returned, name="google_returned"),
    re_path(r"^documents/(\d+)/(.*)$", in_parts(document), name="wagtaildocs_serve"),
    path("documents/", include(documents_urls)),
    path("media/<path:name>", in_parts(media), name="media"),
    path("portaria/", include("promotions.gate.urls")),
    path("robots.txt", robots, name="robots"),
    path("share/<int:page_id>/<slug:digest>.png", share_picture, name="share_picture"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("previa/<str:token>/", shared, name="shared_preview"),
]

urlpatterns += i18n_patterns(
    path("_cupom/<slug:slug>", coupon, name="coupon"),
    path("_envio/", include("ugc.urls")),
    *(each for each in wagtail_urls.urlpatterns if each.name != "wagtail_serve"),
    re_path(wagtail_urls.serve_pattern, serve, name="wagtail_serve"),
    prefix_default_language=False,
)
