"""What Google says is read whatever else it says."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.google import payloads
from reviews.google.payloads import Unreadable

NAME = "accounts/1/locations/10/reviews/x"
SAID = {
    "name": NAME,
    "reviewId": "x",
    "reviewer": {"displayName": "Visitante Exemplo", "isAnonymous": False},
    "starRating": "FIVE",
    "comment": "Limpa.\n\n(Translated by Google)\nClean.",
    "createTime": "2026-10-03T01:22:45.120Z",
    "updateTime": "2026-10-05T11:00:00Z",
    "reviewReply": {
        "comment": "Obrigado!",
        "updateTime": "2026-10-05T11:00:00Z",
        "reviewReplyState": "APPROVED",
    },
    "reviewMediaItems": [{"thumbnailUrl": "https://lh3.googleusercontent.com/thumb"}],
}


def test_a_review_is_read():
    read = payloads.review(SAID)

    assert (read.key, read.stars, read.author) == ("x", 5, "Visitante Exemplo")
    assert read.told == ("Limpa.", "Clean.")
    assert read.written_at == datetime(2026, 10, 3, 1, 22, 45, 120000, tzinfo=UTC)
    assert (read.reply.told.original, read.reply.state) == ("Obrigado!", "APPROVED")
    assert read.media == ("https://lh3.googleusercontent.com/thumb",)


@pytest.mark.parametrize(
    "odd",
    [
        {"reviewReply": {"comment": "x", "updateTime": "ontem"}},
        {"reviewer": "alguém"},
        {"reviewMediaItems": 7},
        {"updateTime": 5},
    ],
)
def test_one_odd_review_stops_no_others(odd):
    page = payloads.page({"reviews": [SAID | odd, SAID]})

    assert (len(page.reviews), page.unreadable) == (1, 1)


def test_signs_that_no_database_keeps_are_left_out():
    read = payloads.review(SAID | {"comment": "Lim\0pa\ud800.", "reviewer": {"displayName": "A\0"}})

    assert (read.raw, read.author) == ("Limpa.", "A")


def test_fields_of_tomorrow_are_ignored():
    assert payloads.review(SAID | {"sentiment": {"a": [1]}}) == payloads.review(SAID)


def test_a_rating_without_words_has_none():
    said = {name: SAID[name] for name in ("name", "starRating", "createTime", "updateTime")}

    read = payloads.review(said)

    assert (read.key, read.told, read.reply, read.author) == ("x", ("", ""), None, "")


@pytest.mark.parametrize("rating", ["STAR_RATING_UNSPECIFIED", "SIX", ""])
def test_a_rating_that_we_do_not_know_is_kept_as_a_word(rating):
    read = payloads.review(SAID | {"starRating": rating})

    assert (read.stars, read.rating) == (0, rating)


def test_whoever_is_anonymous_has_no_name():
    reviewer = {"isAnonymous": True, "displayName": "A Google user"}

    assert payloads.review(SAID | {"reviewer": reviewer}).author == ""


@pytest.mark.parametrize("lacking", ["name", "createTime", "updateTime"])
def test_a_review_without_what_makes_it_one_is_unreadable_and_the_page_is_not(lacking):
    broken = {name: value for name, value in SAID.items() if name != lacking}

    with pytest.raises(Unreadable):
        payloads.review(broken)
    page = payloads.page({"reviews": [broken, SAID], "totalReviewCount": 2})
    assert (len(page.reviews), page.unreadable, page.total) == (1, 1, 2)


def test_a_location_without_reviews_says_nothing_at_all():
    page = payloads.page({})

    assert (page.reviews, page.total, page.average, page.next_token) == ((), 0, None, "")


@pytest.mark.parametrize(
    ("said", "violation"),
    [
        ("OFF_TOPIC", "OFF_TOPIC"),
        ({"policyType": "OFF_TOPIC", "details": {"a": 1}}, "OFF_TOPIC"),
        (None, ""),
    ],
)
def test_a_violation_is_a_word_or_an_object(said, violation):
    reply = SAID["reviewReply"] | {"reviewReplyState": "REJECTED", "policyViolation": said}

    read = payloads.review(SAID | {"reviewReply": reply}).reply

    assert (read.state, read.violation) == ("REJECTED", violation)


def test_the_state_of_a_reply_may_stand_beside_it():
    reply = {"comment": "Obrigado!"}

    assert payloads.review(SAID | {"reviewReply": reply, "reviewReplyState": "PENDING"}).reply.state


@given(
    st.datetimes(datetime(2010, 1, 1), datetime(2040, 1, 1)),  # noqa: DTZ001 (made aware below)
    st.integers(0, 9),
    st.integers(-14 * 60, 14 * 60),
)
def test_instants_have_any_number_of_digits_and_any_offset(at, digits, minutes):
    zone = timezone(timedelta(minutes=minutes))
    fraction = f".{at.microsecond:06d}000"[: digits + 1] if digits else ""
    offset = at.replace(tzinfo=zone).isoformat()[-6:]
    text = f"{at:%Y-%m-%dT%H:%M:%S}{fraction}{offset}"

    kept = int(f"{at.microsecond:06d}000"[:digits][:6].ljust(6, "0"))
    assert payloads.instant(text) == at.replace(microsecond=kept, tzinfo=zone)


def test_nothing_personal_is_in_what_a_review_says_of_itself():
    said = repr(payloads.review(SAID))

    assert not {"Visitante", "Limpa", "Clean", "Obrigado", "lh3"} & set(said.split("'"))
    assert "Limpa" not in said
    assert "Visitante" not in said
