"""Reads a provisioning file, or says everything that is wrong with it."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from sites.provisioning.crosschecks import findings
from sites.provisioning.findings import Finding
from sites.provisioning.lines import KeyPath, locate, nearest
from sites.provisioning.schema import CompanyFile
from sites.provisioning.wording import reason, syntax_line, syntax_reason


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One thing that is wrong. Line 0 is the file as a whole, which then has no field."""

    line: int
    field: str
    reason: str

    def __str__(self) -> str:
        place = _("linha %d") % self.line if self.line else _("arquivo")
        return f"{place}: {self.field}: {self.reason}" if self.field else f"{place}: {self.reason}"


class FileRefused(Exception):
    """A file that cannot be used. It has every problem that was found, in the file's order."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def read(path: Path) -> CompanyFile:
    """Return what a file says, or raise `FileRefused`."""
    text = _text(path)
    data, lines = _parsed(text)
    company: CompanyFile | None = None
    found: set[Finding] = set(findings(data))
    try:
        company = CompanyFile.model_validate(data, context={"folder": path.parent})
    except ValidationError as error:
        found |= {(e["loc"], reason(e)) for e in error.errors(include_url=False)}
    if found or company is None:
        raise FileRefused(
            *sorted(Problem(nearest(lines, at), _field(at), why) for at, why in found)
        )
    return company


def problems_at(path: Path, found: Iterable[tuple[KeyPath, str]]) -> list[Problem]:
    """Return as problems what was found wrong later, when a file that `read` took was applied."""
    _data, lines = _parsed(_text(path))
    return sorted(Problem(nearest(lines, at), _field(at), why) for at, why in found)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        reason = _("O arquivo não está em UTF-8.")
        raise FileRefused(Problem(line, "", reason)) from error
    except OSError as error:
        reason = _("Não foi possível ler “%s”.") % path
        raise FileRefused(Problem(0, "", reason)) from error


def _parsed(text: str) -> tuple[dict[str, Any], dict[KeyPath, int]]:
    try:
        return tomllib.loads(text, parse_float=Decimal), locate(text)
    except tomllib.TOMLDecodeError as error:
        problem = Problem(syntax_line(error, text), "", syntax_reason(error))
        raise FileRefused(problem) from error
    except RecursionError as error:
        reason = _("Há listas ou tabelas demais umas dentro das outras.")
        raise FileRefused(Problem(0, "", reason)) from error
    except ValueError as error:
        reason = _("Há um número com algarismos demais.")
        raise FileRefused(Problem(0, "", reason)) from error


def _field(path: KeyPath) -> str:
    """Return a path as a reader of the file would write it: properties[0].stays[1].slug."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            key = part if re.fullmatch(r"[A-Za-z0-9_-]+", part) else f'"{part}"'
            text += f".{key}" if text else key
    return text
