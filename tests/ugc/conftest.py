"""A motel, its guests, and those who look at what these send."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from privacy import epochs
from sites.models import HomePage
from tenancy.context import tenant_scope
from tenancy.models import Property, User
from tests.ugc import sending
from ugc import services
from ugc.models import Submission
from ugc.secrets import digest_of


@pytest.fixture(autouse=True)
def _fresh_vault() -> Iterator[None]:
    epochs.forget()
    yield
    epochs.forget()


@pytest.fixture
def house(lua) -> Iterator[Property]:
    """Return a house with the form on its home page."""
    with tenant_scope(lua):
        found = Property.objects.select_related("site").get(slug="lua")
        home = HomePage.objects.get(pk=found.site.root_page_id)
        home.body.append(("guest_form", {"heading": "Mostre o que você viu", "text": ""}))
        home.save()
        yield found


@pytest.fixture
def client() -> Client:
    return Client(HTTP_HOST=sending.HOST)


@pytest.fixture
def manager(house) -> User:
    return User.objects.get(email="manager@lua.test")


Sent = Callable[..., tuple[Submission, str]]


@pytest.fixture
def sent(house, client, lua, django_capture_on_commit_callbacks) -> Sent:
    """Return what sends something as a guest, and returns the submission and the link's path."""

    def send(photos: Any = (), **fields: Any) -> tuple[Submission, str]:
        with django_capture_on_commit_callbacks(execute=True):
            response = sending.send(client, sending.filled(house, photos, **fields))
        path = sending.link_in(response)
        digest = digest_of(path.rpartition("/")[2])
        return Submission.objects.get(digest=digest), path

    return send


@pytest.fixture
def published(sent, manager, django_capture_on_commit_callbacks) -> Sent:
    """Return what sends something, has it looked at, and published."""

    def publish(photos: Any = (), **fields: Any) -> tuple[Submission, str]:
        submission, path = sent(photos, **fields)
        look(submission.pk, manager)
        with django_capture_on_commit_callbacks(execute=True):
            services.publish(submission_id=submission.pk, actor=manager, at=timezone.now())
        submission.refresh_from_db()
        return submission, path

    return publish


def look(submission_id: UUID, manager: User) -> None:
    """Have somebody look at all photos, and agree with what was found."""
    for photo in Submission.objects.get(pk=submission_id).photos.all():
        services.mark(
            photo_id=photo.pk,
            regions=[tuple(region) for region in photo.regions],
            description="Vermelho e azul",
            actor=manager,
            at=timezone.now(),
        )
