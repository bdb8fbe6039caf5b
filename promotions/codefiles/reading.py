"""A file that somebody brings: all of its lines, or all that is wrong with it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from promotions.codefiles import lines
from promotions.codefiles.cells import NotCsv, read
from promotions.codefiles.lines import COLUMNS, Line, Unfit

MOST_BYTES = 4 * 1024 * 1024
MOST_LINES = 20_000
MOST_TOLD = 100

T = TypeVar("T")


@dataclass(frozen=True)
class Wrong:
    """What is wrong in a file, and where; `column` is "" where all of the line is."""

    line: int
    column: str
    text: str


@dataclass(frozen=True)
class CodeFile:
    """Lines by their numbers. What is wrong is told up to a number: nothing is taken then."""

    lines: dict[int, Line] = field(default_factory=dict)
    wrong: list[Wrong] = field(default_factory=list)


def read_file(content: bytes, zone: ZoneInfo) -> CodeFile:
    """Return what a file says; of one that is too large, or no text, nothing is read."""
    if len(content) > MOST_BYTES:
        return CodeFile(wrong=[Wrong(1, "", _("O arquivo é grande demais: até 4 MB."))])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return CodeFile(
            wrong=[Wrong(1, "", _("O arquivo não está em UTF-8: salve-o como CSV UTF-8."))]
        )
    found = CodeFile()
    try:
        _read_into(found, read(text), zone)
    except NotCsv as error:
        found.wrong.append(Wrong(error.line, "", _("Não é uma linha de CSV: confira as aspas.")))
    if not found.lines and not found.wrong:
        found.wrong.append(Wrong(1, "", _("Não há nenhum código no arquivo.")))
    return found


def _read_into(found: CodeFile, rows: Iterator[tuple[int, list[str]]], zone: ZoneInfo) -> None:
    number, header = next(rows, (1, []))
    names = [cell.strip().casefold() for cell in header]
    found.wrong.extend(Wrong(number, "", text) for text in _about_header(names))
    if found.wrong:
        return
    seen: dict[str, int] = {}
    for number, cells in rows:
        line = _line(_Cells(number, names, cells, found.wrong), zone)
        if len(found.wrong) >= MOST_TOLD:
            return
        if len(found.lines) == MOST_LINES:
            text = _("São linhas demais: até %d de cada vez.") % MOST_LINES
            found.wrong.append(Wrong(number, "", text))
            return
        first = seen.setdefault(line.code, number)
        if line.code and first != number:
            text = _("O código já está na linha %d.") % first
            found.wrong.append(Wrong(number, lines.CODE, text))
        found.lines[number] = line


def _about_header(names: Sequence[str]) -> Iterator[str]:
    if lines.CODE not in names:
        yield _("A primeira linha diz as colunas, e uma delas é “codigo”.")
    for name in dict.fromkeys(names):
        if name not in COLUMNS:
            known = ", ".join(COLUMNS)
            yield _("Não se conhece a coluna “%(name)s”: só %(known)s.") % {
                "name": name[:40],
                "known": known,
            }
        elif names.count(name) > 1:
            yield _("A coluna “%s” está duas vezes.") % name


@dataclass(frozen=True)
class _Cells:
    """The cells of a line, each of which is taken once, or noted as wrong."""

    number: int
    names: Sequence[str]
    cells: Sequence[str]
    wrong: list[Wrong]

    def take(self, column: str, reader: Callable[..., T], *more: Any, default: T) -> T:
        """Return what a column's reader makes of its cell, or what stands for none."""
        if column not in self.names:
            return default
        place = self.names.index(column)
        try:
            return reader(self.cells[place] if place < len(self.cells) else "", *more)
        except Unfit as unfit:
            self.wrong.append(Wrong(self.number, column, str(unfit)))
            return default


def _line(cells: _Cells, zone: ZoneInfo) -> Line:
    if len(cells.cells) > len(cells.names):
        text = _("Tem mais células do que a primeira linha.")
        cells.wrong.append(Wrong(cells.number, "", text))
    ends, created, revealed, disabled = (
        cells.take(name, lines.instant_of, name, zone, default=None)
        for name in (lines.ENDS, lines.CREATED, lines.REVEALED, lines.DISABLED)
    )
    return Line(
        code=cells.take(lines.CODE, lines.code_of, default=""),
        batch=cells.take(lines.BATCH, lines.text_of, lines.BATCH, default=""),
        tags=cells.take(lines.TAGS, lines.text_of, lines.TAGS, default=""),
        ends_at=ends,
        created_at=created,
        revealed_at=revealed,
        disabled_at=disabled,
    )
