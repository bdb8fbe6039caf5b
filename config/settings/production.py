"""A server on the internet: TLS everywhere, secrets from the environment, no demo."""

from config.buckets import Buckets
from config.env import env
from config.settings.base import *
from config.settings.base import GUEST_CSP, MEDIA_PUBLIC_URL, STAFF_CSP, STORAGES

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
    buckets = Buckets(bucket)
    STORAGES = {**STORAGES, **buckets.storages()}
    MEDIA_PUBLIC_URL = buckets.public_url or MEDIA_PUBLIC_URL
    WAGTAILDOCS_SERVE_METHOD = "redirect"  # to a signed address, once Wagtail has said yes
    GUEST_CSP = buckets.guest_csp(GUEST_CSP)
    STAFF_CSP = buckets.staff_csp(STAFF_CSP)
