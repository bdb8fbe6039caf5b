"""A page behind a cache of the field: Django's, placed first, or wagtail-cache's, as it says.

`BENCH_CACHE` says which. Both keep the page in Redis, and the view behind them costs nothing:
what is measured is a hit.
"""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

from benchmarks.peers.template import APPS
from benchmarks.peers.template import MIDDLEWARE as STOCK

BODY = Path(os.environ["BENCH_PAGE"]).read_bytes()
CACHE = os.environ["BENCH_CACHE"]

MIDDLEWARE = {
    "django": [
        "django.middleware.cache.UpdateCacheMiddleware",
        "django.middleware.cache.FetchFromCacheMiddleware",
        *STOCK,
    ],
    "wagtail-cache": [
        "wagtailcache.cache.UpdateCacheMiddleware",
        *STOCK,
        "wagtailcache.cache.FetchFromCacheMiddleware",
    ],
}


def page(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(BODY)


urlpatterns = [path("", page)]

settings.configure(
    ALLOWED_HOSTS=["*"],
    CACHES={
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": os.environ["REDIS_URL"],
            "KEY_PREFIX": f"bench:{CACHE}",
        }
    },
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=[*(["wagtailcache"] if CACHE == "wagtail-cache" else []), *APPS],
    LOGGING_CONFIG=None,
    MIDDLEWARE=MIDDLEWARE[CACHE],
    ROOT_URLCONF=__name__,
    SECRET_KEY=os.environ["SECRET_KEY"],
    STATIC_URL="/static/",
    WAGTAILADMIN_BASE_URL="http://localhost",
    WAGTAIL_SITE_NAME="Bench",
)

application: Any = get_wsgi_application()
