"""docs/blocks.md lists the blocks that there are, each with its picture in each theme."""

import os

from django.utils import translation

from infra.local.checkout import ROOT
from sites.library import BlockNote, block_groups
from theme.enums import Theme

PAGE = ROOT / "docs" / "blocks.md"
HEAD = """\
# Blocks

What pages are made of. Editors see the same under “Blocos” in the admin. This page and its pictures
are written by `./run blocks`; how to add one is in
[developers.md](developers.md#add-a-block).
"""


def written() -> str:
    with translation.override("pt-br"):
        groups = block_groups()
        parts = [HEAD]
        for group, notes in groups.items():
            parts += [f"## {group}\n", *(section(note) for note in notes)]
    return "\n".join(parts)


def section(note: BlockNote) -> str:
    source = type(note.block).__module__.replace(".", "/") + ".py"
    lines = [
        f"### {note.label}\n",
        f"{note.description}\n",
        f"`{note.name}`, [`{type(note.block).__name__}`](../{source})\n",
        "| " + " | ".join(label.split(":")[0] for label in map(str, Theme.labels)) + " |",
        "|" + "---|" * len(Theme.values),
        "| " + " | ".join(picture(note, theme) for theme in Theme.values) + " |\n",
    ]
    if fields := note.fields:
        lines += ["| field | label | takes | limits |", "|---|---|---|---|"]
        lines += [
            f"| {each.place}{f'`{each.name}`' if each.name else ''} | {each.label} "
            f"| {each.kind} | {each.limits} |"
            for each in fields
        ]
        lines.append("")
    return "\n".join(lines)


def picture(note: BlockNote, theme: str) -> str:
    return f"![{note.label}, {theme}](images/blocks/{note.name}-{theme}.webp)"


def test_page_lists_exactly_the_blocks_that_exist():
    if "DRAW_BLOCKS" in os.environ:
        PAGE.write_text(written(), encoding="utf-8")

    assert PAGE.read_text(encoding="utf-8") == written()


def test_pictures_are_those_of_the_page():
    folder = ROOT / "docs" / "images" / "blocks"
    notes = [note for notes in block_groups().values() for note in notes]

    assert {path.name for path in folder.iterdir()} == {
        f"{note.name}-{theme}.webp" for note in notes for theme in Theme.values
    }
