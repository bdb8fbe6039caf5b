"""What people agree to now, and what they ever said."""

from collections.abc import Iterable
from uuid import UUID

from ugc.enums import Party, Purpose
from ugc.models import Consent


def receipts(submission_id: UUID) -> list[Consent]:
    """Return all that was said about a submission, in its order."""
    return list(Consent.objects.filter(submission_id=submission_id).order_by("at", "id"))


def agreed(said: Iterable[Consent], party: Party) -> frozenset[Purpose]:
    """Return to what somebody agrees, by what they said last of each purpose."""
    last = {each.purpose: each.is_given for each in said if each.party == party}
    return frozenset(Purpose(purpose) for purpose, is_given in last.items() if is_given)
