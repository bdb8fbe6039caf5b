"""Distrust of documents: a file must be what its name says."""

import zipfile
from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _

VIDEOS = frozenset({"mp4", "webm"})
"""What browsers play."""
CAPTIONS = frozenset({"vtt"})

SNIFFED = 4096
"""How many bytes tell what a file is."""

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
EBML = b"\x1a\x45\xdf\xa3"
ZIP = b"PK\x03\x04"

Check = Callable[[bytes, File[Any]], bool]
"""Says of a file, and of how it begins, whether it is of one kind."""


class BadDocument(ValidationError):
    """A file that is not the document that it is called."""


def extension_of(name: str) -> str:
    """Return the extension of a file's name, in small letters and without its dot."""
    return PurePath(name).suffix.lower().removeprefix(".")


def check(file: File[Any], name: str) -> None:
    """Raise `BadDocument` unless the content is what the name's ending says.

    Only the beginning, or an archive's table of contents, is read; nothing is unpacked.
    """
    ending = extension_of(name)
    file.seek(0)
    head = file.read(SNIFFED)
    file.seek(0)
    is_good = ending in CHECKS and CHECKS[ending](head, file)
    file.seek(0)
    if not is_good:
        reason = _("O arquivo não é o que a terminação do nome, “.%s”, diz.") % ending
        raise BadDocument(reason, code="disguised")


def is_text(head: bytes, file: File[Any]) -> bool:
    """Say whether it is words: no control characters, and nothing that a browser would run."""
    start = head.removeprefix(BYTE_ORDER_MARK).lstrip()
    return b"\0" not in head and not start.startswith((b"<", b"%PDF-", b"{\\rtf"))


def has_inside(part: str) -> Check:
    """Return a check for an office file with that part in it, and without macros."""

    def is_office(head: bytes, file: File[Any]) -> bool:
        try:
            with zipfile.ZipFile(file) as archive:
                names = {name.lower() for name in archive.namelist()}
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            return False
        has_macros = any(name.endswith("vbaproject.bin") for name in names)
        return head.startswith(ZIP) and part in names and not has_macros

    return is_office


CHECKS: dict[str, Check] = {
    "pdf": lambda head, _file: head.startswith(b"%PDF-"),
    "txt": is_text,
    "csv": is_text,
    "docx": has_inside("word/document.xml"),
    "xlsx": has_inside("xl/workbook.xml"),
    "odt": has_inside("content.xml"),
    "mp4": lambda head, _file: head[4:8] == b"ftyp",
    "webm": lambda head, _file: head.startswith(EBML) and b"webm" in head,
    "vtt": lambda head, _file: head.removeprefix(BYTE_ORDER_MARK).startswith(b"WEBVTT"),
}
"""The kinds of documents that are taken, by their extensions."""
