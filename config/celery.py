"""The Celery app and its timetable."""

import os

from celery import Celery

import tenancy.celery  # noqa: F401 (registers the signals that carry the tenant)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")

app = Celery("alcova")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
