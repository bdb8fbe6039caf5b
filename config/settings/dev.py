"""A developer's machine, and the demo."""

from config.env import env
from config.settings.base import *
from config.settings.base import STORAGES, VAR_DIR

DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("ALCOVA_DEMO", default=False)
SECRET_KEY = env.str("SECRET_KEY")

PUBLIC_SCHEME = "http"
PUBLIC_PORT = env.int("PORT", default=8000)

VAULT_OWN_KEY_FILE = VAR_DIR / "vault-key"

# The demo shows static files as a server does; elsewhere a change is seen at once.
WHITENOISE_USE_FINDERS = DEBUG or not DEMO
WHITENOISE_AUTOREFRESH = DEBUG
if WHITENOISE_USE_FINDERS:
    STORAGES = {
        **STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }

# Developers read mail as files, whatever the base says about sending.
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W012", "security.W016"]
