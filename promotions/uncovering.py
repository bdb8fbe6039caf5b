"""From the name of a coupon on a page to its code, for the API and for the plain form alike."""

from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO

import segno
from django.views.decorators.debug import sensitive_variables

from promotions.offers import coupon_offer
from promotions.rules.codes import normalise
from promotions.selectors.coupons import grants
from promotions.selectors.offered import offered_coupon
from promotions.services import Refused
from promotions.services.revealing import RevealAsk, Revealed, reveal
from promotions.services.signing import signed
from promotions.shown import CouponOffer
from suites.selectors import Offer


@dataclass(frozen=True)
class Asker:
    """What is known of whoever asks. `holder` is as they wrote it, and goes no further.

    `holder_kind` is the registered name of what it is, None where whatever is asked for is meant.
    """

    holder: str | None = field(default=None, repr=False)
    holder_kind: str | None = None
    device: str = field(default="", repr=False)


@dataclass(frozen=True)
class Uncovered:
    """What a guest was told, and the code or why there is none."""

    offer: CouponOffer
    answer: Revealed | Refused
    token: str | None = None

    @property
    def qr(self) -> str:
        """What the QR code holds: the code, or a signed one that holds it."""
        code = self.answer.code if isinstance(self.answer, Revealed) else ""
        return self.token or code


@sensitive_variables()
def uncover(slug: str, offer: Offer, asker: Asker, *, at: datetime) -> Uncovered | None:
    """Uncover the code of a coupon that the property's pages offer; None if they do not."""
    coupon = offered_coupon(slug, house=offer.house)
    grant = coupon and grants([coupon.pk], language=offer.language).get(coupon.pk)
    if coupon is None or grant is None:
        return None
    said = coupon_offer(coupon.slug, grant, offer)
    ask = RevealAsk(
        coupon=coupon,
        grant=grant,
        house=offer.house,
        calendar=offer.calendar,
        at=at,
        words=said.words(),
        language=offer.language,
        holder=asker.holder,
        holder_kind=asker.holder_kind,
        device=asker.device,
    )
    answer = reveal(ask)
    if isinstance(answer, Refused):
        return Uncovered(said, answer)
    return Uncovered(said, answer, signed(grant, answer, offer.house, short(said)))


def short(said: CouponOffer) -> str:
    """Return what a coupon gives and its first term, as far as that helps without a network."""
    return "; ".join((said.gives, *said.terms[:1]))


def qr_address(code: str) -> str:
    """Return an address that holds the QR code of a code, drawn in black on white."""
    address: str = _qr(code).svg_data_uri(scale=1, border=4, xmldecl=False, light="#fff")
    return address


def qr_svg(code: str) -> str:
    """Return the same as an element for a page."""
    out = BytesIO()
    _qr(code).save(out, kind="svg", border=4, xmldecl=False, light="#fff", omitsize=True)
    return out.getvalue().decode()


def qr_image(code: str, kind: str) -> bytes:
    """Return the same as a file of its own, "svg" or "png", large enough to be printed."""
    out = BytesIO()
    _qr(code).save(out, kind=kind, scale=12, border=4, light="#fff")
    return out.getvalue()


def _qr(code: str) -> segno.QRCode:
    """Return the QR code of a code as it is kept: capitals and digits make a small one."""
    return segno.make_qr(normalise(code), error="m")
