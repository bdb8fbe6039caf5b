"""Who uses a coupon: a subject of the vault, where the coupon or the code asks for a person."""

from typing import TYPE_CHECKING
from uuid import UUID

from promotions.policies import POLICIES, InvalidIdentifier, Policy
from promotions.services.asks import Ask

if TYPE_CHECKING:
    from promotions.services.lookups import Found

USUAL = "cpf"
"""What a personal code asks for, whose coupon asks for nothing."""


def kind_asked(found: "Found") -> str:
    """Return the name of what tells a person from others, "" where nobody is asked who they are."""
    is_personal = found.code is not None and found.code.subject_id is not None
    return (found.grant.terms.identifier if found.grant else "") or (USUAL if is_personal else "")


def policy_of(found: "Found") -> Policy | None:
    """Return how a person is told from others, None where nobody is asked who they are."""
    kind = kind_asked(found)
    return POLICIES[kind] if kind else None


def given(ask: Ask, found: "Found") -> str | None:
    """Return what the person gave, if it is what is asked for: a CPF is no telephone number."""
    return ask.holder if ask.holder_kind in {None, kind_asked(found)} else None


def find_person(ask: Ask, found: "Found") -> UUID | None:
    """Return the holder's subject, if it is asked for and known; write nothing."""
    policy, holder = policy_of(found), given(ask, found)
    if policy is None or holder is None:
        return None
    try:
        return policy.find(holder)
    except InvalidIdentifier:
        return None


def make_person(ask: Ask, found: "Found") -> UUID | None:
    """Return the holder's subject, made if need be; None where nobody is asked.

    Raises `InvalidIdentifier`.
    """
    policy, holder = policy_of(found), given(ask, found)
    return policy.subject(holder) if policy and holder is not None else None


def is_invalid(ask: Ask, found: "Found") -> bool:
    """Say whether the holder's identifier is none of its kind; nothing is asked of the vault."""
    policy, holder = policy_of(found), given(ask, found)
    return policy is not None and holder is not None and not policy.is_valid(holder)
