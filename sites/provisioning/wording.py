"""What is wrong with a file, in sentences for its author that say what is allowed."""

import re
import tomllib
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache
from typing import Any, get_args

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic_core import ErrorDetails

from sites.provisioning.fields import Table
from sites.provisioning.lines import KeyPath
from sites.provisioning.schema import CompanyFile
from sites.provisioning.values import NotAccepted

REASONS = {
    "missing": gettext_lazy("Falta este campo, que é obrigatório."),
    "extra_forbidden": gettext_lazy("Não existe este campo aqui. %(hint)s"),
    "model_type": gettext_lazy("Escreva uma tabela, com os campos: %(keys)s."),
    "tuple_type": gettext_lazy("Escreva uma lista, entre colchetes."),
    "string_type": gettext_lazy("Escreva um texto, entre aspas."),
    "string_too_short": gettext_lazy("O texto não pode ficar vazio."),
    "string_too_long": gettext_lazy("O texto pode ter no máximo %(max_length)d caracteres."),
    "int_type": gettext_lazy("Escreva um número inteiro, sem aspas."),
    "greater_than_equal": gettext_lazy("O menor valor aceito é %(ge)d."),
    "less_than_equal": gettext_lazy("O maior valor aceito é %(le)d."),
    "enum": gettext_lazy("Os valores aceitos são: %(values)s."),
    "literal_error": gettext_lazy("Os valores aceitos são: %(values)s."),
    "value_error": gettext_lazy("%(error)s"),
}
"""A template for each type of error that checking the schema can end in."""

SYNTAX = (
    ("Expected '=' after a key", gettext_lazy("Falta o sinal de igual depois do nome do campo.")),
    ("Expected ']' at the end of a table", gettext_lazy("Falta fechar o colchete da tabela.")),
    ("Expected ']]' at the end", gettext_lazy("Faltam os dois colchetes que fecham a tabela.")),
    ("Expected newline", gettext_lazy("Depois de um valor, comece outra linha.")),
    ("Expected ", gettext_lazy("Falta fechar as aspas de um texto.")),
    ("Unterminated string", gettext_lazy("Falta fechar as aspas de um texto.")),
    ("Illegal character", gettext_lazy("Este caractere não pode estar aqui. Falta fechar aspas?")),
    ("Found invalid character", gettext_lazy("Este caractere não pode estar em um comentário.")),
    ("Unclosed array", gettext_lazy("Falta fechar o colchete de uma lista, ou uma vírgula nela.")),
    ("Unclosed inline", gettext_lazy("Falta fechar a chave de uma tabela, ou uma vírgula nela.")),
    ("Unescaped '\\'", gettext_lazy("Escreva a barra invertida duas vezes: “\\\\”.")),
    ("Escaped character", gettext_lazy("Este código não é de um caractere Unicode.")),
    ("Invalid hex value", gettext_lazy("Este código não é de um caractere Unicode.")),
    ("Invalid date", gettext_lazy("Este dia ou horário não existe.")),
    ("Invalid initial character for a key", gettext_lazy("Falta o nome do campo.")),
    ("Invalid statement", gettext_lazy("Aqui tem de começar um campo ou uma [tabela].")),
    ("Invalid value", gettext_lazy("Não é um valor: textos ficam entre aspas.")),
    ("Duplicate inline table key", gettext_lazy("O mesmo campo está duas vezes na tabela.")),
    ("Cannot ", gettext_lazy("Este campo ou esta tabela já está escrito antes.")),
)
"""How the messages of `tomllib` begin, and what is said instead."""


def reason(error: ErrorDetails) -> str:
    """Return the sentence for an error that checking the schema ended in."""
    context: dict[str, Any] = dict(error.get("ctx", {}))
    if not isinstance(context.get("error", NotAccepted()), NotAccepted):
        return _("Este valor não é aceito.")
    if "expected" in context:
        context["values"] = ", ".join(re.findall(r"'([^']*)'", context["expected"]))
    if error["type"] == "model_type":
        context["keys"] = ", ".join(_keys(error["loc"]))
    if error["type"] == "extra_forbidden":
        context["hint"] = _hint(str(error["loc"][-1]), _keys(error["loc"][:-1]))
    return str(REASONS.get(error["type"], _("Este valor não é aceito."))) % context


def syntax_reason(error: tomllib.TOMLDecodeError) -> str:
    """Return the sentence for an error of syntax."""
    for beginning, sentence in SYNTAX:
        if str(error).startswith(beginning):
            return str(sentence)
    return _("A sintaxe não está certa aqui.")


def syntax_line(error: tomllib.TOMLDecodeError, text: str) -> int:
    """Return the line of an error of syntax."""
    match = re.search(r"\(at line (\d+), ", str(error))
    return int(match[1]) if match else max(1, len(text.splitlines()))


def unknown(slug: str, known: Iterable[str]) -> str:
    """Return the sentence for a slug that is declared nowhere."""
    if not known:
        return _("“%s” não está declarado neste arquivo.") % slug
    return _("“%(slug)s” não está declarado neste arquivo. %(hint)s") % {
        "slug": slug,
        "hint": _hint(slug, sorted(known)),
    }


def _hint(word: str, known: list[str]) -> str:
    close = get_close_matches(word, known, n=1)
    if close:
        return _("Seria “%s”?") % close[0]
    return _("Existem: %s.") % ", ".join(known)


def _keys(path: KeyPath) -> list[str]:
    """Return the keys of the table that the schema has at a path."""
    table: type[Table] = CompanyFile
    for part in path:
        if isinstance(part, str):
            (table,) = tables_in(fields(table)[part])
    return list(fields(table))


@cache
def fields(table: type[Table]) -> dict[str, Any]:
    """Return the type of each field of a table, under the name that it has in the file."""
    return {field.alias or name: field.annotation for name, field in table.model_fields.items()}


def tables_in(annotation: Any) -> list[type[Table]]:
    """Return the tables that a field's type speaks of: none for a plain value, else one."""
    if isinstance(annotation, type) and issubclass(annotation, Table):
        return [annotation]
    return [table for argument in get_args(annotation) for table in tables_in(argument)]
