"""Every value is found, and in the line in which a reader sees it."""

import tomllib
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sites.provisioning.lines import KeyPath, locate, nearest

NOISE = ("", "", "", "  # [x] = '''", "\n", '\n# """ [[y]]\n', "\r\n\r\n")
KEYS = ("k{}", "K-{}_", '"k{}"', '"k{} .#[]="', "'k{}\\ \"'", '"ção{}"', '"{}ſ🌙"')
VALUES = (
    "{}",
    "+{}.5e3",
    "1979-05-27 07:32:00.{}",
    "1979-05-27T07:32:00.{}-03:00",
    "07:32:00.{}",
    "1979-05-27 # {}\n",
    '"{}"',
    '"{} \\" # ] }} \\\\"',
    "'{} \\'",
    '"""{} ""\n\\""" [x]\n\n= "\\\\"""""',
    "'''{}\n'' # \\ [y]\r\n'''''",
)


@dataclass
class Writer:
    """Writes a TOML text in a style that Hypothesis chooses; each name and value has a number."""

    draw: Any
    text: str = ""
    number: int = 10
    marks: dict[KeyPath, str] = field(default_factory=dict)

    def pick(self, choices):
        return self.draw(st.sampled_from(choices))

    def count(self):
        return self.draw(st.integers(0, 2))

    def put(self, template):
        self.number += 1
        written = template.format(self.number)
        self.text += written
        return written

    def key(self):
        written = self.put(self.pick(KEYS))
        ((parsed, _zero),) = tomllib.loads(f"{written} = 0").items()
        return parsed, written

    def document(self):
        self.pairs(())
        for _ in range(self.count()):
            self.section((), "")
        return self.text

    def section(self, path, prefix, depth=0):
        """Write [a.b] or [[a.b]], its pairs, and the sections below it."""
        brackets = self.pick([("[", "]"), ("[ ", " ]"), ("[[", "]]"), ("[[\t", " ]]")])
        start = len(self.text)
        self.text += brackets[0] + prefix
        name, written = self.key()
        self.text += brackets[1] + self.pick(NOISE) + "\n"
        header = self.text[start:].split("\n")[0].split("]")[0]
        path = (*path, name)
        self.marks[path] = header
        if brackets[0].startswith("[["):
            self.repeat(path, prefix + written, header, depth)
        else:
            self.fill(path, prefix + written, depth)

    def repeat(self, path, name, header, depth):
        for index in range(1 + self.count()):
            if index:
                self.text += f"[[{name}]]\n"
            self.marks[*path, index] = header if not index else f"[[{name}]]"
            self.fill((*path, index), name, depth)

    def fill(self, path, name, depth):
        self.pairs(path)
        for _ in range(self.count() if depth < 2 else 0):
            self.section(path, f"{name}{self.pick(['.', ' . '])}", depth + 1)

    def pairs(self, path):
        for _ in range(self.count()):
            self.text += self.pick(NOISE) + "\n" + self.pick(["", "  ", "\t"])
            self.pair(path)
            self.text += self.pick(NOISE) + "\n"

    def pair(self, path, depth=0):
        for place in range(self.pick([1, 1, 2, 3])):
            self.text += self.pick([".", " . "]) if place else ""
            name, written = self.key()
            path = (*path, name)
            self.marks[path] = written
        self.text += self.pick(["=", " = ", "\t="])
        self.value(path, depth)

    def value(self, path, depth):
        kind = self.pick(["value", "value", "array", "table"]) if depth < 3 else "value"
        if kind == "value":
            templates = [t for t in VALUES if not depth or "# {}\n" not in t]
            written = self.put(self.pick(templates))
            self.marks.setdefault(path, written.split("\n")[0].strip("\r"))
        elif kind == "array":
            self.array(path, depth)
        else:
            self.inline_table(path, depth)

    def array(self, path, depth):
        self.text += "["
        for index in range(count := self.count()):
            self.text += self.pick(["", " ", "\n", " # ], \" '\n  ", "\r\n"])
            self.value((*path, index), depth + 1)
            self.text += self.pick(["", " ", "\n", " # [\n"])
            self.text += "," if index + 1 < count or self.draw(st.booleans()) else ""
        self.text += self.pick(["", "\n", " # ]\n"]) + "]"

    def inline_table(self, path, depth):
        self.text += "{"
        for index in range(self.count()):
            self.text += ", " if index else " "
            self.pair(path, depth + 1)
        self.text += " }"


@st.composite
def documents(draw):
    writer = Writer(draw)
    return writer.document(), writer.marks


def paths(value, at=()):
    """Return the path of everything in a parsed document."""
    children = {dict: lambda: value.items(), list: lambda: enumerate(value)}
    for key, child in children.get(type(value), tuple)():
        yield (*at, key)
        yield from paths(child, (*at, key))


@settings(max_examples=100, deadline=None)
@given(documents())
def test_locate_finds_all_that_tomllib_finds_where_it_is_written(document):
    text, marks = document

    lines = locate(text)

    assert set(lines) == set(paths(tomllib.loads(text)))
    written = ["", *text.split("\n")]
    for path, mark in marks.items():
        assert mark in written[lines[path]], path


@pytest.mark.parametrize(
    ("text", "path", "line"),
    [
        ("a = 1\nb = 2", ("b",), 2),
        ("a = [\n  1,\n  # 9\n  2,\n]", ("a", 1), 4),
        ('a = """\n\nb = 0\n"""\nb = 1', ("b",), 5),
        ("[[a]]\n[[a]]\n[[a.b]]\nc = 1", ("a", 1, "b", 0, "c"), 4),
        ("[a.b]\n[a]\nc = 1", ("a",), 2),
        ("[a]\nb.c = 1\nb.d = 2", ("a", "b"), 2),
        ('"\\u0061" = 1', ("a",), 1),
        ("a = {b = [\n{c = 1}, {c =\n2}]}".replace("=\n2", "= 2"), ("a", "b", 1, "c"), 2),
        ("\r\na = 1\r\n", ("a",), 2),
    ],
)
def test_locate_finds_the_line(text, path, line):
    assert locate(text)[path] == line


def test_nearest_falls_back_to_the_table_around():
    lines = locate("\n[a]\nb = {c = 1}\n")

    assert nearest(lines, ("a", "b", "d", 0)) == 3
    assert nearest(lines, ("a", "x")) == 2
    assert nearest(lines, ("x",)) == 1
