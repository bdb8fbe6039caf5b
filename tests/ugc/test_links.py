"""What guests and their partners do by the links that are theirs alone."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from tenancy.models import Property
from tests.ugc.conftest import look
from tests.ugc.sending import WORDS, act, filled, link_in, photo, send
from ugc import attempts, services
from ugc.enums import Party, PhotoState, Purpose, Refusal, SubmissionStatus
from ugc.models import Consent, DoomedFile, GuestPost, PartnerLink, Submission, SubmissionPhoto
from ugc.rules.publishing import Obstacle
from ugc.secrets import digest_of
from ugc.selectors import agreed, receipts
from ugc.services import Impossible, deciding
from ugc.services.changing import find


@pytest.fixture
def both(house: Property, client: Any, django_capture_on_commit_callbacks: Any) -> Any:
    """Return the paths of the guest's and the partner's link."""
    with django_capture_on_commit_callbacks(execute=True):
        response = send(client, filled(house, [photo()], company="us"))
    return link_in(response), link_in(response, "parceiro")


def seen(client: Any, path: str) -> str:
    form = BeautifulSoup(client.get(path).content, "html.parser").find(attrs={"name": "seen"})
    return str(form["value"])


def test_a_guest_sees_what_became_of_it_and_nobody_keeps_the_page(client, sent):
    _submission, path = sent([photo()], words=WORDS)
    page = client.get(path)

    assert "À espera de moderação" in page.content.decode()
    assert "data:image/webp;base64," in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert page["Referrer-Policy"] == "no-referrer"
    assert not page.cookies


def test_whoever_follows_a_link_may_read_it_in_another_language(client, both):
    for path in both:
        page = BeautifulSoup(client.get(path).content, "html.parser")
        languages = page.select("nav.languages a")
        assert [each["href"] for each in languages] == [path, f"/en{path}", f"/es{path}"]
        other = client.get(languages[2]["href"])
        assert other.status_code == 200
        assert '<html lang="es"' in other.content.decode()


def test_a_link_with_one_other_character_is_nobodys(client, sent):
    _submission, path = sent(words=WORDS)
    other = path[:-1] + ("A" if path[-1] != "A" else "B")

    assert client.get(other).status_code == 404
    assert act(client, other, "withdraw").status_code == 404


def test_who_follows_links_too_often_is_told_to_wait_and_not_that_they_are_over(
    client: Any, both: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(attempts, "ANSWERED", attempts.Allowance(by_address=1))
    answers = [client.get(path).status_code for path in both]

    assert answers == [200, 429]


def test_what_is_changed_is_looked_at_again(client, published):
    submission, path = published([photo()], words=WORDS)
    act(client, path, "change", words="Outras palavras", name="Ana", stay_month="2026-09")

    submission.refresh_from_db()
    assert submission.status == SubmissionStatus.QUEUED
    assert (submission.words, submission.name) == ("Outras palavras", "Ana")
    assert not GuestPost.objects.exists()


def test_what_was_changed_is_published_anew_with_the_same_photos(client, published, manager):
    submission, path = published([photo()], words=WORDS)
    act(client, path, "change", words="Outras palavras", name="", stay_month="")
    services.publish(submission_id=submission.pk, actor=manager, at=timezone.now())

    post = GuestPost.objects.get()
    assert post.words == "Outras palavras"
    assert len(post.pictures) == 1


def test_words_do_not_come_where_none_were_agreed_to(client, sent):
    submission, path = sent([photo()])
    act(client, path, "change", words=WORDS, name="", stay_month="")

    submission.refresh_from_db()
    assert submission.words == ""


def test_words_that_are_all_there_is_are_withdrawn_and_not_emptied(client, sent):
    submission, path = sent(words=WORDS)
    act(client, path, "change", words="", name="", stay_month="")

    submission.refresh_from_db()
    assert submission.words == WORDS


def test_another_sites_form_withdraws_nothing(client, sent):
    submission, path = sent(words=WORDS)
    client.post(path, {"act": "withdraw"}, headers={"sec-fetch-site": "cross-site"})

    submission.refresh_from_db()
    assert submission.status == SubmissionStatus.QUEUED


def test_nothing_is_published_before_the_other_person_agrees(client, both, manager):
    submission = Submission.objects.get()
    look(submission.pk, manager)
    with pytest.raises(Impossible) as raised:
        services.publish(submission_id=submission.pk, actor=manager, at=timezone.now())
    assert raised.value.obstacles == (Obstacle.PARTNER,)

    _guests, partners = both
    act(client, partners, "give", agreed="on", seen=seen(client, partners))
    services.publish(submission_id=submission.pk, actor=manager, at=timezone.now())

    assert agreed(receipts(submission.pk), Party.PARTNER) == {Purpose.PARTNER}
    assert GuestPost.objects.count() == 1


def test_a_partner_sees_the_photos_and_ticks_a_box_of_their_own(client, both):
    _guests, partners = both
    page = client.get(partners).content.decode()
    assert "data:image/webp;base64," in page

    act(client, partners, "give", seen=seen(client, partners))
    act(client, partners, "give", agreed="on", seen="0" * 64)

    assert PartnerLink.objects.get().is_given is None
    assert not Consent.objects.filter(party=Party.PARTNER).exists()


def test_a_partner_says_yes_to_nothing_that_was_not_shown(client, both):
    _guests, partners = both
    digest = seen(client, partners)
    SubmissionPhoto.objects.update(state=PhotoState.RECEIVED)

    assert "Dizer sim" not in client.get(partners).content.decode()
    act(client, partners, "give", agreed="on", seen=digest)

    assert not PartnerLink.objects.get().is_given


def test_a_partners_no_ends_it(client, both, django_capture_on_commit_callbacks):
    guests, partners = both
    with django_capture_on_commit_callbacks(execute=True):
        response = act(client, partners, "refuse")

    submission = Submission.objects.get()
    assert submission.status == SubmissionStatus.REFUSED
    assert submission.refusal == Refusal.PARTNER
    assert not submission.photos.exists()
    assert not DoomedFile.objects.exists()
    assert response.status_code == 200
    assert client.get(partners).status_code == 404
    assert "A outra pessoa não consentiu" in client.get(guests).content.decode()


def test_a_partner_takes_their_yes_back(client, both, manager, django_capture_on_commit_callbacks):
    _guests, partners = both
    submission = Submission.objects.get()
    act(client, partners, "give", agreed="on", seen=seen(client, partners))
    look(submission.pk, manager)
    services.publish(submission_id=submission.pk, actor=manager, at=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        act(client, partners, "refuse")

    submission.refresh_from_db()
    assert submission.status == SubmissionStatus.WITHDRAWN
    assert submission.erased_at
    assert not GuestPost.objects.exists()
    assert not agreed(receipts(submission.pk), Party.PARTNER)


def test_a_partners_link_expires_and_with_it_the_submission(client, both):
    _guests, partners = both
    later = timezone.now() + timedelta(days=8)
    PartnerLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert client.get(partners).status_code == 404
    assert services.expire_waiting(at=later) == 1
    assert Submission.objects.get().refusal == Refusal.PARTNER


def test_the_guests_link_is_none_for_the_partner(client, both):
    guests, partners = both
    swapped = partners.replace("de-voces/", "")

    assert client.get(swapped).status_code == 404
    assert client.get(guests.replace("_envio/", "_envio/de-voces/")).status_code == 404


@pytest.fixture
def several(house: Property, sent: Any) -> Any:
    """Return a submission of three photos without words, and the guest's path."""
    return sent([photo(), photo((200, 300)), photo((100, 100))])


