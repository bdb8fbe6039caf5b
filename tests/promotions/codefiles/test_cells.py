"""CSV that spreadsheets take for nothing but text, and that is read as it was written."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promotions.codefiles.cells import BEGINNINGS, NotCsv, harmless, plain, read, written

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"))
NASTY = st.builds(
    str.__add__, st.sampled_from(["", "'", " ", "''", *sorted(BEGINNINGS)]), TEXTS
)  # what is rare among all texts
CELLS = st.one_of(TEXTS, NASTY)


@given(CELLS)
def test_what_was_made_harmless_is_read_as_it_was(text):
    assert plain(harmless(text)) == text


@given(st.lists(CELLS, min_size=1), st.sampled_from(";,\t"))
def test_no_cell_is_a_formula_whatever_splits_the_line(cells, delimiter):
    """Spreadsheets that expect another delimiter, and those that leave blanks out, too."""
    for row in csv.reader(StringIO(written(cells), newline=""), delimiter=delimiter):
        assert not [cell for cell in row[:1] if cell.lstrip()[:1] in BEGINNINGS]
    for row in csv.reader(StringIO(written(cells), newline=""), delimiter=";"):
        assert not [cell for cell in row if cell[:1] in BEGINNINGS]
        assert not [cell for cell in row if cell.lstrip()[:1] in BEGINNINGS]


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2)))
def test_lines_are_read_as_they_were_written(rows):
    text = written(["codigo", "lote"]) + "".join(written(row) for row in rows)

    found = [cells for _number, cells in read(text)]

    assert found == [["codigo", "lote"], *(row for row in rows if any(row))]
    assert "".join(written(cells) for cells in found) == written(["codigo", "lote"]) + "".join(
        written(row) for row in rows if any(row)
    )


@pytest.mark.parametrize("text", ["a;b\n1;2\n", "a,b\r\n1,2", "a\tb\n1\t2\n", '"a","b"\n1,2\n'])
def test_what_people_have_splits_lines_as_their_first_one_does(text):
    assert list(read(text)) == [(1, ["a", "b"]), (2, ["1", "2"])]


def test_lines_keep_the_numbers_that_an_editor_shows():
    text = 'a;b\n"1\n2";x\n\n;\n3;y\n'

    assert [number for number, _cells in read(text)] == [1, 2, 6]


def test_what_is_no_csv_says_where():
    with pytest.raises(NotCsv) as error:
        list(read('a;b\n1;2\n3;"4'))

    assert error.value.line == 3
