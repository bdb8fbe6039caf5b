"""Those of Wagtail's project template, over PostgreSQL."""

import os

from psycopg.conninfo import conninfo_to_dict

from benchmarks.peers.template import APPS
from benchmarks.peers.template import MIDDLEWARE as MIDDLEWARE  # a setting

database = conninfo_to_dict(os.environ["BENCH_STOCK_URL"])


class NoMigrations:
    """Has `migrate --run-syncdb` make the tables as they are now."""

    def __contains__(self, _app: str) -> bool:
        return True

    def __getitem__(self, _app: str) -> None:
        return None


ALLOWED_HOSTS = ["*"]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database["dbname"],
        "USER": database.get("user", ""),
        "PASSWORD": database.get("password", ""),
        "HOST": database.get("host", ""),
        "PORT": database.get("port", ""),
        "CONN_MAX_AGE": 600,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = ["benchmarks.peers.stock", *APPS]
LANGUAGE_CODE = "pt-br"
MEDIA_ROOT = os.environ["BENCH_STOCK_MEDIA"]
MEDIA_URL = "/media/"
MIGRATION_MODULES = NoMigrations()
ROOT_URLCONF = "benchmarks.peers.stock.urls"
SECRET_KEY = os.environ["SECRET_KEY"]
STATIC_URL = "/static/"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]
USE_TZ = True
WAGTAILADMIN_BASE_URL = "http://localhost"
WAGTAIL_SITE_NAME = "Stock"
