"""What is taken of a file, and what is said of one that is not."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from promotions.codefiles.reading import MOST_BYTES, MOST_LINES, MOST_TOLD, read_file

ZONE = ZoneInfo("America/Sao_Paulo")


@pytest.fixture(autouse=True)
def _portuguese():
    with translation.override("pt-br"):
        yield


def taken(text):
    found = read_file(text.encode(), ZONE)
    assert found.wrong == []
    return list(found.lines.values())


def wrong(content):
    raw = content if isinstance(content, bytes) else content.encode()
    return [(each.line, each.column, each.text) for each in read_file(raw, ZONE).wrong]


def test_codes_are_read_as_people_write_them():
    lines = taken("\ufeffCodigo,Etiquetas\nnatal-7q4m, natal \nNATAL 7Q4N,\n")

    assert [(each.code, each.tags) for each in lines] == [
        ("NATAL7Q4M", " natal "),
        ("NATAL7Q4N", ""),
    ]


@pytest.mark.parametrize(
    ("cell", "at"),
    [
        ("31/12/2026", datetime(2027, 1, 1, 3, tzinfo=UTC)),
        ("2026-12-31", datetime(2027, 1, 1, 3, tzinfo=UTC)),
        ("31/12/2026 18:00", datetime(2026, 12, 31, 21, tzinfo=UTC)),
        (" 2026-12-31 18:00 ", datetime(2026, 12, 31, 21, tzinfo=UTC)),
        ("2026-12-31T18:00:00.000001+00:00", datetime(2026, 12, 31, 18, 0, 0, 1, tzinfo=UTC)),
        ("2026-12-31T23:00:00+23:59", datetime(2026, 12, 30, 23, 1, tzinfo=UTC)),
        ("", None),
    ],
)
def test_instants_are_on_the_company_s_clocks_and_last_days_are_whole(cell, at):
    (line,) = taken(f"codigo;vale_ate\nNATAL7Q4M;{cell}\n")

    assert line.ends_at == at


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "A primeira linha diz as colunas, e uma delas é “codigo”."),
        ("codigo\n", "Não há nenhum código no arquivo."),
        ("lote\nx\n", "A primeira linha diz as colunas, e uma delas é “codigo”."),
        ("codigo;codigo\nNATAL7Q4M;x\n", "A coluna “codigo” está duas vezes."),
        (b"codigo\nNATAL\xc9123\n", "O arquivo não está em UTF-8: salve-o como CSV UTF-8."),
        (b"x" * (MOST_BYTES + 1), "O arquivo é grande demais: até 4 MB."),
    ],
)
def test_a_file_that_is_none_says_why(text, said):
    assert [(line, why) for line, _column, why in wrong(text)] == [(1, said)]


def test_what_is_not_known_is_not_left_out_in_silence():
    assert "cpf" in wrong("codigo;cpf\nNATAL7Q4M;\n")[0][2]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        (";;", "codigo"),
        ("NATAL;;", "codigo"),
        ("NATAL_7Q4M;;", "codigo"),
        ("x" * 41 + ";;", "codigo"),
        ("529.982.247-25;;", "codigo"),
        ("ANA52998224725;;", "codigo"),
        ("=HYPERLINK(A1);;", "codigo"),
        ("NATAL7Q4M;de 529.982.247-25;", "lote"),
        ("NATAL7Q4M;" + "x" * 81 + ";", "lote"),
        ("NATAL7Q4M;;amanhã", "vale_ate"),
        ("NATAL7Q4M;;31/02/2026", "vale_ate"),
        ("NATAL7Q4M;;9999-12-31", "vale_ate"),
        ("NATAL7Q4M;;9999-12-31T23:59:00-12:00", "vale_ate"),
        ("NATAL7Q4M;;0001-01-01 00:00", "vale_ate"),
        ("NATAL7Q4M;;;x", ""),
    ],
)
def test_each_cell_that_does_not_do_is_told_by_line_and_column(cells, column):
    if cells == ";;":
        cells = ";um lote;"
    found = wrong(f"codigo;lote;vale_ate\nPRIMEIRO1;;\n{cells}\n")

    assert [(line, name) for line, name, _why in found] == [(3, column)]


def test_a_code_that_comes_twice_says_where_the_first_is():
    assert wrong("codigo\nNATAL-7Q4M\nnatal7q4m\n") == [
        (3, "codigo", "O código já está na linha 2.")
    ]


def test_there_is_an_end_to_what_is_told_and_to_what_is_taken():
    short = "codigo\n" + "X\n" * (2 * MOST_TOLD)
    long = "codigo\n" + "".join(f"CODE{number:08}\n" for number in range(MOST_LINES + 1))

    assert len(wrong(short)) == MOST_TOLD
    assert wrong(long) == [(MOST_LINES + 2, "", "São linhas demais: até 20000 de cada vez.")]
