"""The other person in the photos says for themselves whether these may be shown."""

from datetime import datetime

from django.db import transaction

from tenancy import audit
from tenancy.models import Property
from ugc.enums import Channel, Party, PhotoState, Purpose, Refusal, SubmissionStatus
from ugc.models import PartnerLink, Submission
from ugc.secrets import digest_of
from ugc.services import consents
from ugc.services.closing import close
from ugc.services.leaving import withdraw
from ugc.services.locking import held
from ugc.wording import wording


def open_link(secret: str, *, at: datetime) -> PartnerLink | None:
    """Return what a link asks for: until it expires, or was followed with a yes; then to take back.

    A no ends the submission, and with it the link.
    """
    link: PartnerLink | None = (
        PartnerLink.objects.select_related("submission").filter(digest=digest_of(secret)).first()
    )
    is_open = link is not None and (link.is_given or link.expires_at > at)
    return link if is_open else None


def _can_be_seen(submission: Submission) -> bool:
    """Say whether there are photos, and all are such that whoever is in them has seen them."""
    fit = submission.photos.exclude(state=PhotoState.UNFIT)
    return fit.exists() and not fit.exclude(state=PhotoState.READY).exists()


@transaction.atomic
def answer(*, secret: str, is_given: bool, seen: str, language: str, at: datetime) -> bool:
    """Write down a partner's answer; False if the link is worth nothing.

    A yes needs the digest of the words that were shown (else `WordingChanged`); a no ends the
    submission, and so does taking back a yes.
    """
    link = open_link(secret, at=at)
    submission = held(link.submission_id) if link else None
    if link is None or submission is None or submission.status == SubmissionStatus.LOCKED:
        return False
    if link.is_given and not is_given:
        return withdraw(
            submission_id=submission.pk, channel=Channel.LINK, at=at, party=Party.PARTNER
        )
    house = Property.objects.get(pk=submission.property_id)
    shown = wording(Purpose.PARTNER, house=house.name, language=language)
    said = {"submission_id": submission.pk, "party": Party.PARTNER, "channel": Channel.LINK}
    if is_given:
        if not _can_be_seen(submission):
            return False
        consents.check_seen([shown], {Purpose.PARTNER: seen})
        if not link.is_given:
            consents.agree(wordings=[shown], at=at, **said)  # type: ignore[arg-type]  # as said
            PartnerLink.objects.filter(pk=link.pk).update(is_given=True, answered_at=at)
    else:
        consents.refuse_consent(wording=shown, at=at, **said)  # type: ignore[arg-type]  # as said
        close(submission, SubmissionStatus.REFUSED, at=at, refusal=Refusal.PARTNER)
    audit.record("ugc.partner.answer", submission, data={"is_given": is_given})
    return True
