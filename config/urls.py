"""All routes; `tenancy.middleware` says which host answers which."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as documents_urls

urlpatterns = [
    path("admin/", include(admin_urls)),
    path("documents/", include(documents_urls)),
]

urlpatterns += i18n_patterns(path("", include(wagtail_urls)), prefix_default_language=False)
