"""What the page of the reception shows: an answer, and the last uses."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from promotions.api import verdicts
from promotions.api.alternatives import alternatives_of
from promotions.enums import UseState
from promotions.gate.desk import Inquiry, seconds_to_undo, undo_seconds
from promotions.models import CouponCode, CouponUse
from promotions.policies import kinds_text
from promotions.rules.codes import ALPHABET, SYMBOLS, is_well_formed, normalise
from promotions.rules.eligibility import Finding, Reason
from promotions.sentences import benefit_text, refusal
from promotions.services import Refused, UseFacts, Valid
from suites.rules.calendars import Calendar
from suites.rules.quotes import Quote
from suites.selectors import Offer, published_pages
from suites.templatetags.suites import calendar_day
from theme.templatetags.theme import money

LAST = 10
DAY = r"l, j \d\e F"
ABOUT_PERSON = {Reason.IDENTIFIER_REQUIRED, Reason.IDENTIFIER_INVALID}
LATEST = (UseState.SPENT, UseState.REVERSED)


@dataclass(frozen=True)
class Why:
    """A reason why a code does not hold, and when it would."""

    text: str
    when: str = ""


@dataclass(frozen=True)
class Answer:
    """What came of what was asked.

    `discount` is the code's, `beside` what promotions without a code take off.
    `state` is "good", "used", "undone", "refused" or "busy"; of a wish to come "booking" or
    "booked". With `key` a good code can be used once; `use_id` is of a use that can be undone, for
    so many `undo_seconds`; `booking_id` is of a wish that can be confirmed.
    """

    state: str
    title: str
    effect: str = ""
    price: int | None = None
    discount: int = 0
    beside: int = 0
    whys: tuple[Why, ...] = ()
    others: tuple[str, ...] = ()
    asks_person: bool = False
    key: UUID | None = None
    use_id: UUID | None = None
    undo_seconds: int = 0
    what: str = ""
    booking_id: UUID | None = None

    @property
    def total(self) -> int:
        return (self.price or 0) - self.discount - self.beside


def good(answer: Valid, inquiry: Inquiry, offer: Offer) -> Answer:
    """Say what a code gives, and what costs less without it; nothing has been used yet."""
    beside = (benefit_text(each.rule.benefit) for each in inquiry.found.of(answer.beside))
    return Answer(
        state="good",
        title=_("Vale. Ainda não foi usado."),
        effect="; ".join([benefit_text(answer.benefit), *beside]),
        price=answer.price_centavos,
        discount=answer.discount.centavos,
        beside=answer.beside_centavos,
        others=tuple(_others(answer, inquiry, offer)),
        key=uuid4(),
    )


def used(use: UseFacts, *, at: datetime) -> Answer:
    """Say what has been used, or that it was taken back since."""
    is_spent = use.state == UseState.SPENT
    left = undo_seconds(use.created_at, at=at) if is_spent else 0
    return Answer(
        state="used" if is_spent else "undone",
        title=_("Usado.") if is_spent else _("Este uso foi desfeito."),
        effect=gift_text(use.gives),
        price=use.price_centavos,
        discount=use.discount_centavos,
        beside=use.beside_centavos,
        use_id=use.id if left else None,
        undo_seconds=left,
    )


def undone() -> Answer:
    return Answer("undone", _("Desfeito: o código pode ser usado de novo."))


def too_late() -> Answer:
    return Answer("refused", _("Não dá mais para desfazer aqui."))


def busy() -> Answer:
    """Say that nothing has been done, and that it is worth asking again."""
    return Answer("busy", _("Não deu certo agora, e nada foi usado. Tente de novo."))


def unsold(inquiry: Inquiry, offer: Offer) -> Answer:
    """Say that the stay is not sold now, whatever the code."""
    opens_at = inquiry.visit.refusal.opens_at if inquiry.visit.refusal else None
    when = _when(opens_at, offer.calendar) if opens_at else ""
    return Answer(
        "refused",
        _("Nada foi usado."),
        whys=(Why(_("Esta permanência não é vendida agora nesta suíte."), when),),
    )


def refused(answer: Refused, inquiry: Inquiry, offer: Offer) -> Answer:
    """Say every reason, and when the code holds again."""
    rules = {rule.key: rule for rule in verdicts.rules_now()}
    only_person = all(each.reason in ABOUT_PERSON for each in answer.findings)
    missing = _("Falta o %s de quem usa.") % kinds_text()
    title = missing if only_person else _("Não vale. Nada foi usado.")
    return Answer(
        "refused",
        title,
        # a coupon and its promotion may say the same
        whys=tuple(
            dict.fromkeys(
                Why(_sentence(each, inquiry, rules), _again(each, inquiry.ask.at, offer.calendar))
                for each in answer.findings
            )
        ),
        others=tuple(_others(answer, inquiry, offer)),
        asks_person=any(each.reason in ABOUT_PERSON for each in answer.findings),
    )


def _others(answer: Valid | Refused, inquiry: Inquiry, offer: Offer) -> Iterator[str]:
    """Say what the guests could have instead: without a code, or with it for another stay."""
    whole = verdicts.Inquiry(inquiry.ask, inquiry.visit, offer, inquiry.found)
    for each in alternatives_of(answer, whole):
        other = each.stay
        if other is None:
            yield _("Agora, sem código: {offer}.").format(offer=each.effect.text)
        else:
            yield _("Agora vale para {stay}, em {suite}: {total}.").format(
                stay=other.name, suite=other.suite, total=money(other.total.minor)
            )


def looks_mistyped(code: str) -> bool:
    """Say whether a code seems to have been made by us, but for its check symbol."""
    drawn = normalise(code)[-SYMBOLS - 1 :]
    return (
        len(drawn) > SYMBOLS and set(drawn) <= set(ALPHABET) and not is_well_formed(normalise(code))
    )


def gift_text(gives: dict[str, Any]) -> str:
    """Return what a use gave besides centavos."""
    hours, courtesy = gives.get("hours", 0), gives.get("courtesy", "")
    said = ngettext("%d hora a mais sem pagar", "%d horas a mais sem pagar", hours) % hours
    return "; ".join(each for each in (said if hours else "", courtesy) if each)


@dataclass(frozen=True)
class Line:
    """A use of the last ones, in words."""

    use: CouponUse
    code: str
    at: datetime
    what: str
    off: int
    gift: str
    is_undone: bool
    undo_seconds: int


def last_uses(offer: Offer, *, at: datetime) -> list[Line]:
    """Return the last uses at a property, the latest first."""
    found = CouponUse.objects.filter(property_id=offer.house.pk, state__in=LATEST)
    uses = list(found.order_by("-created_at")[:LAST])
    codes = CouponCode.objects.in_bulk({use.code_id for use in uses})
    names = stay_names(offer)
    return [
        Line(
            use=use,
            code=codes[use.code_id].code if use.code_id in codes else "",
            at=offer.calendar.local(use.created_at),
            what=", ".join(known(names, (use.stay.get("suite_type"), use.stay.get("stay")))),
            off=UseFacts.of(use).off_centavos,
            gift=gift_text(use.gives),
            is_undone=use.state == UseState.REVERSED,
            undo_seconds=seconds_to_undo(use, at=at),
        )
        for use in uses
    ]


def has_price(inquiry: Inquiry) -> bool:
    """Say whether the stay is sold at all when the guests are here."""
    return isinstance(inquiry.visit.quote, Quote)


def stay_names(offer: Offer) -> dict[str, str]:
    suites = {str(page.suite_type_id): page.title for page in published_pages(offer)}
    return suites | {str(key): str(stay) for key, stay in offer.stays.items()}


def known(names: dict[str, str], keys: Iterable[str | None]) -> list[str]:
    return [names[key] for key in keys if key in names]


def _sentence(finding: Finding, inquiry: Inquiry, rules: dict[Any, Any]) -> str:
    said = refusal(finding.reason, rules.get(finding.rule))
    if finding.reason == Reason.NOT_FOUND and looks_mistyped(inquiry.ask.code):
        return f"{said} {_('Há um sinal trocado: confira.')}"
    return said


def _again(finding: Finding, at: datetime, calendar: Calendar) -> str:
    starts_at = finding.next_valid.starts_at if finding.next_valid else None
    return _when(starts_at, calendar) if starts_at and starts_at > at else ""


def _when(at: datetime, calendar: Calendar) -> str:
    return _("A partir de %s.") % moment(at, calendar)


def moment(at: datetime, calendar: Calendar) -> str:
    """Return a day and an hour on the house's clocks."""
    local = calendar.local(at)
    return f"{calendar_day(local.date(), DAY)}, {time_format(local.time())}"
