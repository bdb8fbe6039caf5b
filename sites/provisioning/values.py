"""The single values of a provisioning file: what is accepted, and in which form it is kept.

Every function returns the value as it is kept, or raises `NotAccepted`.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from ipaddress import ip_address
from typing import Any
from zoneinfo import available_timezones

import idna
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _

from tenancy.links import RESERVED_SLUGS
from theme.enums import Icon
from theme.palettes import COLOUR
from theme.previews.rules import YEARS
from theme.reais import MAX_CENTAVOS, read_reais

FORMAT = 1

AREA_CODE = "1[1-9]|2[12478]|3[1-578]|4[1-9]|5[1345]|6[1-9]|7[134579]|8[1-9]|9[1-9]"
PHONE = re.compile(rf"(?:\+?55)?({AREA_CODE})([2-5][0-9]{{7}}|9[0-9]{{8}})")


WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class NotAccepted(ValueError):
    """A value that the file may not have. Its text is a sentence for the file's author."""


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day of one year, or of every year."""

    month: int
    day: int
    year: int | None = None


@dataclass(frozen=True, slots=True)
class WeekTime:
    """A time of a day of the week; Monday is 0."""

    weekday: int
    clock: time


def file_format(number: int) -> int:
    if number != FORMAT:
        raise NotAccepted(_("Este programa lê o formato %d.") % FORMAT)
    return number


def line(text: str) -> str:
    """Accept text without line breaks or other control characters."""
    if any(unicodedata.category(character) in {"Cc", "Zl", "Zp"} for character in text):
        raise NotAccepted(_("Escreva o texto em uma só linha, sem caracteres de controle."))
    return text


def paragraphs(text: str) -> str:
    """Accept text of several lines, without other control characters."""
    line(text.replace("\n", " "))
    return text


def not_empty(value: Any) -> Any:
    if value == []:
        raise NotAccepted(_("A lista tem de ter pelo menos um item."))
    return value


def two_to_four(value: Any) -> Any:
    if isinstance(value, list) and len(value) not in range(2, 5):
        raise NotAccepted(_("A lista tem de ter de dois a quatro itens."))
    return value


def slug(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text):
        raise NotAccepted(
            _("Use letras minúsculas sem acento, algarismos e hifens entre eles: “lua-centro”.")
        )
    return text


def free_slug(text: str) -> str:
    """Accept a slug that becomes part of a host name, which the platform must not need itself."""
    if slug(text) in RESERVED_SLUGS:
        raise NotAccepted(_("“%s” é reservado para a plataforma; escolha outro.") % text)
    return text


def icon(text: str) -> str:
    if text not in Icon.values:
        existing = ", ".join(Icon.values)
        raise NotAccepted(_("Não há este ícone; os que existem são: %s.") % existing)
    return text


def email(text: str) -> str:
    """Return an e-mail address in lower case."""
    try:
        validate_email(text)
    except ValidationError:
        reason = _("Não é um endereço de e-mail: escreva como “ana@minhacasa.com.br”.")
        raise NotAccepted(reason) from None
    return text.lower()


def time_zone(text: str) -> str:
    if text not in available_timezones():
        raise NotAccepted(_("Não é um fuso horário conhecido: escreva como “America/Belem”."))
    return text


def domain(text: str) -> str:
    """Return a host name as domains are kept: lower case, A-labels, no trailing dot."""
    try:
        name = idna.encode(text.removesuffix("."), uts46=True, std3_rules=True).decode()
    except idna.IDNAError:
        name = ""
    if "." not in name or name.rsplit(".", 1)[1].isdigit() or _is_address(name):
        raise NotAccepted(
            _("Não é um domínio: escreva como “www.minhacasa.com.br”, sem “https://”.")
        )
    return name


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def cnpj(text: str) -> str:
    """Return the 14 characters of a CNPJ, which since 2026 may have letters; no punctuation."""
    number = re.sub(r"[./\-\s]", "", text).upper()
    if not re.fullmatch(r"[0-9A-Z]{12}[0-9]{2}", number) or len(set(number)) == 1:
        raise NotAccepted(_("Um CNPJ tem 14 caracteres, como “11.222.333/0001-81”."))
    if number[12:] != check_digits(number[:12]):
        raise NotAccepted(_("Os dígitos verificadores deste CNPJ não conferem."))
    return number


def check_digits(base: str) -> str:
    """Return the two check digits for the first 12 characters of a CNPJ."""
    digits = ""
    for _round in range(2):
        values = [ord(character) - ord("0") for character in reversed(base + digits)]
        total = sum(value * (2 + place % 8) for place, value in enumerate(values))
        digits += str((11 - total % 11) % 11 % 10)
    return digits


def phone(text: str) -> str:
    """Return a Brazilian telephone number in E.164: "+5591987654321"."""
    digits = re.sub(r"[\s().\-]", "", text)
    match = PHONE.fullmatch(digits)
    if match is None:
        raise NotAccepted(
            _("Não é um telefone brasileiro com DDD: escreva como “+55 91 98765-4321”.")
        )
    return f"+55{match[1]}{match[2]}"


def postcode(text: str) -> str:
    """Return a CEP with its hyphen."""
    match = re.fullmatch(r"([0-9]{5})-?([0-9]{3})", text)
    if match is None:
        raise NotAccepted(_("Um CEP tem oito algarismos, como “66093-020”."))
    return f"{match[1]}-{match[2]}"


def colour(text: str) -> str:
    """Return a colour as #rrggbb."""
    if not COLOUR.match(text):
        raise NotAccepted(_("Escreva a cor assim: “#c2185b”."))
    return text.lower()


