"""The part of guests' photos and words in a person's rights: each is known by what they sent."""

import base64
from typing import Any
from uuid import UUID

from django.utils import timezone

from privacy.rights import Duty, Found, register
from ugc import files, services
from ugc.models import ConsentText, Submission
from ugc.selectors.consents import receipts
from ugc.services.locking import box_of

MODELS = (
    "consent",
    "doomedfile",
    "guestpost",
    "letter",
    "partnerlink",
    "submission",
    "submissionphoto",
)


def export_submission(submission_id: UUID) -> Found:
    """Return what somebody sent, with its photos, and to what they agreed, word for word."""
    submission = Submission.objects.filter(pk=submission_id).first()
    if submission is None:
        return {}
    box = box_of(submission)
    has_address = box is not None and submission.contact is not None
    address = box.unseal("contact", bytes(submission.contact)) if box and has_address else b""
    return {
        "submission": str(submission.pk),
        "sent_at": submission.created_at.isoformat(),
        "status": submission.status,
        "words": submission.words,
        "name": submission.name,
        "stay_month": f"{submission.stay_month:%Y-%m}" if submission.stay_month else None,
        "email": address.decode(),
        "photos": _photos(submission),
        "consents": _consents(submission_id),
    }


def _photos(submission: Submission) -> list[dict[str, Any]]:
    box = box_of(submission)
    names = [
        photo.original or (photo.previews or [[""]])[-1][0]
        for photo in submission.photos.order_by("position")
    ]
    return [
        {"base64": base64.b64encode(files.read_sealed(box, name)).decode()}
        for name in names
        if box and name
    ]


def _consents(submission_id: UUID) -> list[dict[str, Any]]:
    said = receipts(submission_id)
    found = ConsentText.objects.filter(digest__in={each.digest for each in said})
    texts = dict(found.values_list("digest", "text"))
    return [
        {
            "at": each.at.isoformat(),
            "party": each.party,
            "purpose": each.purpose,
            "is_given": each.is_given,
            "channel": each.channel,
            "text": texts[each.digest],
        }
        for each in said
    ]


def erase_submission(submission_id: UUID) -> bool:
    return services.erase(submission_id=submission_id, at=timezone.now())


register(
    Duty(
        app="ugc",
        kind="submission",
        models=frozenset(f"ugc.{name}" for name in MODELS),
        export=export_submission,
        erase=erase_submission,
    )
)
