"""Celery doors. Those in `ops` run on the queue of the one worker with the ops role."""

from promotions.tasks.ops import expire_due
from promotions.tasks.tenant import expire_holds

__all__ = ["expire_due", "expire_holds"]
