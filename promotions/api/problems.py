"""Problems of coupons."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from privacy import vault
from privacy.keys import KeeperError
from promotions import spending
from promotions.api.alternatives import alternatives_of
from promotions.api.saying import reasons_out
from promotions.api.schemas import AlternativeOut, ReasonOut
from promotions.api.stays import Visit
from promotions.api.verdicts import Inquiry, reasons_of
from promotions.services import KeyReused, Refused
from suites.selectors import Offer
from tenancy.api.problems import UNAVAILABLE, Kind, Problem

COUPON_REFUSED = Kind(
    "coupon_refused",
    HTTPStatus.CONFLICT,
    _("O cupom não pode ser usado"),
    _("Os motivos estão em reasons."),
)
STAY_NOT_SOLD = Kind(
    "stay_not_sold",
    HTTPStatus.CONFLICT,
    _("A permanência não é vendida nesta hora"),
    _("Veja os preços da suíte: dizem quando é vendida."),
)
WRONG_STATE = Kind(
    "wrong_state",
    HTTPStatus.CONFLICT,
    _("Não é mais possível"),
    _("O uso do cupom está em outra situação."),
)
RESERVATION_EXPIRED = Kind(
    "reservation_expired",
    HTTPStatus.GONE,
    _("A reserva venceu"),
    _("Reserve de novo."),
)
KEY_REUSED = Kind(
    "idempotency_key_reused",
    HTTPStatus.UNPROCESSABLE_ENTITY,
    _("Chave repetida"),
    _("Esta Idempotency-Key já veio com outro pedido."),
)


@contextmanager
def problems_of_services() -> Iterator[None]:
    """Say as problems what services raise."""
    try:
        yield
    except KeyReused as error:
        raise Problem(KEY_REUSED) from error
    except (spending.Contended, vault.Contended, KeeperError) as error:
        raise Problem(UNAVAILABLE, headers={"Retry-After": "1"}) from error


def insist_on_price(visit: Visit, offer: Offer) -> None:
    """Raise a problem where the stay is not sold when guests would arrive, whatever the code."""
    if visit.quote is not None:
        return
    opens_at = visit.refusal.opens_at if visit.refusal else None
    said = opens_at and offer.calendar.local(opens_at).isoformat(timespec="seconds")
    raise Problem(STAY_NOT_SOLD, more={"opens_at": said} if said else {})


def refused(answer: Refused, inquiry: Inquiry) -> Problem:
    """Return the problem of a coupon that cannot be used, with every reason."""
    return _refused(reasons_of(answer, inquiry), alternatives_of(answer, inquiry))


def not_revealed(answer: Refused, offer: Offer) -> Problem:
    """Return the problem of a coupon whose code cannot be uncovered, with every reason."""
    return _refused(reasons_out(answer.findings, offer.calendar, {}), [])


def _refused(reasons: list[ReasonOut], alternatives: list[AlternativeOut]) -> Problem:
    found = {
        "reasons": [each.model_dump(mode="json") for each in reasons],
        "alternatives": [each.model_dump(mode="json") for each in alternatives],
    }
    return Problem(COUPON_REFUSED, more=found)
