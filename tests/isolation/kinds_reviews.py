"""Reviews, with what stands around them: a connection, replies, a notification."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import WorkflowState

from privacy import secrets
from reviews.enums import Sending, Source
from reviews.models import (
    Connection,
    ImportRun,
    Location,
    Reply,
    ReplyTemplate,
    Review,
    ReviewSummary,
)
from reviews.services import access, showing
from tests.isolation.world import World, kind


@kind
def google_connection(world: World) -> Connection:
    secrets.keep(access.REFRESH, world.say("refresh").encode())
    connection, _is_new = Connection.objects.get_or_create(accounts=[world.say("conta")])
    return connection


@kind
def location(world: World) -> Location:
    world["google_connection"]
    slug, soon = world.tenant.slug, timezone.now() + timedelta(hours=1)
    found = Location.objects.create(
        source=Source.GOOGLE,
        property_id=world["property"].pk,
        account=f"accounts/{slug}",
        name=f"locations/{slug}",
        title=world.say("Perfil"),
        newest_due_at=soon,
        sweep_due_at=soon,
    )
    ImportRun.objects.create(location=found, kind="sweep")
    return found


@kind
def reviews_file(world: World) -> Location:
    return Location.objects.create(
        source=Source.FILE,
        property_id=world["property"].pk,
        name=f"file/{world.tenant.slug}",
        title=world.say("Arquivo"),
    )


@kind
def review(world: World) -> Review:
    return make_review(world, "1")


@kind
def answered_review(world: World) -> Review:
    return make_review(world, "2")


def make_review(world: World, key: str) -> Review:
    """Return a review of which the reply is on its way; nothing is due of it yet."""
    at = timezone.now()
    soon = at + timedelta(hours=1)
    row: Review = Review.objects.create(
        location=world["location"],
        key=f"{world.tenant.slug}-{key}",
        name=f"{world['location'].parent}/reviews/{key}",
        stars=5,
        original=world.say("Voltaremos"),
        author=world.say("Ana"),
        written_at=at,
        changed_at=at,
        first_seen_at=at,
        last_seen_at=at,
        content_expires_at=soon,
        sending=Sending.QUEUED,
        sending_text=world.say("Obrigado"),
        sending_since=at,
        sending_at=soon,
    )
    showing.refresh(world["location"])
    return row


@kind
def review_summary(world: World) -> ReviewSummary:
    world["review"]
    return ReviewSummary.objects.get()


@kind
def reply_template(world: World) -> ReplyTemplate:
    return ReplyTemplate.objects.create(name=world.say("Elogio"), text=world.say("Obrigado"))


@kind
def reply(world: World) -> Reply:
    found = Reply.objects.create(review=world["review"], text=world.say("Obrigado"), live=False)
    found.save_revision(user=world["user"])
    return found


@kind
def reply_revision(world: World) -> Any:
    return world["reply"].revisions.earliest("pk")


@kind
def reply_workflow_state(world: World) -> WorkflowState:
    text = world.say("em aprovação")
    found = Reply.objects.create(review=world["answered_review"], text=text, live=False)
    found.save_revision(user=world["user"])
    return world["workflow"].start(found, world["user"])


@kind
def reply_task_state(world: World) -> Any:
    return world["reply_workflow_state"].current_task_state
