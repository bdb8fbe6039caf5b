"""The owner connects the company to Google, and says which profile is which house."""

import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
from django.urls import reverse
from django.utils import timezone

from privacy.models import Secret
from reviews.clients.google import ACCOUNTS, LOCATIONS, REVIEWS
from reviews.clients.oauth import TOKENS
from reviews.enums import ConnectionState, LocationState, Refusal, Sending, Source
from reviews.models import Connection, Location, Review, ReviewSummary
from reviews.pauses import pause
from reviews.services import consents, resting
from tenancy.context import tenant_scope
from tenancy.models import AuditEntry, Property
from tests.conftest import execute_as_owner
from tests.fakes.google.faults import Fault, Queue, down, error
from tests.reviews.houses import say, stored, truth

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(staff, lua):
    return staff(lua, "owner")


@pytest.fixture
def place(google):
    place = google.add_location("10", title="Motel Lua Belém")
    say(place, "a", "b")
    return place


def act(client, name, **body):
    return client.post(reverse("reviews_google"), {"act": name, **body}, follow=True)


def sent(client):
    """Press the button; return the address at Google, and what it asks."""
    answer = client.post(reverse("reviews_google"), {"act": "connect"})
    return answer.url, dict(parse_qsl(urlsplit(answer.url).query))


def agreed(url, word="Permitir"):
    """Follow a link of Google's page; return where it leads."""
    page = requests.get(url, timeout=5).text
    return re.search(rf'<a href="([^"]+)">{word}', page)[1].replace("&amp;", "&")


def come_back(guest, client, back):
    """Be sent by the platform's host to the staff host, as a browser is."""
    first = guest("painel.localhost").get(back.removeprefix("http://painel.localhost"))
    assert first.status_code == 302
    assert first.headers["Cache-Control"] == "no-store"
    parts = urlsplit(first.url)
    return parts.netloc, client.get(f"{parts.path}?{parts.query}", follow=True)


def connect(guest, client):
    url, _asked = sent(client)
    return come_back(guest, client, agreed(url))[1]


def test_a_consent_leads_to_profiles(google, place, owner, guest, lua):
    url, asked = sent(owner)

    assert asked["redirect_uri"] == "http://painel.localhost/avisos/google/volta"
    assert asked["scope"] == "https://www.googleapis.com/auth/business.manage"
    host, shown = come_back(guest, owner, agreed(url))

    assert host == "lua.painel.localhost"
    assert "Motel Lua Belém" in shown.content.decode()
    with tenant_scope(lua):
        assert Connection.objects.get().state == ConnectionState.CONNECTED
        assert AuditEntry.objects.filter(action="reviews.connection.connect").exists()


def test_tokens_are_stored_sealed_and_shown_nowhere(google, place, owner, guest, lua):
    shown = connect(guest, owner).content.decode()
    refresh = next(iter(google.grants))

    assert refresh not in shown
    rows = execute_as_owner("SELECT sealed FROM privacy_secret")
    assert len(rows) == 2
    assert all(refresh.encode() not in bytes(row[0]) for row in rows)


def test_a_profile_is_tied_to_a_house_and_read(google, place, owner, guest, lua):
    connect(guest, owner)
    with tenant_scope(lua):
        location, house = Location.objects.get(), Property.objects.get(slug="lua")

    shown = act(owner, "tie", location=location.pk, property=house.pk)

    with tenant_scope(lua):
        assert stored(location) == truth(place)
        assert ReviewSummary.objects.get().property == house
    assert "2 de 2" in shown.content.decode()

    act(owner, "tie", location=location.pk, property="")
    with tenant_scope(lua):
        assert not ReviewSummary.objects.exists()


def test_a_house_has_one_profile(google, place, owner, guest, lua):
    google.add_location("11", title="Outro")
    connect(guest, owner)
    with tenant_scope(lua):
        first, second = Location.objects.order_by("name")
        house = Property.objects.get(slug="lua")
    act(owner, "tie", location=first.pk, property=house.pk)

    shown = act(owner, "tie", location=second.pk, property=house.pk)

    assert "já está ligada" in shown.content.decode()