def yes_or_no(value: Any) -> bool:
    """Return a value that is true or false already."""
    if not isinstance(value, bool):
        raise NotAccepted(_("Escreva true ou false, sem aspas."))
    return value


def https_address(text: str) -> str:
    """Return the address of a page that is read over TLS."""
    try:
        URLValidator(schemes=["https"])(text)
    except ValidationError:
        raise NotAccepted(_("Escreva um endereço que comece com “https://”.")) from None
    return text


def instagram(text: str) -> str:
    """Return an Instagram handle without its @."""
    handle = text.removeprefix("@")
    if not re.fullmatch(r"[A-Za-z0-9._]+", handle):
        raise NotAccepted(_("Escreva só o nome do perfil, como “minhacasa”."))
    return handle


def suite_number(value: Any) -> Any:
    """Let a suite's number be written as a number, too."""
    return str(value) if type(value) is int else value


def centavos(value: Any) -> int:
    """Return a price in reais, written as a number or a string, in centavos. No float is made.

    A string is read as people write in Brazil; only "76.50", which can be nothing else, has a dot.
    """
    if isinstance(value, str) and not re.fullmatch(r"[0-9]{1,9}\.[0-9]{2}", value, re.ASCII):
        written = read_reais(value)
        value = None if written is None else Decimal(written) / 100
    if type(value) not in {int, Decimal, str}:
        raise NotAccepted(_("Não é um preço em reais: escreva como 76, 76.50 ou “1.234,50”."))
    amount = Decimal(value)
    if not amount.is_finite() or not 0 < amount <= MAX_CENTAVOS // 100:
        raise NotAccepted(_("O preço tem de ser maior que zero e no máximo um milhão de reais."))
    if amount != amount.quantize(Decimal("0.01")):
        raise NotAccepted(_("O preço tem mais de duas casas decimais."))
    return int(amount * 100)


def local_time(value: Any) -> time:
    """Return a time of day, written "22:00" or as TOML's own local time."""
    if isinstance(value, time) and not (value.second or value.microsecond):
        return value
    if isinstance(value, str) and re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", value, re.ASCII):
        return time.fromisoformat(value)
    raise NotAccepted(_("Não é um horário: escreva como “22:00”."))


def week_time(value: Any) -> WeekTime:
    """Return a time of the week, written "fri 18:00"."""
    days = "|".join(WEEKDAYS)
    match = isinstance(value, str) and re.fullmatch(rf"({days}) (\d\d:\d\d)", value, re.ASCII)
    if not match:
        raise NotAccepted(
            _("Não é um horário da semana: escreva como “fri 18:00” (mon, tue, wed … sun).")
        )
    return WeekTime(WEEKDAYS.index(match[1]), local_time(match[2]))


def calendar_day(value: Any) -> CalendarDay:
    """Return a day, written "06-12" (of every year) or "2026-06-12" or as TOML's own date."""
    value = value.isoformat() if type(value) is date else value
    match = isinstance(value, str) and re.fullmatch(r"(?:(\d{4})-)?(\d\d)-(\d\d)", value, re.ASCII)
    if not match:
        raise NotAccepted(
            _("Não é uma data: escreva “06-12” (todo ano, mês e dia) ou “2026-06-12”.")
        )
    year = int(match[1]) if match[1] else None
    day = CalendarDay(int(match[2]), int(match[3]), year)
    try:
        date(2024 if year is None else year, day.month, day.day)
    except ValueError:
        raise NotAccepted(_("Este dia não existe no calendário.")) from None
    if year is not None and year not in YEARS:
        raise NotAccepted(_("Escreva um ano entre 2000 e 2099."))
    return day


def full_date(value: Any) -> date:
    """Return a day of one year, written "2026-06-12" or as TOML's own date."""
    day = calendar_day(value)
    if day.year is None:
        raise NotAccepted(_("Falta o ano: escreva como “2026-06-12”."))
    return date(day.year, day.month, day.day)


def local_path(text: str) -> str:
    """Return a path on the site's own host as redirects are looked up: no slash at its end."""
    if not re.fullmatch(r"/[^\s?#]+", text) or text.startswith("//"):
        raise NotAccepted(_("Escreva o caminho no site, como “/tarifas”."))
    return text.rstrip("/")


def web_address(text: str) -> str:
    """Accept an address on the web."""
    try:
        URLValidator(schemes=["https", "http"])(text)
    except ValidationError:
        reason = _("Não é um endereço da web: escreva como “https://wa.me/5591987654321”.")
        raise NotAccepted(reason) from None
    return text
