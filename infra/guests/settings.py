"""The demo with its static files as a server on the internet has them: hashed and compressed."""

from config.settings import base
from config.settings.dev import *  # noqa: F403 (settings are inherited by name)

WHITENOISE_USE_FINDERS = False
STORAGES = base.STORAGES

CELERY_TASK_ALWAYS_EAGER = True  # there is no worker: pictures are made as they come
