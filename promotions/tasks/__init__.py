"""Celery doors. Those in `ops` run on the queue of the one worker with the ops role."""

from promotions.tasks.ops import expire_due
from promotions.tasks.tenant import count_earlier_uses, expire_holds, issue_codes

__all__ = ["count_earlier_uses", "expire_due", "expire_holds", "issue_codes"]