def keys(submission: Submission) -> list[str]:
    return [str(each.pk) for each in submission.photos.order_by("position")]


def test_one_photo_of_several_is_taken_away_and_the_rest_stays(
    client: Any, several: Any, django_capture_on_commit_callbacks: Any
) -> None:
    submission, path = several
    first, second, third = keys(submission)
    with django_capture_on_commit_callbacks(execute=True):
        response = act(client, path, "remove", photo=second)

    assert "A foto foi apagada" in response.content.decode()
    assert keys(submission) == [first, third]
    assert not DoomedFile.objects.exists()
    submission.refresh_from_db()
    assert submission.status == SubmissionStatus.QUEUED


def test_a_published_photo_leaves_the_page_and_the_others_stay_there(
    client: Any, published: Any, django_capture_on_commit_callbacks: Any
) -> None:
    submission, path = published([photo(), photo((200, 300))], words=WORDS)
    first, second = keys(submission)
    before = GuestPost.objects.get().pictures
    with django_capture_on_commit_callbacks(execute=True):
        act(client, path, "remove", photo=first)

    post = GuestPost.objects.get()
    assert post.pictures == before[1:]
    assert post.pictures[0]["photo"] == second
    gone, *_rest = (name for name, *_size in before[0]["files"])
    assert client.get(f"/media/{gone}").status_code == 404
    assert client.get(f"/media/{post.pictures[0]['files'][0][0]}").status_code == 200


