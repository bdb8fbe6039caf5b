"""The form on the page: what it asks, what it refuses, and how often it may be sent."""

import hashlib
from datetime import date
from itertools import count

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.db import ProgrammingError, transaction
from django.test import Client
from django.utils.html import escape

from sites.models import CampaignPage, HomePage
from tenancy.context import tenant_scope
from tests.ugc.badfiles import CORPUS
from tests.ugc.sending import HOST, SEND, WORDS, filled, link_in, photo, send
from ugc import attempts, services
from ugc.enums import Problem, Purpose
from ugc.models import Consent, ConsentText, Submission
from ugc.rules.proof import BITS, is_proof
from ugc.secrets import digest_of


def without_form(house) -> None:
    home = HomePage.objects.get(pk=house.site.root_page_id)
    home.body = [block for block in home.body.raw_data if block["type"] != "guest_form"]
    home.save()


def proven() -> dict[str, str]:
    challenge = attempts.challenge()
    proof = next(str(number) for number in count() if is_proof(challenge, str(number)))
    return {"challenge": challenge, "proof": proof}


def test_the_page_has_the_whole_form_with_nothing_ticked_and_no_token(house, client):
    page = client.get("/")
    form = BeautifulSoup(page.content, "html.parser").find("form", action=SEND)

    assert form is not None
    ticks = form.find_all("input", type="checkbox")
    assert {tick["name"] for tick in ticks} == {
        "photos_agreed", "words_agreed", "adults_agreed", "mail_agreed",
    }  # fmt: skip
    assert not [tick for tick in form.find_all("input") if tick.has_attr("checked")]
    assert not form.find("input", attrs={"name": "csrfmiddlewaretoken"})
    assert not page.cookies


def test_the_forms_own_fields_are_enough(house, client):
    form = BeautifulSoup(client.get("/").content, "html.parser").find("form", action=SEND)
    hidden = {each["name"]: each["value"] for each in form.find_all("input", type="hidden")}

    response = send(client, {**hidden, "words": WORDS, "words_agreed": "on"})

    assert link_in(response).startswith(SEND)
    assert Submission.objects.get().words == WORDS


def test_what_was_agreed_is_kept_word_for_word(sent):
    submission, _path = sent([photo()], words=WORDS)
    consents = Consent.objects.filter(submission_id=submission.pk)

    assert {each.purpose for each in consents} == {Purpose.PHOTOS, Purpose.ADULTS, Purpose.WORDS}
    for consent in consents:
        text = ConsentText.objects.get(digest=consent.digest)
        assert hashlib.sha256(text.text.encode()).hexdigest() == consent.digest
        assert text.version == 1


def test_other_words_are_another_version(house, sent):
    sent(words=WORDS)
    house.name = "Motel Lua Nova"
    house.save()
    sent(words=WORDS)

    texts = ConsentText.objects.filter(purpose=Purpose.WORDS)
    assert sorted(text.version for text in texts) == [1, 2]


def test_a_consent_cannot_be_changed_or_deleted(sent):
    sent(words=WORDS)

    for change in (Consent.objects.all().delete, lambda: Consent.objects.update(is_given=False)):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            change()
    assert Consent.objects.get().is_given


