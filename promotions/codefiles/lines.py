"""What a line says of a code, and what is wrong with one."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from privacy import cpf
from promotions.rules.codes import WRITTEN, normalise
from theme.dates import is_of_this_century

CODE, BATCH, TAGS, ENDS = "codigo", "lote", "etiquetas", "vale_ate"
CREATED, REVEALED, DISABLED = "criado_em", "revelado_em", "desativado_em"
COLUMNS = (CODE, BATCH, TAGS, ENDS, CREATED, REVEALED, DISABLED)
"""In the order in which they are written; a file that is brought may have some, in any order."""

SHORTEST, LONGEST = 8, 40
"""Of a code that somebody else has made. Shorter ones are found by guessing."""
LONGEST_TEXTS = {BATCH: 80, TAGS: 200}
BRAZILIAN = "%d/%m/%Y"


@dataclass(frozen=True)
class Line:
    """A code, with what is kept of it."""

    code: str
    batch: str = ""
    tags: str = ""
    ends_at: datetime | None = None
    created_at: datetime | None = None
    revealed_at: datetime | None = None
    disabled_at: datetime | None = None


class Unfit(ValueError):
    """A cell that cannot be taken, with a sentence for whoever brought it."""


def cells_of(line: Line, shown: str, zone: ZoneInfo) -> list[str]:
    """Return the cells of a line; its code as people read it, instants on a zone's clocks."""
    instants = (line.ends_at, line.created_at, line.revealed_at, line.disabled_at)
    said = [at.astimezone(zone).isoformat() if at else "" for at in instants]
    return [shown, line.batch, line.tags, *said]


def code_of(cell: str) -> str:
    """Return a code as it is kept. Raises `Unfit`."""
    _refuse_cpf(cell)
    code = normalise(cell)
    if not code:
        raise Unfit(_("Falta o código."))
    if not set(code) <= WRITTEN:
        raise Unfit(_("Só letras, números e hífens."))
    if not SHORTEST <= len(code) <= LONGEST:
        raise Unfit(
            _("De %(least)d a %(most)d letras e números: com menos, alguém adivinha.")
            % {"least": SHORTEST, "most": LONGEST}
        )
    _refuse_cpf(code)
    return code


def text_of(cell: str, column: str) -> str:
    """Return what is said of a code, as it is. Raises `Unfit`."""
    if len(cell) > LONGEST_TEXTS[column]:
        raise Unfit(_("No máximo %d sinais.") % LONGEST_TEXTS[column])
    if "\0" in cell:
        raise Unfit(_("Há um sinal que não é texto."))
    _refuse_cpf(cell)
    return cell


def instant_of(cell: str, column: str, zone: ZoneInfo) -> datetime | None:
    """Return an instant: 2026-12-31 18:00 or 31/12/2026 18:00, on a zone's clocks unless it says.

    A day alone is its beginning; as an end, it is its last moment. Raises `Unfit`.
    """
    text = cell.strip()
    if not text:
        return None
    at = _moment(text)
    if at is None:
        raise Unfit(_("Escreva a data assim: 31/12/2026 18:00."))
    is_day = len(text) <= len("31/12/2026")
    if at.tzinfo is None:
        at = at.replace(tzinfo=zone)
    if not is_of_this_century(at):
        raise Unfit(_("Escreva um ano entre 2000 e 2099."))
    return (_next_midnight(at) if is_day and column == ENDS else at).astimezone(UTC)


def _moment(text: str) -> datetime | None:
    for form in (None, BRAZILIAN, f"{BRAZILIAN} %H:%M"):
        try:
            return datetime.strptime(text, form) if form else datetime.fromisoformat(text)  # noqa: DTZ007 (its zone is asked later)
        except ValueError:
            continue
    return None


def _next_midnight(day: datetime) -> datetime:
    return datetime.combine(day.date() + timedelta(days=1), time(), day.tzinfo)


def _refuse_cpf(text: str) -> None:
    if cpf.is_in(text):
        raise Unfit(_("Parece um CPF: aqui não pode haver nenhum."))
