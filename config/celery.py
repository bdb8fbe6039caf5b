"""The Celery app and its timetable."""

import os

from celery import Celery
from celery.signals import worker_init, worker_process_init

import tenancy.celery  # noqa: F401 (registers the signals that carry the tenant)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")

app = Celery("alcova")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
@worker_process_init.connect
def insist_on_fit_role(**kwargs: object) -> None:
    """Have workers, and the processes that they fork, verify their database role as well."""
    from tenancy import serving  # noqa: PLC0415 (the apps are loaded by now)

    serving.insist_on_fit_role()


@worker_init.connect
def know_the_release(**kwargs: object) -> None:
    """Have workers, and those that they fork, know what they run while that is what is there."""
    from tenancy.store.release import this_release  # noqa: PLC0415 (the same)

    this_release()
