"""The pages of one process: as many as fit into a number of bytes, the least used go first."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from tenancy.store.pages import StoredPage

Key = tuple[str, str, str]
"""Host, path, and the query of parameters that the page declares."""


class Memory:
    """Pages by key, within `limit` bytes. Safe for threads."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._pages: OrderedDict[Key, tuple[StoredPage, int]] = OrderedDict()
        self._used = 0
        self._lock = Lock()

    def get(self, key: Key) -> StoredPage | None:
        """Return a page, which is now the last to go."""
        with self._lock:
            found = self._pages.get(key)
            if found is None:
                return None
            self._pages.move_to_end(key)
            return found[0]

    def put(self, key: Key, page: StoredPage) -> None:
        """Keep a page, and let go of others until it fits; one that never fits is not kept."""
        size = page.size
        with self._lock:
            self._drop(key)
            if size > self._limit:
                return
            self._pages[key] = page, size
            self._used += size
            while self._used > self._limit:
                self._drop(next(iter(self._pages)))

    def items(self) -> list[tuple[Key, StoredPage]]:
        """Return all pages, whatever their version."""
        with self._lock:
            return [(key, page) for key, (page, _size) in self._pages.items()]

    def forget(self, is_over: Callable[[StoredPage], bool]) -> None:
        """Let go of the pages that are over."""
        with self._lock:
            for key in [key for key, (page, _size) in self._pages.items() if is_over(page)]:
                self._drop(key)

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self._used = 0

    @property
    def used(self) -> int:
        """Return the bytes in use, about."""
        return self._used

    def __len__(self) -> int:
        return len(self._pages)

    def _drop(self, key: Key) -> None:
        found = self._pages.pop(key, None)
        if found is not None:
            self._used -= found[1]
