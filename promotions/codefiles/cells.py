"""CSV as spreadsheets of Brazil take it, of which no cell is ever a formula.

`harmless` and `plain` are each other's inverse: what is written is read as it was, byte for byte.
"""

import csv
from collections.abc import Iterator, Sequence
from io import StringIO

BEGINNINGS = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""What spreadsheets begin formulas with; full width, too."""
MARK = "'"
"""Before such a cell, and before one that begins with this sign itself."""
DELIMITERS = ";,\t"
BOM = "\ufeff"
LINE_END = "\r\n"


class NotCsv(ValueError):
    """The file is none that can be read; `line` is where that was found."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line


def harmless(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula, wherever it trims blanks."""
    is_formula = text[:1] in BEGINNINGS or text.lstrip()[:1] in BEGINNINGS
    return MARK + text if is_formula or text.startswith(MARK) else text


def plain(cell: str) -> str:
    """Return the text of which `harmless` made a cell."""
    return cell.removeprefix(MARK)


def written(cells: Sequence[str]) -> str:
    """Return a line: all cells in quotes, so that no other delimiter splits them."""
    out = StringIO(newline="")
    csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator=LINE_END).writerow(
        harmless(cell) for cell in cells
    )
    return out.getvalue()


def read(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each line with its number, from 1 on; one that is empty is left out.

    The delimiter is the one that the first line has most of. Raises `NotCsv`.
    """
    first = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    try:
        for cells in reader:
            if any(cells):
                yield begins, [plain(cell) for cell in cells]
            begins = reader.line_num + 1
    except csv.Error as error:
        raise NotCsv(begins) from error
