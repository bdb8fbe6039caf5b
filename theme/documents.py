"""Distrust of documents: a file must be what its name says."""

import zipfile
from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _

from theme.media import CAPTIONS, VIDEOS, is_what_it_says

SNIFFED = 4096
"""How many bytes tell what a file is."""

OFFICE = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "odt": "content.xml"}
"""What each kind of office file must have inside."""


class BadDocument(ValidationError):
    """A file that is not the document that it is called."""


def check(file: File[Any], name: str) -> None:
    """Raise `BadDocument` unless the content is what the name's ending says.

    Only the beginning, or an archive's table of contents, is read; nothing is unpacked.
    """
    ending = PurePath(name).suffix.lower().removeprefix(".")
    file.seek(0)
    head = file.read(SNIFFED)
    file.seek(0)
    is_good = CHECKS.get(ending, _is_nothing)(file, head, ending)
    file.seek(0)
    if not is_good:
        reason = _("O arquivo não é o que a terminação do nome, “.%s”, diz.") % ending
        raise BadDocument(reason, code="disguised")


def _is_pdf(file: File[Any], head: bytes, ending: str) -> bool:
    return head.startswith(b"%PDF-")


def _is_text(file: File[Any], head: bytes, ending: str) -> bool:
    """Say whether it is words: no control characters, and nothing that a browser would run."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return b"\0" not in head and not start.startswith((b"<", b"%PDF-", b"{\\rtf"))


def _is_office(file: File[Any], head: bytes, ending: str) -> bool:
    """Say whether it is an office file of that kind, without macros."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = {name.lower() for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
    has_macros = any(name.endswith("vbaproject.bin") for name in names)
    return head.startswith(b"PK\x03\x04") and OFFICE[ending] in names and not has_macros


def _is_media(file: File[Any], head: bytes, ending: str) -> bool:
    return is_what_it_says(f"media.{ending}", head)


def _is_nothing(file: File[Any], head: bytes, ending: str) -> bool:
    return False


CHECKS: dict[str, Callable[[File[Any], bytes, str], bool]] = {
    "pdf": _is_pdf,
    "txt": _is_text,
    "csv": _is_text,
    **dict.fromkeys(OFFICE, _is_office),
    **dict.fromkeys(VIDEOS | CAPTIONS, _is_media),
}
