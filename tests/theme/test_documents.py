"""Documents are what their names say."""

from io import BytesIO

import pytest

from tests.theme import drawing
from tests.theme.drawing import office
from theme import documents
from theme.documents import BadDocument

FIT = {
    "a.pdf": b"%PDF-1.7\n%%EOF",
    "a.TXT": "Tarifas de sábado".encode(),
    "latin.csv": "suíte;preço\nHidro;180".encode("latin-1"),
    "a.docx": office("word/document.xml"),
    "a.xlsx": office("xl/workbook.xml"),
    "a.odt": office("content.xml"),
    "a.mp4": drawing.MP4,
    "a.WEBM": drawing.WEBM,
    "a.vtt": drawing.VTT,
    "plain.vtt": b"WEBVTT",
}
UNFIT = {
    "page.txt": drawing.HTML,
    "marked.txt": b"\xef\xbb\xbf \n" + drawing.HTML,
    "drawing.csv": drawing.SVG,
    "binary.txt": b"MZ\x90\0\x03",
    "page.pdf": drawing.HTML,
    "pdf.txt": b"%PDF-1.7",
    "drawing.pdf": drawing.SVG,
    "words.docx": b"words",
    "archive.docx": office("other.xml"),
    "table.docx": office("xl/workbook.xml"),
    "macros.docx": office("word/document.xml", "word/vbaProject.bin"),
    "behind.docx": drawing.HTML + office("word/document.xml"),
    "program.exe": b"MZ",
    "other.mp4": drawing.WEBM,
    "other.webm": drawing.MP4,
    "page.mp4": drawing.HTML,
    "page.vtt": drawing.HTML,
    "empty.mp4": b"",
}


@pytest.mark.parametrize("name", FIT)
def test_document_is_accepted_and_left_at_its_beginning(name):
    file = BytesIO(FIT[name])

    documents.check(file, name)

    assert file.tell() == 0


@pytest.mark.parametrize("name", UNFIT)
def test_disguised_document_is_refused(name):
    with pytest.raises(BadDocument):
        documents.check(BytesIO(UNFIT[name]), name)
