"""The test suite: real PostgreSQL and Redis, cheap passwords, tasks in line."""

import os

# The schema is built as its owner; tests/conftest.py then has every connection be the app role.
os.environ.setdefault("DATABASE_ROLE", "owner")
# Databases of parallel workers differ, and so must their caches.
worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
os.environ["REDIS_URL"] = f"{os.environ['REDIS_URL'].split('?')[0]}?db={worker + 1}"

from config.settings.base import *  # noqa: E402 (settings are inherited by name)
from config.settings.base import STORAGES, VAR_DIR  # noqa: E402 (the environment comes first)

DATABASE_ROLE = "app"
DEBUG = False
SECRET_KEY = "only-for-tests-" + "0" * 50
PUBLIC_SCHEME = "http"
PUBLIC_PORT = 80

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
# A folder per worker, in the one that `./run test` makes and removes.
VAR_DIR = VAR_DIR / f"gw{worker}"
MEDIA_ROOT = VAR_DIR / "media"
VAULT_OWN_KEY_FILE = VAR_DIR / "vault-key"
# Nobody answers there: tests that ask Google say where it is.
GOOGLE_BASE_URL = "http://127.0.0.1:9"
WHITENOISE_USE_FINDERS = True
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