def test_all_is_read_again_on_demand(google, place, owner, guest, lua, clock):
    connect(guest, owner)
    with tenant_scope(lua):
        location, house = Location.objects.get(), Property.objects.get(slug="lua")
    act(owner, "tie", location=location.pk, property=house.pk)
    google.delete(place, "a")
    clock.pass_(minutes=1)

    act(owner, "read", location=location.pk)

    with tenant_scope(lua):
        assert stored(location) == truth(place)


def test_another_session_cannot_use_a_consent(google, place, owner, guest, lua, staff):
    url, _asked = sent(owner)
    back = agreed(url)

    _host, shown = come_back(guest, staff(lua, "owner"), back)

    assert "não confere" in shown.content.decode()
    with tenant_scope(lua):
        assert not Connection.objects.exists()


def test_a_consent_counts_once_and_not_for_long(google, place, owner, guest, lua, clock):
    url, _asked = sent(owner)
    back = agreed(url)
    come_back(guest, owner, back)
    assert "não confere" in come_back(guest, owner, back)[1].content.decode()

    url, _asked = sent(owner)
    back = agreed(url)
    clock.pass_(minutes=16)
    assert "não confere" in come_back(guest, owner, back)[1].content.decode()


def test_a_state_that_was_changed_is_refused(google, place, owner, guest, lua):
    url, asked = sent(owner)
    back = agreed(url).replace(asked["state"], f"{asked['state'][:-1]}_")

    assert "não confere" in come_back(guest, owner, back)[1].content.decode()


def test_without_the_verifier_a_code_is_worth_nothing(google, place, owner, guest, lua):
    url, _asked = sent(owner)
    back = agreed(url)
    for given in google.codes.values():
        given["code_challenge"] = "another"

    shown = come_back(guest, owner, back)[1].content.decode()

    assert "não deu acesso" in shown
    with tenant_scope(lua):
        assert not Secret.objects.filter(name="google.refresh").exists()


def test_whoever_says_no_is_told_so(google, place, owner, guest, lua):
    url, _asked = sent(owner)

    shown = come_back(guest, owner, agreed(url, "Cancelar"))[1].content.decode()

    assert "cancelada" in shown


@pytest.mark.parametrize(
    "state", ["", "unknown.abc", "evil.example/.abc", "../x.abc", "painel@x.abc"]
)
def test_nobody_is_sent_anywhere_else(google, guest, state):
    answer = guest("painel.localhost").get("/avisos/google/volta", {"state": state})

    assert answer.status_code == 404


def test_a_person_is_sent_on_to_the_host_that_was_found(google, guest, lua):
    answer = guest("painel.localhost").get("/avisos/google/volta", {"state": "\tLUA.abc"})

    assert answer.url.startswith("http://lua.painel.localhost/")


def test_disconnecting_gives_the_consent_back(google, place, owner, guest, lua):
    connect(guest, owner)
    owner.post(reverse("reviews_google_disconnect"))

    assert next(iter(google.grants.values())).is_revoked
    with tenant_scope(lua):
        assert not Connection.objects.exists()
        assert not Secret.objects.exists()


def test_a_disconnection_says_what_goes_before_it_is_done(google, place, owner, guest, lua):
    connect(guest, owner)
    with tenant_scope(lua):
        location, house = Location.objects.get(), Property.objects.get(slug="lua")
    act(owner, "tie", location=location.pk, property=house.pk)
    with tenant_scope(lua):
        Review.objects.filter(key="a").update(sending=Sending.QUEUED)
    address = reverse("reviews_google_disconnect")

    assert address in owner.get(reverse("reviews_google")).content.decode()
    asked = owner.get(address).content.decode()

    assert "perfis que deixam de ser lidos: 1" in asked
    assert "avaliações que saem do site e daqui: 2" in asked
    assert "a última delas sai em 24/12/2026" in asked
    assert "respostas a caminho, que não chegam ao Google: 1" in asked
    assert act(owner, "disconnect").status_code == 400
    with tenant_scope(lua):
        assert Connection.objects.exists()


