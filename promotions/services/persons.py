"""Who uses a coupon: a subject of the vault, where the coupon or the code asks for a person."""

from typing import TYPE_CHECKING
from uuid import UUID

from promotions.policies import POLICIES, InvalidIdentifier, Policy
from promotions.services.asks import Ask

if TYPE_CHECKING:
    from promotions.services.lookups import Found

USUAL = "cpf"
"""What a personal code asks for, whose coupon asks for nothing."""


def policy_of(found: "Found") -> Policy | None:
    """Return how a person is told from others, None where nobody is asked who they are."""
    is_personal = found.code is not None and found.code.subject_id is not None
    name = (found.grant.terms.identifier if found.grant else "") or (USUAL if is_personal else "")
    return POLICIES[name] if name else None


def find_person(ask: Ask, found: "Found") -> UUID | None:
    """Return the holder's subject, if it is asked for and known; write nothing."""
    policy = policy_of(found)
    if policy is None or ask.holder is None:
        return None
    try:
        return policy.find(ask.holder)
    except InvalidIdentifier:
        return None


def make_person(ask: Ask, found: "Found") -> UUID | None:
    """Return the holder's subject, made if need be; None where nobody is asked.

    Raises `InvalidIdentifier`.
    """
    policy = policy_of(found)
    return policy.subject(ask.holder) if policy and ask.holder is not None else None


def is_invalid(ask: Ask, found: "Found") -> bool:
    """Say whether the holder's identifier is none of its kind; nothing is asked of the vault."""
    policy = policy_of(found)
    return policy is not None and ask.holder is not None and not policy.is_valid(ask.holder)
