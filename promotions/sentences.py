"""What is said of promotions' rules, in the active language: hours, benefits, refusals."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from django.utils.formats import date_format, time_format
from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from promotions.enums import Effect, Holidays
from promotions.policies import kinds_text
from promotions.rules.effects import Benefit
from promotions.rules.eligibility import Reason, Rule
from promotions.rules.lints import Lint, Problem
from promotions.rules.windows import EVERY_DAY, Opening
from promotions.validators import sentence
from suites.enums import Weekday
from suites.rules.stays import ClockRange
from theme.templatetags.theme import money

WEEK = 7
RUN = 3
"""From so many days in a row on, the first and the last say them all."""

HOLIDAYS: dict[Holidays, Promise] = {
    Holidays.EXCEPT_HOLIDAYS: gettext_lazy("menos em feriados"),
    Holidays.EXCEPT_BOTH: gettext_lazy("menos em feriados e vésperas"),
    Holidays.ONLY_HOLIDAYS: gettext_lazy("só em feriados"),
    Holidays.ONLY_EVES: gettext_lazy("só em vésperas de feriado"),
}

REFUSALS: dict[Reason, Promise] = {
    Reason.NOT_FOUND: gettext_lazy("Este código não existe."),
    Reason.DISABLED: gettext_lazy("Não está mais disponível."),
    Reason.NOT_STARTED: gettext_lazy("Ainda não começou."),
    Reason.EXPIRED: gettext_lazy("Já terminou."),
    Reason.HOLIDAY_EXCLUDED: gettext_lazy("Não vale neste dia, por causa do feriado."),
    Reason.LEAD_TIME: gettext_lazy("Não vale com esta antecedência."),
    Reason.SUITE_NOT_ELIGIBLE: gettext_lazy("Não vale nesta suíte."),
    Reason.PERIOD_NOT_ELIGIBLE: gettext_lazy("Não vale para esta permanência."),
    Reason.GLOBAL_LIMIT: gettext_lazy("Já foi usado tantas vezes quantas podia."),
    Reason.CODE_LIMIT: gettext_lazy("Este código já foi usado."),
    Reason.IDENTIFIER_LIMIT: gettext_lazy("Esta pessoa já usou este cupom."),
    Reason.BUDGET_EXHAUSTED: gettext_lazy("A verba desta promoção acabou."),
    Reason.NOT_COMBINABLE: gettext_lazy("Não se combina com outra promoção."),
    Reason.WRONG_PROPERTY: gettext_lazy("Não vale nesta casa."),
    Reason.HELD_BY_OTHER: gettext_lazy("Está reservado por outra pessoa."),
    Reason.TOO_MANY_ATTEMPTS: gettext_lazy("Foram tentativas demais. Espere um pouco."),
}

CONFLICTS: dict[str, Promise] = {
    "OVER_ALLOWANCE": gettext_lazy("O aparelho passou do que podia usar sem conexão."),
    "NOT_SIGNED": gettext_lazy("O código não foi assinado para esta casa, ou a chave foi trocada."),
    "TOO_OLD": gettext_lazy("Foi informado mais de uma semana depois."),
    "ARRIVED": gettext_lazy("O toque já tinha chegado: não conta como uso sem conexão."),
    "NOT_SOLD": gettext_lazy("Esta permanência não era vendida então nesta suíte."),
}

ABOUT_PERSON: dict[Reason, Promise] = {
    Reason.IDENTIFIER_REQUIRED: gettext_lazy("Falta o %s."),
    Reason.IDENTIFIER_INVALID: gettext_lazy("O %s não confere."),
}
"""What is asked for is named, by its registered kinds: "Falta o CPF" and the like."""

LINTS: dict[Lint, Promise] = {
    Lint.NEVER_OPENS: gettext_lazy("Não há dia nem hora em que valha: confira datas e horários."),
    Lint.NO_PAGE: gettext_lazy("Nenhuma página publicada conta desta promoção."),
    Lint.NO_WAY_TO_GET: gettext_lazy("Não vale sem código, e não tem nenhum cupom."),
    Lint.BUDGET_NOT_KEPT: gettext_lazy(
        "Vale sem código, e a verba conta só os usos de cupons: ela não limita esta promoção."
    ),
    Lint.COVERS_ELSEWHERE: gettext_lazy(
        "Tem suítes ou permanências de uma casa em que a promoção não vale."
    ),
    Lint.STAYS_TOO_SHORT: gettext_lazy(
        "Todas as permanências são mais curtas do que o tempo que ela pede."
    ),
    Lint.PAGE_OUTLIVES_RULE: gettext_lazy(
        "A página está no ar, e a promoção acabou ou não está publicada."
    ),
    Lint.PAGE_OUTLIVES_COUPON: gettext_lazy(
        "A página está no ar, e os cupons da promoção acabaram."
    ),
    Lint.COUPON_WITHOUT_RULE: gettext_lazy(
        "O cupom está no ar, e a promoção acabou ou não está publicada."
    ),
    Lint.COUPON_OUTLIVES_RULE: gettext_lazy("O cupom termina depois da promoção."),
    Lint.COUPON_OUTSIDE_RULE: gettext_lazy("As datas do cupom não tocam as da promoção."),
    Lint.COUPON_ELSEWHERE: gettext_lazy("O cupom é de casas em que a promoção não vale."),
    Lint.GAP: gettext_lazy("Sem promoção nenhuma de %(first)s a %(last)s."),
}


def lint_text(problem: Problem) -> str:
    """Return what is wrong."""
    days = {
        name: date_format(day, "SHORT_DATE_FORMAT")
        for name, day in (("first", problem.first), ("last", problem.last))
        if day
    }
    return str(LINTS[problem.lint]) % days


def refusal(reason: str, rule: Rule | None = None) -> str:
    """Return why a promotion, or a coupon of it, does not hold; with its terms where they help."""
    openings = rule.windows.openings if rule else ()
    if reason in {Reason.OUTSIDE_WEEKDAY, Reason.OUTSIDE_HOUR_WINDOW}:
        return _("Vale %s.") % hours_text(openings) if openings else _("Não vale neste horário.")
    if reason == Reason.MIN_SPEND:
        least = rule.min_centavos if rule else None
        return _("Vale a partir de %s.") % money(least) if least else _("O gasto é pouco.")
    if reason in ABOUT_PERSON:
        return str(ABOUT_PERSON[Reason(reason)]) % kinds_text()
    return str(REFUSALS[Reason(reason)]) if reason in REFUSALS else sentence(reason)


def conflict_text(reason: str) -> str:
    """Return why a use that was made without a network could not be counted."""
    return str(CONFLICTS[reason]) if reason in CONFLICTS else refusal(reason)


def hours_text(openings: Iterable[Opening]) -> str:
    """Return when a promotion is in force: "de terça-feira a quinta-feira, das 12:00 às 18:00"."""
    return "; ".join(_opening_text(each) for each in openings)


def benefit_text(benefit: Benefit) -> str:
    """Return what a promotion gives: "20% de desconto, até R$ 50"."""
    match benefit.effect:
        case Effect.PERCENT:
            text = _("%d%% de desconto") % (benefit.percent or 0)
            cap = benefit.cap_centavos
            most = pgettext("at most", "até %s")
            return text if cap is None else f"{text}, {most % money(cap)}"
        case Effect.AMOUNT:
            return _("%s de desconto") % money(benefit.amount_centavos or 0)
        case Effect.SET_PRICE:
            return _("por %s") % money(benefit.price_centavos or 0)
        case Effect.EXTRA_HOURS:
            hours = benefit.hours or 0
            text = ngettext("%d hora a mais sem pagar", "%d horas a mais sem pagar", hours)
            return text % hours
        case Effect.COURTESY:
            return benefit.courtesy


def days_text(weekdays: frozenset[int]) -> str:
    """Return days of the week: "de segunda-feira a quinta-feira", "sábado e domingo"."""
    if weekdays >= EVERY_DAY:
        return _("todos os dias")
    days = _in_order(weekdays)
    labels = [str(Weekday(day).label) for day in days]
    is_run = all((after - day) % WEEK == 1 for day, after in pairwise(days))
    if is_run and len(days) >= RUN:
        return _("de %(first)s a %(last)s") % {"first": labels[0], "last": labels[-1]}
    return get_text_list(labels, pgettext("days", "e"))


def _in_order(weekdays: frozenset[int]) -> Sequence[int]:
    """Return days from the first after a day that is not among them, so that a weekend is one."""
    start = next((day for day in sorted(weekdays) if (day - 1) % WEEK not in weekdays), 0)
    in_a_row = sorted(weekdays, key=lambda day: (day - start) % WEEK)
    breaks = sum((day - 1) % WEEK not in weekdays for day in weekdays)
    return in_a_row if breaks == 1 else sorted(weekdays)


def _opening_text(opening: Opening) -> str:
    parts = [days_text(opening.weekdays)]
    if opening.hours:
        parts.append(clock_text(opening.hours))
    if opening.holidays in HOLIDAYS:
        parts.append(str(HOLIDAYS[opening.holidays]))
    return ", ".join(parts)


def clock_text(hours: ClockRange) -> str:
    """Return hours of a day: "das 12:00 às 18:00"."""
    start, end = (time_format(each, "H:i") for each in (hours.start, hours.end))
    return _("das %(start)s às %(end)s") % {"start": start, "end": end}