def test_reconnecting_goes_on_at_once(google, place, owner, guest, lua):
    connect(guest, owner)
    with tenant_scope(lua):
        consents.expire(consents.current())
        resting.rest(Location.objects.get(), timezone.now() + timedelta(days=1))
    assert "Reconecte" in owner.get(reverse("reviews_google")).content.decode()

    connect(guest, owner)

    with tenant_scope(lua):
        assert Connection.objects.get().state == ConnectionState.CONNECTED
        assert Location.objects.get().rests_until is None


def test_editors_read_what_is_the_matter(google, place, owner, guest, lua):
    connect(guest, owner)
    address = reverse("reviews_google")

    with tenant_scope(lua):
        location = Location.objects.get()
        resting.refuse(location, Refusal.UNVERIFIED)
        assert Location.objects.get().state == LocationState.REFUSED
    assert "ainda não foi verificado" in owner.get(address).content.decode()
    pause(REVIEWS, seconds=600, at=timezone.now())
    assert "pediu uma pausa até" in owner.get(address).content.decode()
    with tenant_scope(lua):
        resting.refuse(location, Refusal.DISABLED)
    assert "está desligado" in owner.get(address).content.decode()


NO_API = Fault(403, error(403, "PERMISSION_DENIED", "SERVICE_DISABLED"))
NO_ACCESS = Fault(403, error(403, "PERMISSION_DENIED"))


@pytest.mark.parametrize(
    ("fault", "said"), [(NO_API, "está desligado"), (NO_ACCESS, "não tem acesso")]
)
def test_a_list_that_google_refuses_is_said_until_it_lists(
    google, place, owner, guest, fault, said
):
    google.faults = Queue([replace(fault, host=ACCOUNTS)])

    shown = connect(guest, owner).content.decode()

    assert "O Google não listou os perfis" in shown
    assert said in shown
    assert "lidas algumas vezes ao dia" not in shown
    listed = act(owner, "list").content.decode()
    assert "O Google não listou os perfis" not in listed
    assert "Motel Lua Belém" in listed
    assert "lidas algumas vezes ao dia" in listed


def test_a_list_that_is_refused_later_is_said_beside_what_is_read(google, place, owner, guest):
    connect(guest, owner)
    google.faults = Queue([replace(NO_API, host=LOCATIONS)])

    shown = act(owner, "list").content.decode()

    assert "O Google não listou os perfis" in shown
    assert "lidas algumas vezes ao dia" in shown


def test_a_list_that_does_not_come_now_is_no_success(google, place, owner, guest):
    google.faults = Queue([replace(down(), host=ACCOUNTS)] * 3)

    shown = connect(guest, owner).content.decode()

    assert "Os perfis ainda não foram lidos" in shown
    assert "lidas algumas vezes ao dia" not in shown


@pytest.mark.parametrize("host", [ACCOUNTS, LOCATIONS, TOKENS])
def test_a_pause_of_whoever_lists_is_said(google, place, owner, guest, clock, host):
    connect(guest, owner)
    pause(host, seconds=600, at=timezone.now())

    assert "depois disso busque os perfis" in owner.get(reverse("reviews_google")).content.decode()
    clock.pass_(minutes=11)
    assert "pediu uma pausa" not in owner.get(reverse("reviews_google")).content.decode()


def test_managers_look_and_editors_do_not(google, place, owner, guest, lua, staff):
    connect(guest, owner)
    address = reverse("reviews_google")
    manager = staff(lua, "manager")

    assert manager.get(address).status_code == 200
    assert manager.post(address, {"act": "list"}).status_code == 400
    assert manager.post(reverse("reviews_google_disconnect")).status_code == 302
    assert staff(lua, "editor").get(address).status_code == 302
    with tenant_scope(lua):
        assert Connection.objects.exists()


def test_without_access_of_the_platform_s_there_is_no_button(owner, settings, db):
    settings.GOOGLE_CLIENT_ID = ""

    shown = owner.get(reverse("reviews_google")).content.decode()

    assert "Conectar ao Google" not in shown
    assert "ainda não tem acesso" in act(owner, "connect").content.decode()


def test_a_file_s_reviews_are_no_profile(owner, lua, google):
    with tenant_scope(lua):
        file = Location.objects.create(source=Source.FILE, name="lua")
        Review.objects.filter(location=file).delete()

    assert act(owner, "read", location=file.pk).status_code == 400
