"""In which line of a TOML text each value is: the standard library's parser does not say."""

import re
import tomllib
from bisect import bisect_right
from collections import Counter

KeyPath = tuple[str | int, ...]
"""Where a value is: the keys of tables and the indices of arrays that lead to it."""

BLANK = re.compile(r"(?:[ \t\n]|#[^\n]*)*+")
BETWEEN = re.compile(r"(?:[ \t\n,]|#[^\n]*)*+")
SPACE = re.compile(r"[ \t]*+")
KEY = re.compile(r"""[A-Za-z0-9_-]++|"(?:[^"\\]|\\.)*+"|'[^']*+'""")
STRING = re.compile(
    r'''
    """(?: [^"\\] | \\. | "{1,2}(?!") )*+ "{3,5}
    | \'\'\'(?: [^'] | '{1,2}(?!') )*+ '{3,5}
    | "(?: [^"\\] | \\. )*+"
    | '[^']*+'
    ''',
    re.VERBOSE | re.DOTALL,
)
SCALAR = re.compile(r"\d{4}-\d\d-\d\d[ ]\d\d:[^\s,\]}#]++|[^\s,\]}#]++")


def locate(text: str) -> dict[KeyPath, int]:
    """Return the line, from 1, of every table, array and value in a text `tomllib` accepts.

    A table or an array is where it is named first, by a header of its own if it has one.
    """
    return _Scanner(text.replace("\r\n", "\n")).scan()


def nearest(lines: dict[KeyPath, int], path: KeyPath) -> int:
    """Return the line of a value or, where there is none, of the closest table around it."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


class _Scanner:
    """Walks through the text once, from statement to statement."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._position = 0
        self._breaks = [match.start() for match in re.finditer("\n", text)]
        self._lines: dict[KeyPath, int] = {}
        self._lengths: Counter[KeyPath] = Counter()

    def scan(self) -> dict[KeyPath, int]:
        table: KeyPath = ()
        self._skip(BLANK)
        while self._position < len(self._text):
            if self._text[self._position] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._skip(BLANK)
        return self._lines

    def _header(self) -> KeyPath:
        """Read [table] or [[table]] and return the path of what follows."""
        line = self._line()
        is_array = self._text.startswith("[[", self._position)
        self._position += 2 if is_array else 1
        *parents, last = self._key()
        self._position += 2 if is_array else 1
        path: KeyPath = ()
        for part in parents:
            path = self._latest((*path, part), line)
        path = (*path, last)
        if is_array:
            self._lines.setdefault(path, line)
            path = (*path, self._lengths[path])
            self._lengths[path[:-1]] += 1
        self._lines[path] = line
        return path

    def _latest(self, path: KeyPath, line: int) -> KeyPath:
        """Return the path of a table or, of an array of them, the latest one's."""
        self._lines.setdefault(path, line)
        length = self._lengths[path]
        return (*path, length - 1) if length else path

    def _pair(self, table: KeyPath) -> None:
        """Read key = value."""
        line = self._line()
        path = table
        for part in self._key():
            path = (*path, part)
            self._lines.setdefault(path, line)
        self._position += 1  # the equals sign
        self._skip(SPACE)
        self._value(path)

    def _key(self) -> list[str]:
        """Read a key, dotted or not, and the space around it; return its parts."""
        parts = []
        while True:
            self._skip(SPACE)
            parts.append(_unquoted(self._skip(KEY)))
            self._skip(SPACE)
            if not self._text.startswith(".", self._position):
                return parts
            self._position += 1

    def _value(self, path: KeyPath) -> None:
        match self._text[self._position]:
            case "[":
                self._array(path)
            case "{":
                self._inline_table(path)
            case '"' | "'":
                self._skip(STRING)
            case _:
                self._skip(SCALAR)

    def _array(self, path: KeyPath) -> None:
        self._position += 1  # the bracket
        index = 0
        while self._another("]"):
            item = (*path, index)
            self._lines[item] = self._line()
            self._value(item)
            index += 1

    def _inline_table(self, path: KeyPath) -> None:
        self._position += 1  # the brace
        while self._another("}"):
            self._pair(path)

    def _another(self, closing: str) -> bool:
        """Go on to the next item, or past the end; say which it was."""
        self._skip(BETWEEN)
        if self._text[self._position] != closing:
            return True
        self._position += 1
        return False

    def _skip(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self._text, self._position)
        if match is None:
            raise AssertionError(f"not TOML at line {self._line()}")
        self._position = match.end()
        return match[0]

    def _line(self) -> int:
        return bisect_right(self._breaks, self._position - 1) + 1


def _unquoted(key: str) -> str:
    if key[0] in "\"'":
        (key,) = tomllib.loads(f"{key} = 0")
    return key
