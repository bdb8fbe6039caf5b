"""Celery doors. Those in `ops` run on the queue of the one worker with the ops role."""

from tenancy.tasks.ops import admit, publish_due, purge_cdn, resume_admissions, send_invitation
from tenancy.tasks.pages import renew_pages
from tenancy.tasks.tenant import publish_scheduled

__all__ = [
    "admit",
    "publish_due",
    "publish_scheduled",
    "purge_cdn",
    "renew_pages",
    "resume_admissions",
    "send_invitation",
]
