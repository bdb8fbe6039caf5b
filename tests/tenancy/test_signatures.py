"""Files on the disk: a signed address opens one file of one tenant, for a while."""

import string
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone
from time_machine import travel

from tenancy.context import tenant_scope
from tenancy.storage import tenant_prefix
from theme.models import SiteImage

HOUR = timedelta(hours=1)
CHARACTERS = string.digits + string.ascii_letters + "&=?/%+-_."


@pytest.fixture
def address(lua):
    """Return the signed address of a file of A's."""
    with tenant_scope(lua):
        name = default_storage.save(f"{tenant_prefix()}documents/plan.pdf", ContentFile(b"lua"))
        yield default_storage.url(name)
        default_storage.delete(name)


@pytest.fixture
def visitor(guest) -> Client:
    return guest("lua.localhost")


def test_a_signed_address_opens_its_file_to_whoever_has_it(visitor, address):
    answer = visitor.get(address)

    assert answer.getvalue() == b"lua"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(("late", "status"), [(-5, 200), (2, 403)])
def test_it_dies_on_time(visitor, address, settings, late, status):
    seconds = settings.MEDIA_SIGNED_SECONDS + late
    with travel(timezone.now() + timedelta(seconds=seconds), tick=False):
        assert visitor.get(address).status_code == status


def test_it_dies_with_any_one_character_changed(visitor, address):
    """Each place in turn, by the next character of those that addresses are made of."""
    for place in range(len("/media/"), len(address)):
        following = (CHARACTERS.find(address[place]) + 1) % len(CHARACTERS)
        changed = address[:place] + CHARACTERS[following] + address[place + 1 :]
        assert visitor.get(changed).status_code in {400, 403, 404}, changed


@pytest.mark.parametrize("change", ["&a=1", "&", "#", "0", " "])
def test_it_dies_with_anything_added(visitor, address, change):
    path, _mark, query = address.partition("?")
    asked = f"{query}{change}".replace("#", "%23")
    assert visitor.get(path, QUERY_STRING=asked).status_code == 403


@pytest.mark.parametrize(
    "query",
    ["expires=&signature=", "expires=٣&signature=0", f"expires={'9' * 5000}&signature=a", "a"],
)
def test_what_never_was_a_signature_is_refused(visitor, address, query):
    assert visitor.get(address.partition("?")[0], QUERY_STRING=query).status_code == 403


def test_it_is_good_for_one_method(visitor, address):
    assert visitor.head(address).status_code == 403
    assert visitor.post(address).status_code == 405


def test_without_a_signature_there_is_nothing_even_for_staff(lua, staff, address):
    assert staff(lua, "owner").get(urlsplit(address).path).status_code == 404


def test_it_is_good_on_the_hosts_of_its_tenant_only(lua, sol, guest, staff, address):
    assert staff(lua, "editor").get(address).status_code == 200
    assert guest("sol.localhost").get(address).status_code == 404
    assert staff(sol, "owner").get(address).status_code == 404


def test_a_tenant_signs_nothing_of_anothers(lua, sol, guest, address):
    """B signs the same name for itself, in its own scope: what was signed is not A's."""
    from tenancy import signatures

    path = address.partition("?")[0]
    with tenant_scope(sol):
        query = signatures.query_of(path.removeprefix("/media/"), 4_000_000_000)
    assert guest("lua.localhost").get(f"{path}?{query}").status_code == 403
    assert guest("sol.localhost").get(f"{path}?{query}").status_code == 404


def test_renditions_are_public_for_good_under_names_of_their_bytes(lua, visitor):
    with tenant_scope(lua):
        image = SiteImage.objects.first()
        rendition = image.get_rendition("fill-21x20|format-webp")
        first, original = rendition.file.name, image.file.url
        rendition.delete()
        again = image.get_rendition("fill-21x20|format-webp|webpquality-5")
        address = again.url

    answer = visitor.get(address)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "?" not in address
    assert "signature=" in original
    assert again.file.name.rpartition("/")[2] != first.rpartition("/")[2]
