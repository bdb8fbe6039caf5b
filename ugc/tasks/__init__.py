"""Celery doors. Those in `ops` run on the queue of the one worker with the ops role."""

from ugc.tasks.ops import resume
from ugc.tasks.tenant import expire_waiting, read_photos, send_letter, sweep_files

__all__ = ["expire_waiting", "read_photos", "resume", "send_letter", "sweep_files"]
