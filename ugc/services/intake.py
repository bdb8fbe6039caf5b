"""Receiving what a guest sends: sealed, written down, and left to be read by a worker."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.views.decorators.debug import sensitive_variables

from privacy import boxes
from privacy.boxes import Box
from tenancy import audit
from tenancy.ids import uuid7
from tenancy.models import Property
from ugc import files
from ugc.enums import Channel, Company, LetterKind, Party, Purpose, SubmissionStatus
from ugc.models import PartnerLink, Submission, SubmissionPhoto
from ugc.secrets import digest_of, draw, drawn_from
from ugc.services import consents, letters
from ugc.wording import Wording, wording

PARTNER_TTL = timedelta(days=7)


@dataclass(frozen=True)
class Given:
    """What a guest sends. `seen` are the digests of the words to which they agreed.

    `challenge` is what the guest's browser alone was given, "" if nothing was.
    """

    photos: Sequence[bytes] = field(default=(), repr=False)
    words: str = ""
    name: str = ""
    stay_month: date | None = None
    company: Company = Company.NOBODY
    email: str = field(default="", repr=False)
    language: str = "pt-br"
    seen: dict[Purpose, str] = field(default_factory=dict)
    challenge: str = field(default="", repr=False)

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

    @sensitive_variables()
    def secret_of(self, party: Party) -> str:
        """Return the secret of somebody's link.

        The same, sent again for the same challenge, as browsers do when a page is asked for
        anew, has the same secrets. Without a challenge they are new each time.
        """
        if not self.challenge:
            return draw()
        fields = (self.challenge, self.words, self.name, self.stay_month, self.company, self.email)
        photos = [hashlib.sha256(each).hexdigest() for each in self.photos]
        return drawn_from(repr((*fields, *photos)), party)


@dataclass(frozen=True)
class Receipt:
    """What a guest takes along: the secrets of their link, and of the one for who is with them."""

    submission: Submission
    secret: str = field(repr=False)
    partner_secret: str = field(default="", repr=False)


@dataclass(frozen=True)
class Sealed:
    """A guest's box, its wrapped key, and the names of the files in which their photos are."""

    box: Box
    key: bytes = field(repr=False)
    names: list[str]


@sensitive_variables()
def receipt_of(given: Given) -> Receipt | None:
    """Return the receipt of the same, if it came before for the same challenge."""
    if not given.challenge:
        return None
    secret = given.secret_of(Party.GUEST)
    submission = Submission.objects.filter(digest=digest_of(secret)).first()
    if submission is None:
        return None
    is_asked = given.company == Company.US
    return Receipt(submission, secret, given.secret_of(Party.PARTNER) if is_asked else "")


@sensitive_variables()
def receive(*, given: Given, house: Property, at: datetime) -> Receipt:
    """Keep what a guest sends, and return their receipt: one, if the same comes twice at once.

    Raises `WordingChanged` if they agreed to other words than those that hold, and a
    `KeeperError` while nobody can seal.
    """
    wordings = [
        wording(purpose, house=house.name, language=given.language) for purpose in given.wanted
    ]
    consents.check_seen(wordings, given.seen)
    sealed = _sealed(given, at)
    try:
        return _kept(given, house, sealed, wordings, at)
    except IntegrityError:
        if (first := receipt_of(given)) is None:
            raise
        return first


@sensitive_variables()
def _sealed(given: Given, at: datetime) -> Sealed:
    box, key = boxes.make(uuid7())
    return Sealed(box, key, [files.keep_sealed(box, content, at=at) for content in given.photos])


@sensitive_variables()
def _kept(
    given: Given, house: Property, sealed: Sealed, wordings: list[Wording], at: datetime
) -> Receipt:
    secret = given.secret_of(Party.GUEST)
    with transaction.atomic():
        files.claim(sealed.names)
        submission = _written(given, house, sealed, secret, at)
        _keep_photos(submission, sealed.names)
        partner_secret = _ask_partner(submission, given, at) if given.company == Company.US else ""
        consents.agree(
            submission_id=submission.pk,
            party=Party.GUEST,
            wordings=wordings,
            channel=Channel.FORM,
            at=at,
        )
        audit.record("ugc.submission.receive", submission, data={"photos": len(sealed.names)})
        letters.write(LetterKind.RECEIPT, submission, secret=secret)
    return Receipt(submission, secret, partner_secret)


@sensitive_variables()
def _written(
    given: Given, house: Property, sealed: Sealed, secret: str, at: datetime
) -> Submission:
    box = sealed.box
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
        data_key=sealed.key,
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


def _ask_partner(submission: Submission, given: Given, at: datetime) -> str:
    secret = given.secret_of(Party.PARTNER)
    PartnerLink.objects.create(
        submission=submission, digest=digest_of(secret), expires_at=at + PARTNER_TTL
    )
    return secret
