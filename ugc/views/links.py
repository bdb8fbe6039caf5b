"""What whoever has a link of their own can do: see, change and withdraw; or agree, as a partner."""

import base64
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.debug import sensitive_variables

from privacy.keys import KeeperError
from privacy.sealing import Tampered
from tenancy.models import Property
from tenancy.origins import is_from_here
from theme.clock import instant_of
from theme.languages import addresses_of
from ugc import attempts, files, services
from ugc.enums import CHANGEABLE, Channel, PhotoState, Purpose, SubmissionStatus
from ugc.forms import WordsForm
from ugc.models import PartnerLink, Submission
from ugc.rules.publishing import may_become
from ugc.secrets import digest_of
from ugc.selectors.consents import receipts
from ugc.selectors.erasure import erasure_of
from ugc.services import WordingChanged
from ugc.services.changing import find
from ugc.services.expiring import KEPT
from ugc.services.locking import box_of
from ugc.services.partners import open_link
from ugc.views.guests import private
from ugc.wording import wording

GIVE, REFUSE = "give", "refuse"


@private
@sensitive_variables()
def receipt(request: HttpRequest, secret: str) -> HttpResponse:
    """Show a guest what has become of what they sent; change it, or take it back."""
    if not attempts.may_follow(request):
        return _too_often(request)
    submission = find(digest_of(secret), at=instant_of(request))
    if submission is None:
        raise Http404
    said = _done(request, submission) if request.method == "POST" else ""
    submission.refresh_from_db()
    context = {**_receipt_context(submission, said), "languages": addresses_of(request.path)}
    return render(request, "ugc/receipt.html", context)


def _too_often(request: HttpRequest) -> HttpResponse:
    return render(request, "ugc/often.html", {"page": None}, status=429)


def _done(request: HttpRequest, submission: Submission) -> str:
    """Do what a guest asks for; return what came of it, for the template."""
    at = instant_of(request)
    if not is_from_here(request):
        return "refused"
    act = ACTS.get(request.POST.get("act", ""))
    return act(request.POST, submission, at) if act else "impossible"


def _withdraw(sent: QueryDict, submission: Submission, at: datetime) -> str:
    done = services.withdraw(submission_id=submission.pk, channel=Channel.LINK, at=at)
    return "withdrawn" if done else "impossible"


def _remove(sent: QueryDict, submission: Submission, at: datetime) -> str:
    try:
        photo_id = UUID(sent.get("photo", ""))
    except ValueError:
        return "impossible"
    done = services.remove_photo(submission_id=submission.pk, photo_id=photo_id, at=at)
    return "removed" if done else "impossible"


def _change(sent: QueryDict, submission: Submission, at: datetime) -> str:
    form = WordsForm(sent)
    if not form.is_valid():
        return "invalid"
    done = services.change(submission_id=submission.pk, wanted=form.change(), at=at)
    return "changed" if done else "impossible"


ACTS: dict[str, Callable[[QueryDict, Submission, datetime], str]] = {
    "change": _change,
    "remove": _remove,
    "withdraw": _withdraw,
}


def _receipt_context(submission: Submission, said: str) -> dict[str, Any]:
    photos = shown_photos(submission)
    can_change = submission.status in CHANGEABLE
    return {
        "page": None,
        "submission": submission,
        "said": said,
        "can_change": can_change,
        "can_remove": can_change and (len(photos) > 1 or bool(submission.words)),
        "can_withdraw": may_become(submission.status, SubmissionStatus.WITHDRAWN),
        "photos": photos,
        "unfit": submission.photos.filter(state=PhotoState.UNFIT).order_by("position"),
        "partner": submission.partners.first(),
        "consents": receipts(submission.pk),
        "erasure": erasure_of(submission),
        "readable_until": submission.ended_at and submission.ended_at + KEPT,
    }


@private
@sensitive_variables()
def partner(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask the other person in the photos, who sees them as they would be shown."""
    if not attempts.may_follow(request):
        return _too_often(request)
    at = instant_of(request)
    link, said = open_link(secret, at=at), ""
    status = 200 if link else 404
    if link and request.method == "POST":
        said = _answered(request, link, secret, at)
        link = open_link(secret, at=at)
    context = _partner_context(request, link, said)
    return render(request, "ugc/partner.html", context, status=status)


def _answered(request: HttpRequest, link: PartnerLink, secret: str, at: datetime) -> str:
    act = request.POST.get("act")
    if not is_from_here(request) or act not in {GIVE, REFUSE}:
        return "refused"
    if act == GIVE and not shown_photos(link.submission):
        return "unseen"
    if act == GIVE and not request.POST.get("agreed"):
        return "unticked"
    try:
        done = services.answer(
            secret=secret,
            is_given=act == GIVE,
            seen=request.POST.get("seen", "")[:64],
            language=request.LANGUAGE_CODE,
            at=at,
        )
    except WordingChanged:
        return "wording"
    return ("given" if act == GIVE else "over") if done else "impossible"


def _partner_context(request: HttpRequest, link: PartnerLink | None, said: str) -> dict[str, Any]:
    context = {
        "page": None,
        "link": link,
        "said": said,
        "languages": addresses_of(request.path),
    }
    if link is None:
        return context
    house = Property.objects.get(pk=link.submission.property_id)
    language = request.LANGUAGE_CODE
    return context | {
        "house": house,
        "wording": wording(Purpose.PARTNER, house=house.name, language=language),
        "photos": shown_photos(link.submission),
    }


@sensitive_variables()
def shown_photos(submission: Submission) -> list[dict[str, Any]]:
    """Return the photos as they would be shown, as data: such pages have no other addresses."""
    if submission.status == SubmissionStatus.LOCKED:
        return []
    try:
        box = box_of(submission)
        photos = submission.photos.filter(state=PhotoState.READY).order_by("position")
        return [
            {"id": photo.pk, "data": _as_address(files.read_sealed(box, photo.previews[-1][0]))}
            for photo in photos
            if box and photo.previews
        ]
    except (KeeperError, Tampered, FileNotFoundError):
        return []


def _as_address(content: bytes) -> str:
    return f"data:image/webp;base64,{base64.b64encode(content).decode()}"
