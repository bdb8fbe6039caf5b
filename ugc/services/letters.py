"""Mail to guests: written into an outbox, sealed, and sent by a worker.

On the outside it says nothing of houses, nor of photos: a guest's screen is seen by others.
"""

import json
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.debug import sensitive_variables

from privacy import boxes
from privacy.keys import KeeperError
from privacy.sealing import Tampered
from privacy.secrets import Contended
from tenancy.enums import Role
from tenancy.ids import uuid7
from tenancy.links import base_url, staff_base_url
from tenancy.models import Membership, Property
from ugc.enums import LetterKind
from ugc.models import Letter, Submission
from ugc.services.locking import box_of

log = structlog.get_logger(__name__)

MOST_TRIES = 10
"""The last one after some eight hours."""


@sensitive_variables()
def write(kind: LetterKind, submission: Submission, *, secret: str = "") -> None:
    """Queue a letter to a submission's guest, if they gave an address.

    While the key service is away there is none: what is to be erased does not wait for it.
    """
    try:
        address = _address(submission)
        if address:
            _put(kind, submission, submission.language, _content(submission, address, secret))
    except (KeeperError, Contended, Tampered) as error:
        log.warning("ugc.letter_unwritten", kind=kind.value, reason=type(error).__name__)


def _address(submission: Submission) -> str:
    if submission.contact is None or (box := box_of(submission)) is None:
        return ""
    return box.unseal("contact", bytes(submission.contact)).decode()


def _content(submission: Submission, address: str, secret: str) -> dict[str, str]:
    with override(submission.language):
        reason = str(submission.get_refusal_display())
    link = _link(submission, secret) if secret else ""
    return {"to": address, "link": link, "reason": reason}


@sensitive_variables()
def _link(submission: Submission, secret: str) -> str:
    house = Property.objects.select_related("site").get(pk=submission.property_id)
    with override(submission.language):
        return base_url(house.site.hostname) + reverse("ugc_receipt", args=[secret])


def alert_owners(submission: Submission) -> None:
    """Queue a letter to each owner of the company: something is locked."""
    link = staff_base_url() + reverse("ugc_submission", args=[submission.pk])
    for member in Membership.objects.filter(role=Role.OWNER).select_related("user"):
        content = {"to": member.user.email, "link": link, "reason": ""}
        _put(LetterKind.ESCALATED, submission, settings.LANGUAGE_CODE, content)


def drop(submission: Submission) -> None:
    """Throw away what waits to be sent."""
    Letter.objects.filter(submission_id=submission.pk).delete()


@sensitive_variables()
@transaction.atomic
def send(*, letter_id: UUID) -> None:
    """Send a letter, which is gone then; if sending fails, it stays. Safe to run twice."""
    letter = Letter.objects.select_for_update().filter(pk=letter_id).first()
    if letter is None:
        return
    box = boxes.open_box(letter.pk, bytes(letter.data_key))
    content = json.loads(box.unseal("letter", bytes(letter.sealed)))
    with override(letter.language):
        body = render_to_string(f"ugc/email/{letter.kind}.txt", content).strip() + "\n"
        subject = _subject(LetterKind(letter.kind))
    EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [content["to"]]).send()
    letter.delete()


def put_off(*, letter_id: UUID, at: datetime) -> None:
    """Have a letter sent later, each time twice as late; in the end it is given up."""
    letter = Letter.objects.filter(pk=letter_id).first()
    if letter is None:
        return
    if letter.tries >= MOST_TRIES:
        log.warning("ugc.letter_given_up", letter=str(letter_id), kind=letter.kind)
        letter.delete()
        return
    letter.due_at = at + timedelta(minutes=2**letter.tries)
    letter.tries += 1
    letter.save(update_fields=["tries", "due_at"])


def _subject(kind: LetterKind) -> str:
    """Return what others may read on a locked screen."""
    if kind == LetterKind.ESCALATED:
        return _("Um envio foi trancado e precisa da sua decisão")
    return _("Sobre o que você enviou")


@sensitive_variables()
def _put(kind: LetterKind, submission: Submission, language: str, content: dict[str, str]) -> None:
    letter_id = uuid7()
    box, key = boxes.make(letter_id)
    sealed = box.seal("letter", json.dumps(content).encode())
    Letter.objects.create(
        pk=letter_id,
        submission_id=submission.pk,
        kind=kind,
        language=language,
        sealed=sealed,
        data_key=key,
    )
