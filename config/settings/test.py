"""The test suite: real PostgreSQL and Redis, cheap passwords, tasks in line."""

import tempfile

from config.settings.base import *  # noqa: F403 (settings are inherited by name)
from config.settings.base import STORAGES

DEBUG = False
SECRET_KEY = "only-for-tests-" + "0" * 50
PUBLIC_SCHEME = "http"
PUBLIC_PORT = 80

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
MEDIA_ROOT = tempfile.mkdtemp(prefix="alcova-test-media-")
WHITENOISE_USE_FINDERS = True
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
