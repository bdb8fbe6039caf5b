"""A developer's machine, and the demo."""

from config.env import env
from config.settings.base import *
from config.settings.base import STORAGES

DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("ALCOVA_DEMO", default=False)
SECRET_KEY = env.str("SECRET_KEY")

PUBLIC_SCHEME = "http"
PUBLIC_PORT = env.int("PORT", default=8000)

WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# Developers read mail as files, whatever the base says about sending.
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W012", "security.W016"]