def test_the_last_thing_is_withdrawn_and_not_removed(client: Any, sent: Any) -> None:
    submission, path = sent([photo()])
    response = act(client, path, "remove", photo=keys(submission)[0])

    assert "não pode ser feito" in response.content.decode()
    assert submission.photos.count() == 1
    assert 'value="remove"' not in response.content.decode()


@pytest.mark.parametrize("key", ["", "x", "00000000-0000-7000-8000-000000000000"])
def test_a_photo_that_is_not_theirs_stays(client: Any, several: Any, key: str) -> None:
    submission, path = several
    act(client, path, "remove", photo=key)

    assert submission.photos.count() == 3


def test_with_the_last_photo_nobody_is_asked_about_photos_any_more(
    client: Any, house: Property, manager: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        response = send(client, filled(house, [photo()], company="us", words=WORDS))
    guests, partners = link_in(response), link_in(response, "parceiro")
    submission = Submission.objects.get()
    act(client, guests, "remove", photo=keys(submission)[0])

    assert client.get(partners).status_code == 404
    assert agreed(receipts(submission.pk), Party.GUEST) == {Purpose.WORDS, Purpose.ADULTS}
    services.publish(submission_id=submission.pk, actor=manager, at=timezone.now())
    assert GuestPost.objects.get().pictures == []


def test_a_photo_that_is_removed_while_it_is_published_is_not_published(
    client: Any, several: Any, manager: Any, monkeypatch: Any
) -> None:
    submission, path = several
    look(submission.pk, manager)
    put = deciding._put_on_pages

    def first_remove(*args: Any) -> Any:
        act(client, path, "remove", photo=keys(submission)[0])
        return put(*args)

    monkeypatch.setattr(deciding, "_put_on_pages", first_remove)
    with pytest.raises(Impossible):
        services.publish(submission_id=submission.pk, actor=manager, at=timezone.now())

    assert not GuestPost.objects.exists()


def test_a_link_is_good_for_a_year_after_the_end_and_then_nothing_is_known(
    client: Any, sent: Any, django_capture_on_commit_callbacks: Any
) -> None:
    submission, path = sent([photo()], words=WORDS)
    with django_capture_on_commit_callbacks(execute=True):
        act(client, path, "withdraw")
    ended = timezone.now()
    nearly, over = ended + timedelta(days=364), ended + timedelta(days=366)

    assert services.expire_waiting(at=nearly) == 0
    assert find(digest_of(path.rpartition("/")[2]), at=nearly)
    assert find(digest_of(path.rpartition("/")[2]), at=over) is None
    assert services.expire_waiting(at=over) == 1
    assert not Submission.objects.exists()
    assert Consent.objects.filter(submission_id=submission.pk).exists()
    assert client.get(path).status_code == 404


def test_what_is_published_keeps_its_link(client: Any, published: Any) -> None:
    _submission, path = published(words=WORDS)
    later = timezone.now() + timedelta(days=4000)

    assert services.expire_waiting(at=later) == 0
    assert find(digest_of(path.rpartition("/")[2]), at=later)
