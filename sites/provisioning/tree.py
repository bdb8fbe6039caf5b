"""A way through the parsed file that skips what has the wrong type.

What is skipped is reported when the schema is checked; the rest can still be judged.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sites.provisioning.lines import KeyPath

Located = tuple[KeyPath, str]
"""A string, and where it is."""


@dataclass(frozen=True, slots=True)
class Node:
    """A table of the file, and where it is."""

    path: KeyPath
    table: dict[str, Any]

    def at(self, *keys: str | int) -> KeyPath:
        return (*self.path, *keys)

    def text(self, key: str) -> str:
        """Return the string under a key, or an empty one."""
        value = self.table.get(key)
        return value.strip() if isinstance(value, str) else ""

    def texts(self, key: str) -> Iterator[Located]:
        """Return the strings of the array under a key."""
        for index, value in self._items(key):
            if isinstance(value, str):
                yield self.at(key, index), value.strip()

    def child(self, key: str) -> "Node | None":
        """Return the table under a key."""
        value = self.table.get(key)
        return Node(self.at(key), value) if isinstance(value, dict) else None

    def children(self, key: str) -> Iterator["Node"]:
        """Return the tables of the array under a key."""
        for index, value in self._items(key):
            if isinstance(value, dict):
                yield Node(self.at(key, index), value)

    def slugs(self, key: str) -> frozenset[str] | None:
        """Return the slugs of the tables under a key, or None if one of them cannot be read."""
        values = self.table.get(key, [])
        if not isinstance(values, list):
            return None
        slugs = [child.text("slug") for child in self.children(key)]
        return frozenset(slugs) if len(slugs) == len(values) and all(slugs) else None

    def _items(self, key: str) -> Iterator[tuple[int, Any]]:
        values = self.table.get(key)
        return iter(enumerate(values if isinstance(values, list) else ()))
