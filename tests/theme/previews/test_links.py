"""Shared previews: made in the screen, opened by anybody, closed by time or by hand."""

from datetime import UTC, datetime, timedelta
from re import search

import pytest
from django.core.cache import caches
from django.urls import reverse
from redis.exceptions import ConnectionError as RedisAway

from tenancy.context import tenant_scope
from tenancy.models import AuditEntry, Domain
from tests.theme.previews.conftest import AT
from theme.models import PreviewLink
from theme.previews import services
from theme.previews.rules import LONGEST

HOST = "lua.localhost"
INSTANT = datetime(2026, 6, 13, 2, 50, tzinfo=UTC)
BAND = "Prévia de 12/06/2026 23:50 (horário de Belém)"

pytestmark = pytest.mark.django_db


def path_of(token: str) -> str:
    return reverse("shared_preview", args=[token])


def logged(lua, action: str) -> list[AuditEntry]:
    with tenant_scope(lua):
        return list(AuditEntry.objects.filter(action=action))


def test_screen_makes_a_link_that_opens_the_draft_as_of_the_instant(lua, staff, guest, draft):
    client = staff(lua, "editor")
    data = {"at": "2026-06-12T23:50", "lasts": "7d"}

    html = client.post(reverse("page_preview", args=[draft.pk]), data).content.decode()

    found = search(r'value="http://lua\.localhost(/previa/[\w-]+/)"', html)
    answer = guest(HOST).get(found[1])
    assert answer.status_code == 200
    assert BAND in answer.content.decode()
    assert "Palavras do rascunho" in answer.content.decode()
    again = client.get(reverse("page_preview", args=[draft.pk])).content.decode()
    assert "/previa/" not in again
    assert "Cancelar link" in again


def test_link_s_life_is_one_of_the_choices(lua, staff, draft, share):
    client = staff(lua, "editor")

    client.post(reverse("page_preview", args=[draft.pk]), {"lasts": "365d"})

    with tenant_scope(lua):
        assert not PreviewLink.objects.exists()
    with pytest.raises(ValueError, match="31 days"):
        share(lasts=LONGEST + timedelta(days=1))


def test_answer_is_for_nobody_else(guest, share):
    _link, token = share()

    answer = guest(HOST).get(path_of(token))

    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]
    assert not answer.cookies
    assert "wagtail-userbar" not in answer.content.decode()


def test_link_without_an_instant_shows_the_page_as_of_its_opening(guest, share):
    _link, token = share()

    html = guest(HOST).get(path_of(token)).content.decode()

    assert "Prévia" in html
    assert "horário de" not in html


def test_link_shows_the_draft_that_was_shared_not_later_ones(lua, guest, draft, share):
    _link, token = share()
    with tenant_scope(lua):
        draft.intro = "Depois"
        draft.save_revision()

    assert "Palavras do rascunho" in guest(HOST).get(path_of(token)).content.decode()


def test_link_to_a_translation_opens_at_the_same_address(lua, guest, draft, share):
    with tenant_scope(lua):
        english = draft.get_translations().get(locale__language_code="en")
    _link, token = share(page=english)

    answer = guest(HOST).get(path_of(token))

    assert '<html lang="en"' in answer.content.decode()


def test_only_a_digest_of_the_token_is_kept(lua, share):
    link, token = share()

    with tenant_scope(lua):
        kept = PreviewLink.objects.filter(pk=link.pk).values().get()
    assert token not in str(kept)
    assert len(token) >= 43


def test_links_that_do_not_open_all_look_alike(lua, guest, share, editor, draft, time_machine):
    unknown = guest(HOST).get(path_of("desconhecido"))
    revoked, revoked_token = share()
    expired, expired_token = share(lasts=timedelta(hours=1))
    with tenant_scope(lua):
        services.revoke(link=revoked, actor=editor, at=AT)
    elsewhere = [guest(host) for host in ("centro.lua.localhost", "sol.localhost")]
    _link, good_token = share()

    time_machine.move_to(AT + timedelta(minutes=59), tick=False)
    assert guest(HOST).get(path_of(expired_token)).status_code == 200
    time_machine.move_to(expired.expires_at, tick=False)

    answers = [guest(HOST).get(path_of(token)) for token in (revoked_token, expired_token)]
    for answer in answers:
        assert answer.status_code == 404
        assert answer.content == unknown.content
        assert answer.headers.items() == unknown.headers.items()
    for client in elsewhere:
        assert client.get(path_of(good_token)).status_code in (404, 421)


def test_link_opens_on_its_property_s_host_only(lua, sol, guest, share):
    _link, token = share()
    with tenant_scope(lua):
        others = Domain.objects.filter(kind="guest", is_primary=True).exclude(host=HOST)
        (other,) = others.values_list("host", flat=True)

    hosts = [HOST, other, "sol.localhost", "lua.painel.localhost", "api.localhost"]
    assert [guest(host).get(path_of(token)).status_code for host in hosts] == [
        200, 404, 404, 404, 404,
    ]  # fmt: skip


def test_link_ends_with_its_page(lua, guest, draft, share):
    _link, token = share()
    with tenant_scope(lua):
        draft.delete()

    assert guest(HOST).get(path_of(token)).status_code == 404


def test_every_opening_is_logged_without_the_guest(lua, guest, share):
    link, token = share(as_of=INSTANT)
    guest(HOST).get(path_of(token))
    guest(HOST).get(path_of(token))
    guest(HOST).get(path_of("desconhecido"))

    entries = logged(lua, "theme.previewlink.open")

    assert [entry.object for entry in entries] == [f"theme.previewlink:{link.pk}"] * 2
    assert {entry.actor for entry in entries} == {""}
    assert "127.0.0.1" not in str([entry.data for entry in entries])
    (made,) = logged(lua, "theme.previewlink.share")
    assert made.actor


def test_screen_revokes_a_link_once(lua, staff, guest, share):
    link, token = share()
    client = staff(lua, "editor")
    address = reverse("preview_link_revoke", args=[link.pk])

    assert client.get(address).status_code == 405
    assert client.post(address).status_code == 302
    client.post(address)

    assert guest(HOST).get(path_of(token)).status_code == 404
    assert len(logged(lua, "theme.previewlink.revoke")) == 1


def test_other_companies_links_do_not_exist(lua, sol, staff, share):
    link, _token = share()

    answer = staff(sol, "owner").post(reverse("preview_link_revoke", args=[link.pk]))

    assert answer.status_code == 404
    with tenant_scope(lua):
        assert PreviewLink.objects.get(pk=link.pk).revoked_at is None


def test_an_address_that_asks_too_often_waits(guest, share):
    _link, token = share()
    client = guest(HOST)
    for _time in range(60):
        client.get(path_of("desconhecido"))

    answer = client.get(path_of(token))

    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    assert client.get(path_of(token), REMOTE_ADDR="203.0.113.9").status_code == 200


def test_links_open_while_redis_is_away_and_the_log_says_so(guest, share, monkeypatch, caplog):
    _link, token = share()

    def away(*args: object, **kwargs: object) -> None:
        raise RedisAway

    monkeypatch.setattr(type(caches["platform"]), "count", away)

    assert guest(HOST).get(path_of(token)).status_code == 200
    assert "throttle.redis_away" in caplog.text
