"""What the API writes of what it knows."""

from datetime import datetime
from typing import Any

from tests.fakes.google.world import Location, Reply, Review


def stamp(at: datetime) -> str:
    """Write an instant as protobuf does: with 0, 3 or 6 digits of a second, as it needs."""
    text = at.strftime("%Y-%m-%dT%H:%M:%S")
    if at.microsecond == 0:
        return f"{text}Z"
    digits = f"{at.microsecond:06d}"
    return f"{text}.{digits.removesuffix('000')}Z"


def review_payload(location: Location, review: Review, *, with_unknown: bool) -> dict[str, Any]:
    said: dict[str, Any] = {
        "name": f"{location.parent}/reviews/{review.id}",
        "reviewId": review.id,
        "reviewer": reviewer(review),
        "starRating": review.stars,
        "createTime": stamp(review.created),
        "updateTime": stamp(review.updated),
    }
    if review.said or review.original:
        said["comment"] = review.said or review.original
    if review.reply:
        said["reviewReply"] = reply_payload(review.reply)
    if review.media:
        said["reviewMediaItems"] = [{"thumbnailUrl": url} for url in review.media]
    if with_unknown:
        said |= {"sentiment": {"score": 0.4}, "fieldsOfTomorrow": [1, {"deep": None}]}
    return said


def reviewer(review: Review) -> dict[str, Any]:
    if review.is_anonymous:
        return {"isAnonymous": True, "displayName": "A Google user"}
    photo = "https://lh3.googleusercontent.com/a-/synthetic=s120"
    return {"displayName": review.author, "profilePhotoUrl": photo, "isAnonymous": False}


def reply_payload(reply: Reply) -> dict[str, Any]:
    """Return a reply; each look at it brings the verdict nearer."""
    if reply.state == "PENDING":
        if reply.polls_left <= 0:
            reply.state = reply.verdict
        reply.polls_left -= 1
    said = {
        "comment": reply.comment,
        "updateTime": stamp(reply.at),
        "reviewReplyState": reply.state,
    }
    return said | ({"policyViolation": reply.violation} if reply.state == "REJECTED" else {})


def location_payload(location: Location) -> dict[str, Any]:
    return {
        "name": f"locations/{location.id}",
        "title": location.title,
        "storeCode": "",
        "metadata": {
            "placeId": location.place_id,
            "mapsUri": f"https://maps.google.com/maps?cid={location.id}",
            "hasVoiceOfMerchant": location.is_verified,
        },
    }
