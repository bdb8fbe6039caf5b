"""The demo with its static files as a server on the internet has them: hashed and compressed."""

from config.settings import base
from config.settings.dev import *  # noqa: F403 (settings are inherited by name)

WHITENOISE_USE_FINDERS = False
STORAGES = base.STORAGES
