"""A server on the internet: TLS everywhere, secrets from the environment, no demo."""

from config.env import env
from config.settings.base import *
from config.settings.base import STORAGES

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY")

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^_health$"]
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
# A `__Host-` cookie is refused by browsers unless it is host-only and secure.
SESSION_COOKIE_NAME = "__Host-alcova_session"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-alcova_csrf"
CSRF_COOKIE_SECURE = True

if bucket := env.str("S3_BUCKET", default=""):
    STORAGES = {
        **STORAGES,
        "default": {
            "BACKEND": "tenancy.storage_s3.TenantS3Storage",
            "OPTIONS": {
                "bucket_name": bucket,
                "endpoint_url": env.str("S3_ENDPOINT_URL", default=None),
                "region_name": env.str("S3_REGION", default=None),
                "access_key": env.str("S3_ACCESS_KEY_ID", default=None),
                "secret_key": env.str("S3_SECRET_ACCESS_KEY", default=None),
                "default_acl": "private",
                "querystring_auth": True,
            },
        },
    }
