"""What guests sent, in every state."""

from typing import Any

from django.utils import timezone

from tests.isolation.world import World, kind
from tests.ugc.sending import photo
from ugc import services
from ugc.enums import Company, LetterKind, PhotoState, Purpose
from ugc.models import (
    Consent,
    ConsentText,
    DoomedFile,
    GuestPost,
    Letter,
    PartnerLink,
    Submission,
    SubmissionPhoto,
)
from ugc.services import Given, Receipt, letters
from ugc.signing import ORIGINAL, token_for
from ugc.wording import wording


def _given(world: World, words: str, **fields: Any) -> Given:
    seen = {
        purpose: wording(purpose, house=world["property"].name, language="pt-br").digest
        for purpose in Purpose
    }
    return Given(words=world.say(words), name=world.say("Bia"), seen=seen, **fields)


@kind
def guest_receipt(world: World) -> Receipt:
    """Send a photo of two people; it is read as a worker would."""
    email = f"bia@{world.tenant.slug}.test"
    given = _given(world, "janela", photos=[photo()], company=Company.US, email=email)
    receipt = services.receive(given=given, house=world["property"], at=timezone.now())
    services.read_photos(submission_id=receipt.submission.pk, at=timezone.now())
    return receipt


@kind
def submission(world: World) -> Submission:
    return Submission.objects.get(pk=world["guest_receipt"].submission.pk)


@kind
def submission_photo(world: World) -> SubmissionPhoto:
    return SubmissionPhoto.objects.get(submission_id=world["submission"].pk, state=PhotoState.READY)


@kind
def guest_secret(world: World) -> str:
    return str(world["guest_receipt"].secret)


@kind
def partner_secret(world: World) -> str:
    return str(world["guest_receipt"].partner_secret)


@kind
def partner_link(world: World) -> PartnerLink:
    return PartnerLink.objects.get(submission_id=world["submission"].pk)


@kind
def photo_token(world: World) -> str:
    return token_for(world["submission_photo"].pk, ORIGINAL)


@kind
def sealed_path(world: World) -> str:
    return str(world["submission_photo"].original)


@kind
def consent(world: World) -> Consent:
    return Consent.objects.filter(submission_id=world["submission"].pk).first()


@kind
def consent_text(world: World) -> ConsentText:
    return ConsentText.objects.get(digest=world["consent"].digest)


@kind
def guest_letter(world: World) -> Letter:
    letters.write(LetterKind.PUBLISHED, world["submission"])
    return Letter.objects.filter(kind=LetterKind.PUBLISHED).first()


@kind
def doomed_file(world: World) -> DoomedFile:
    """Read the rows that reading the photo left: its first drawing is to go."""
    return DoomedFile.objects.filter(submission_id=world["submission"].pk).first()


@kind
def guest_post(world: World) -> GuestPost:
    """Publish words, without photos."""
    given = _given(world, "noite")
    receipt = services.receive(given=given, house=world["property"], at=timezone.now())
    return services.publish(
        submission_id=receipt.submission.pk, actor=world["user"], at=timezone.now()
    )
