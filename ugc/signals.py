"""What others may react to."""

from django.dispatch import Signal

files_doomed = Signal()
"""There are files to delete, once the transaction is over."""
submission_closed = Signal()
"""A submission has ended: it is to be noted when nothing of it is left."""
