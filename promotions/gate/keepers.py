"""Who stands at the gate: a member of the staff who may use coupons, or a property's device."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from promotions.gate import devices
from promotions.models import GateDevice
from tenancy.api.houses import houses
from tenancy.models import Property, User

MAY_REDEEM = "promotions.change_couponuse"
COOKIE = "alcova_portaria"
COOKIE_SECONDS = 400 * 86_400
"""As long as browsers keep one at most; a manager ends a device earlier."""
PATH = "/portaria/"


@dataclass(frozen=True)
class Keeper:
    """Whoever uses coupons here: a person, or a device.

    `actor` is what the ledger says, `houses` are where they may. A device has so many uses without
    a network, people have none.
    """

    actor: str
    name: str
    houses: tuple[Property, ...]
    user: User | None = None
    device: GateDevice | None = None

    def house(self, slug: str | None) -> Property | None:
        """Return the property of that slug, the first one for None; None if it is not theirs."""
        found = (each for each in self.houses if slug in {None, each.slug})
        return next(found, None)


def keeper_of(request: HttpRequest, *, at: datetime) -> Keeper | None:
    """Return who asks; a device is found anew for each request, so that it ends at once."""
    user = request.user
    if user.is_authenticated and user.has_perm(MAY_REDEEM):
        return Keeper(f"user:{user.pk}", str(user), tuple(houses()), user)
    secret = request.COOKIES.get(COOKIE, "")
    device = devices.find(secret) if secret else None
    if device is None:
        return None
    devices.note_seen(device, at=at)
    own = tuple(each for each in houses() if each.pk == device.property_id)
    return Keeper(f"device:{device.pk}", device.name, own, device=device)


def remember(response: HttpResponse, secret: str) -> None:
    """Have the browser be a device: at this page alone, and for no script to read."""
    response.set_cookie(
        COOKIE,
        secret,
        max_age=COOKIE_SECONDS,
        path=PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
