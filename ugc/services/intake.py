"""Receiving what a guest sends: sealed, written down, and left to be read by a worker."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from privacy import boxes
from privacy.boxes import Box
from tenancy import audit
from tenancy.ids import uuid7
from tenancy.models import Property
from ugc import files
from ugc.enums import Channel, Company, LetterKind, Party, Purpose, SubmissionStatus
from ugc.models import PartnerLink, Submission, SubmissionPhoto
from ugc.secrets import digest_of, draw
from ugc.services import consents, letters
from ugc.wording import wording

PARTNER_TTL = timedelta(days=7)


@dataclass(frozen=True)
class Given:
    """What a guest sends. `seen` are the digests of the words to which they agreed."""

    photos: Sequence[bytes] = field(default=(), repr=False)
    words: str = ""
    name: str = ""
    stay_month: date | None = None
    company: Company = Company.NOBODY
    email: str = field(default="", repr=False)
    language: str = "pt-br"
    seen: dict[Purpose, str] = field(default_factory=dict)

    @property
    def wanted(self) -> list[Purpose]:
        """To what its guest must agree."""
        found = {
            Purpose.PHOTOS: bool(self.photos),
            Purpose.WORDS: bool(self.words),
            Purpose.ADULTS: bool(self.photos),
            Purpose.MAIL: bool(self.email),
        }
        return [purpose for purpose, holds in found.items() if holds]


@dataclass(frozen=True)
class Receipt:
    """What a guest takes along: the secrets of their link, and of the one for who is with them."""

    submission: Submission
    secret: str = field(repr=False)
    partner_secret: str = field(default="", repr=False)


@sensitive_variables()
def receive(*, given: Given, house: Property, at: datetime) -> Receipt:
    """Keep what a guest sends, and return their receipt.

    Raises `WordingChanged` if they agreed to other words than those that hold, and a
    `KeeperError` while nobody can seal.
    """
    wordings = [
        wording(purpose, house=house.name, language=given.language) for purpose in given.wanted
    ]
    consents.check_seen(wordings, given.seen)
    box, key = boxes.make(uuid7())
    names = [files.keep_sealed(box, content, at=at) for content in given.photos]
    secret = draw()
    with transaction.atomic():
        files.claim(names)
        submission = _written(given, house, box, key, secret, at)
        _keep_photos(submission, names)
        partner_secret = _ask_partner(submission, at) if given.company == Company.US else ""
        consents.agree(
            submission_id=submission.pk,
            party=Party.GUEST,
            wordings=wordings,
            channel=Channel.FORM,
            at=at,
        )
        audit.record("ugc.submission.receive", submission, data={"photos": len(names)})
        letters.write(LetterKind.RECEIPT, submission, secret=secret)
    return Receipt(submission, secret, partner_secret)


@sensitive_variables()
def _written(
    given: Given, house: Property, box: Box, key: bytes, secret: str, at: datetime
) -> Submission:
    is_done = not given.photos
    submission: Submission = Submission.objects.create(
        pk=box.box_id,
        property_id=house.pk,
        status=SubmissionStatus.QUEUED if is_done else SubmissionStatus.RECEIVED,
        words=given.words,
        name=given.name,
        stay_month=given.stay_month,
        language=given.language,
        company=given.company,
        contact=box.seal("contact", given.email.encode()) if given.email else None,
        data_key=key,
        digest=digest_of(secret),
        created_at=at,
    )
    return submission


def _keep_photos(submission: Submission, names: list[str]) -> None:
    SubmissionPhoto.objects.bulk_create(
        [
            SubmissionPhoto(submission=submission, position=position, original=name)
            for position, name in enumerate(names)
        ]
    )


def _ask_partner(submission: Submission, at: datetime) -> str:
    secret = draw()
    PartnerLink.objects.create(
        submission=submission, digest=digest_of(secret), expires_at=at + PARTNER_TTL
    )
    return secret
