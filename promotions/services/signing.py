"""Codes that are signed as they are shown, so that the gate knows them without a network."""

from privacy import signing
from privacy.keys import KeeperError
from promotions.rules import tokens
from promotions.rules.codes import normalise
from promotions.rules.tokens import Token
from promotions.selectors.coupons import Grant
from promotions.services.revealing import Revealed
from tenancy.models import Property


def signed(grant: Grant, revealed: Revealed, house: Property, gives: str) -> str | None:
    """Return the token of a code that was revealed for a house; None where it is none for that.

    Where the keys cannot be had it is none either: a code can always be used with a network.
    """
    if not grant.terms.works_offline or grant.terms.identifier:
        return None
    try:
        signer = signing.signer()
    except KeeperError:
        return None
    token = Token(
        epoch=signer.epoch,
        code=normalise(revealed.code),
        property_id=house.pk,
        coupon_id=grant.terms.limits.coupon_id,
        ends_at=revealed.ends_at,
        gives=gives,
    )
    message = token.message()
    return tokens.written(message, signer.sign(message))


def opened(text: str) -> Token | None:
    """Return what a token says, if the tenant in scope has signed it. Raises a `KeeperError`."""
    try:
        token, message, signature = tokens.read(text)
    except ValueError:
        return None
    return token if signing.is_signed(message, signature, token.epoch) else None