def test_whoever_read_other_words_is_asked_anew(house, client):
    body = filled(house, words=WORDS, words_seen="0" * 64)
    response = send(client, body)

    assert response.status_code == 409
    assert WORDS in response.content.decode()
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Envie uma foto, algumas palavras"),
        ({"words": WORDS, "words_agreed": None}, "Sem este aceite"),
        ({"words": WORDS, "email": "nova@exemplo.test", "mail_agreed": None}, "Sem este aceite"),
        ({"words": WORDS, "stay_month": "ontem"}, "Escreva o mês assim"),
        ({"words": WORDS, "stay_month": "12/2099"}, "Este mês ainda não chegou"),
        ({"words": WORDS, "email": "ninguém"}, "e-mail"),
        ({"words": "a" * 601}, "Falta alguma coisa"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_kept(house, client, fields, said):
    response = send(client, filled(house, **fields))

    assert response.status_code == 200
    assert said in response.content.decode()
    assert not Submission.objects.exists()


@pytest.mark.parametrize("wanting", ["photos_agreed", "adults_agreed", "company"])
def test_photos_need_both_ticks_and_who_is_in_them(house, client, wanting):
    response = send(client, filled(house, [photo()], **{wanting: None}))

    assert response.status_code == 200
    assert not Submission.objects.exists()


@pytest.mark.parametrize("bad", [bad for bad in CORPUS if bad.at_once], ids=str)
def test_a_bad_file_is_refused_with_a_reason(house, client, bad):
    response = send(client, filled(house, [photo(), bad.make()], words=WORDS))

    assert response.status_code == 200
    assert f"Foto 2: {escape(Problem(bad.at_once).label)}" in response.content.decode()
    assert not Submission.objects.exists()


def test_six_photos_are_too_many(house, client):
    response = send(client, filled(house, [photo()] * 6))

    assert "São no máximo 5 fotos." in response.content.decode()
    assert not Submission.objects.exists()


def test_words_are_counted_as_browsers_count_them(sent):
    lines = ["a" * 19] * 30  # 599 signs, and 29 more as a browser sends them
    submission, _path = sent(words="\r\n".join(lines))

    assert submission.words == "\n".join(lines)


@pytest.mark.parametrize("written", ["10/2026", "10-2026", "10 / 2026", "2026-10"])
def test_a_month_is_read_as_people_write_it(sent, written):
    submission, _path = sent(words=WORDS, stay_month=written)

    assert submission.stay_month == date(2026, 10, 1)


class Untouched:
    """A body that must not be read."""

    def read(self, *args):
        raise AssertionError("It was read.")

    readline = read


def posted(client, *, size=1000, site="same-origin", address="192.0.2.7"):
    return client.generic(
        "POST",
        SEND,
        headers={"sec-fetch-site": site},
        CONTENT_TYPE="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(size),
        REMOTE_ADDR=address,
        **{"wsgi.input": Untouched()},
    ).status_code


def test_what_is_refused_is_not_even_read(house, client):
    assert posted(client, size=60 * 1024**2) == 413
    assert posted(client, size="") == 413
    assert posted(client, site="cross-site") == 403
    with pytest.raises(AssertionError):
        posted(client)
    for _time in range(attempts.UPLOADED.by_address - 1):
        client.post(SEND, {"website": "x"}, REMOTE_ADDR="192.0.2.7")
    assert posted(client) == 429

    without_form(house)
    assert posted(client, address="192.0.2.8") == 403


def test_a_house_takes_nothing_for_which_it_does_not_ask(house, client):
    without_form(house)
    response = send(client, filled(house, words=WORDS))

    assert response.status_code == 403
    assert "não está recebendo" in response.content.decode()
    assert not Submission.objects.exists()


def test_a_form_on_a_draft_or_on_another_houses_page_asks_for_nothing(house, client):
    home = HomePage.objects.get(pk=house.site.root_page_id)
    home.unpublish()
    assert send(client, filled(house, words=WORDS)).status_code == 403

    other = Client(HTTP_HOST="lua-centro.localhost")
    assert send(other, filled(house, words=WORDS)).status_code == 403


def test_a_form_on_any_page_below_is_enough(house, client):
    without_form(house)
    home = HomePage.objects.get(pk=house.site.root_page_id)
    block = ("guest_form", {"heading": "Mostre", "text": ""})
    home.add_child(instance=CampaignPage(title="Verão", slug="verao-de-fotos", body=[block]))

    assert send(client, filled(house, words=WORDS)).status_code == 200


def test_photos_are_never_written_open_to_a_disk(house, client, monkeypatch):
    def written(*args, **kwargs):
        raise AssertionError("A file was written.")

    monkeypatch.setattr("django.core.files.uploadhandler.TemporaryUploadedFile", written)
    large = photo() + b"\0" * (4 * 1024**2)

    assert send(client, filled(house, [large])).status_code == 200


def test_a_trap_that_is_filled_in_is_no_guests(house, client):
    assert send(client, filled(house, words=WORDS, website="x")).status_code == 403
    assert not Submission.objects.exists()


def test_a_form_of_another_site_is_refused(house, client):
    response = client.post(
        SEND, filled(house, words=WORDS), headers={"sec-fetch-site": "cross-site"}
    )

    assert response.status_code == 403
    assert not Submission.objects.exists()


def test_without_proof_less_may_be_sent_than_with_it(house, client):
    for _time in range(attempts.UNPROVEN.by_address):
        assert send(client, filled(house, words=WORDS)).status_code == 200
    assert send(client, filled(house, words=WORDS)).status_code == 429

    assert send(client, filled(house, words=WORDS, **proven())).status_code == 200


def test_a_proof_is_good_once(house):
    proof = proven()

    assert attempts.proves(proof["challenge"], proof["proof"])
    assert not attempts.proves(proof["challenge"], proof["proof"])


def test_what_is_sent_again_by_a_reload_is_one_submission_with_the_same_links(house, client):
    proof = proven()
    answers = [
        send(client, filled(house, [photo()], words=WORDS, company="us", **proof))
        for _time in range(attempts.UNPROVEN.by_address + 2)
    ]

    assert len({link_in(answer) for answer in answers}) == 1
    (partners,) = {link_in(answer, "parceiro") for answer in answers}
    assert client.get(partners).status_code == 200
    assert Submission.objects.count() == 1


@pytest.mark.parametrize("others", [{"words": "Outras"}, {"name": "Bia"}, {}], ids=str)
def test_other_content_or_another_challenge_is_another_submission(house, client, others):
    proof = proven()
    again = proof if others else proven()
    one = send(client, filled(house, words=WORDS, **proof))
    other = send(client, filled(house, **{"words": WORDS, **others}, **again))

    assert link_in(one) != link_in(other)
    assert Submission.objects.count() == 2


def test_what_comes_twice_at_once_is_one_submission_as_well(house, client, monkeypatch):
    # both are looked for before either is written
    monkeypatch.setattr(services, "receipt_of", lambda _given: None)
    body = {"words": WORDS, "company": "us", **proven()}
    one, other = (send(client, filled(house, [photo()], **body)) for _time in range(2))

    assert link_in(one) == link_in(other)
    assert link_in(one, "parceiro") == link_in(other, "parceiro")
    assert Submission.objects.count() == 1


def test_a_challenge_that_is_not_ours_gives_nobody_the_same_link(house, client):
    made_up = {"challenge": "abc.def.ghi", "proof": "1"}
    links = {link_in(send(client, filled(house, words=WORDS, **made_up))) for _time in range(2)}

    assert len(links) == 2


def test_a_proof_for_a_challenge_of_ones_own_proves_nothing(house, sol):
    made_up = "abc.def.ghi"
    found = next(str(number) for number in count() if is_proof(made_up, str(number)))
    with tenant_scope(sol):
        foreign = attempts.challenge()
    for_foreign = next(str(number) for number in count() if is_proof(foreign, str(number)))

    assert not attempts.proves(made_up, found)
    assert not attempts.proves(foreign, for_foreign)
    assert not is_proof("x", "-1")
    assert not is_proof("x", "9" * 30)


def test_the_server_says_how_much_work_is_wanted(client, lua):
    response = client.get(f"{SEND}desafio")

    assert response.json()["bits"] == BITS
    assert response["Cache-Control"] == "private, no-store"


def test_a_guest_is_written_their_link_and_the_address_lies_nowhere_in_the_clear(sent, client):
    submission, path = sent(words=WORDS, email="bia@exemplo.test")

    (message,) = mail.outbox
    assert message.to == ["bia@exemplo.test"]
    assert f"http://{HOST}{path}" in message.body
    outside = f"{message.subject} {message.from_email}".lower()
    assert not [word for word in ("motel", "lua", "foto") if word in outside]
    assert b"bia@exemplo.test" not in bytes(submission.contact)


def test_a_guest_reads_english_and_gets_english_words_to_agree_to(house, client):
    other = Client(HTTP_HOST=HOST)
    response = send(other, {"words": WORDS}, "/en/_envio/")

    assert response.status_code == 200
    assert 'action="/en/_envio/"' in response.content.decode()


def test_of_the_secret_only_a_digest_is_kept(sent):
    submission, path = sent(words=WORDS)
    secret = path.rpartition("/")[2]

    assert submission.digest == digest_of(secret)
    assert secret not in repr(Submission.objects.values().get())


def test_a_box_that_no_form_of_ours_has_clears_nothing(house, client):
    body = filled(house, [photo()]) | {"photos-clear": "on"}

    assert send(client, body).status_code == 200
    assert Submission.objects.get().photos.count() == 1
