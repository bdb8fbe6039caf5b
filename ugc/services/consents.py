"""Writing down what somebody agreed to, in the words that they saw, and that it is taken back."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max

from tenancy.context import require_tenant_id
from ugc.enums import Channel, Party, Purpose
from ugc.models import Consent, ConsentText
from ugc.selectors.consents import agreed, receipts
from ugc.wording import Wording


class WordingChanged(Exception):
    """Somebody agreed to words that are no longer what is asked: they must be asked anew."""


@transaction.atomic
def agree(
    *,
    submission_id: UUID,
    party: Party,
    wordings: Iterable[Wording],
    channel: Channel,
    at: datetime,
) -> None:
    """Write down that somebody agreed to each of these wordings."""
    Consent.objects.bulk_create(
        [
            Consent(
                submission_id=submission_id,
                party=party,
                purpose=wording.purpose,
                digest=_kept(wording),
                is_given=True,
                channel=channel,
                at=at,
            )
            for wording in wordings
        ]
    )


@transaction.atomic
def take_back(
    *,
    submission_id: UUID,
    parties: Iterable[Party],
    channel: Channel,
    at: datetime,
    purposes: Collection[Purpose] = tuple(Purpose),
) -> None:
    """Write down that nobody of these agrees to any of the purposes any more."""
    said = receipts(submission_id)
    Consent.objects.bulk_create(
        [
            Consent(
                submission_id=submission_id,
                party=party,
                purpose=purpose,
                digest=next(
                    each.digest
                    for each in reversed(said)
                    if (each.party, each.purpose) == (party, purpose)
                ),
                is_given=False,
                channel=channel,
                at=at,
            )
            for party in parties
            for purpose in sorted(agreed(said, party).intersection(purposes))
        ]
    )


def refuse_consent(
    *, submission_id: UUID, party: Party, wording: Wording, channel: Channel, at: datetime
) -> None:
    """Write down that somebody was asked, and said no."""
    Consent.objects.create(
        submission_id=submission_id,
        party=party,
        purpose=wording.purpose,
        digest=_kept(wording),
        is_given=False,
        channel=channel,
        at=at,
    )


def check_seen(wordings: Iterable[Wording], seen: dict[Purpose, str]) -> None:
    """Raise `WordingChanged` unless somebody saw these very words."""
    if any(seen.get(each.purpose) != each.digest for each in wordings):
        raise WordingChanged


def _kept(wording: Wording) -> str:
    """Keep a wording, with the next version's number if it is new; return its digest."""
    texts = ConsentText.objects.filter(purpose=wording.purpose, language=wording.language)
    if not texts.filter(digest=wording.digest).exists():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtext(%s))", [f"wording:{require_tenant_id()}"]
            )
        last = texts.aggregate(last=Max("version"))["last"] or 0
        if not texts.filter(digest=wording.digest).exists():
            ConsentText.objects.create(
                purpose=wording.purpose,
                language=wording.language,
                version=last + 1,
                text=wording.text,
                digest=wording.digest,
            )
    return wording.digest
