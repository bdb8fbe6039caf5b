"""Reviews in a file of the house's: which columns count, and what is wrong with a line."""

import csv
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from io import StringIO

DELIMITERS = ";,\t"
MOST_BYTES, MOST_LINES = 2_000_000, 5_000
MOST_TEXT, MOST_AUTHOR, MOST_ID = 5_000, 80, 100
COLUMNS = {
    "data": "date", "date": "date", "fecha": "date",
    "nota": "stars", "estrelas": "stars", "stars": "stars",
    "texto": "text", "comentário": "text", "comentario": "text", "text": "text",
    "autor": "author", "nome": "author", "author": "author",
    "resposta": "answer", "answer": "answer",
    "id": "id",
}  # fmt: skip
NEEDED = ("date", "stars", "text")
REVIEW = "review"
DATES = ("%Y-%m-%d", "%d/%m/%Y")


class BadLine(ValueError):
    """What is wrong, and in which line.

    `column` is one of `COLUMNS`' values, `REVIEW` where there is none at all, "" for the file.
    """

    def __init__(self, line: int, column: str = "") -> None:
        super().__init__(f"line {line}: {column or 'the file'}")
        self.line = line
        self.column = column


@dataclass(frozen=True, slots=True)
class Filed:
    """A review as a file has it; `key` is the same for the same line, or the same id."""

    key: str
    day: date
    stars: int
    text: str = field(repr=False)
    author: str = field(repr=False)
    answer: str = field(repr=False)


def read(data: bytes, *, today: date) -> list[Filed]:
    """Return the reviews of a CSV file, each once, one at least; raise `BadLine`.

    It is UTF-8, or what Windows' spreadsheets write; the delimiter is the one that its first line
    has most of. Columns that we do not know are left out.
    """
    found: dict[str, Filed] = {}
    for number, cells in lines(decoded(data)):
        if len(found) >= MOST_LINES:
            raise BadLine(number)
        filed = understood(number, cells, today)
        found[filed.key] = filed
    if not found:
        raise BadLine(2, REVIEW)
    return list(found.values())


def decoded(data: bytes) -> str:
    """Return the file's text."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def lines(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each line's number and known cells; raise `BadLine`."""
    head = text.partition("\n")[0]
    rows = csv.reader(
        StringIO(text, newline=""), delimiter=max(DELIMITERS, key=head.count), strict=True
    )
    try:
        names = [COLUMNS.get(cell.strip().lower(), "") for cell in next(rows, [])]
        for column in NEEDED:
            if column not in names:
                raise BadLine(1, column)
        for cells in rows:
            if any(cell.strip() for cell in cells):
                yield rows.line_num, dict(zip(names, map(str.strip, cells), strict=False))
    except csv.Error:
        raise BadLine(rows.line_num) from None


def understood(number: int, cells: Mapping[str, str], today: date) -> Filed:
    """Return the review of a line; raise `BadLine`."""
    day, stars = day_of(cells.get("date", "")), cells.get("stars", "")
    text, author = cells.get("text", ""), cells.get("author", "")
    checks = {
        "date": day is not None and day <= today,
        "stars": stars in {"1", "2", "3", "4", "5"},
        "text": 0 < len(text) <= MOST_TEXT and "\0" not in text,
        "author": len(author) <= MOST_AUTHOR and "\0" not in author,
        "answer": len(cells.get("answer", "")) <= MOST_TEXT and "\0" not in cells.get("answer", ""),
        "id": len(cells.get("id", "")) <= MOST_ID and "\0" not in cells.get("id", ""),
    }
    for column, is_fine in checks.items():
        if not is_fine:
            raise BadLine(number, column)
    assert day is not None  # noqa: S101 (checked above)
    key = key_of(cells.get("id", ""), day, author, text)
    return Filed(key, day, int(stars), text, author, cells.get("answer", ""))


def day_of(text: str) -> date | None:
    """Return a day, written as in Brazil or as in ISO 8601; None for anything else."""
    for form in DATES:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 (a day, nowhere)
        except ValueError:
            continue
    return None


def key_of(own: str, day: date, author: str, text: str) -> str:
    """Return by what a review of a file is known again: its own id, or what it says."""
    if own:
        return f"id:{own}"
    said = "\0".join([day.isoformat(), author, text])
    return hashlib.sha256(said.encode()).hexdigest()
