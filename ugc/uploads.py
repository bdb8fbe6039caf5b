"""How a form's files are read: into memory, so that nothing of a guest lies open on a disk."""

from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler


class Unwritten(MemoryFileUploadHandler):
    """Keeps every file in memory. How much that may be, the view has bounded before."""

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        """Take all that comes, whatever its size."""
        self.activated = True
