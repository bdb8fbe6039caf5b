"""Writes about shared previews."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from tenancy import audit
from tenancy.models import User
from theme.models import PreviewLink, ThemedPage
from theme.previews.rules import LONGEST
from theme.previews.selectors import digest_of


@transaction.atomic
def share(
    *,
    page: ThemedPage,
    as_of: datetime | None,
    lasts: timedelta,
    actor: User,
    at: datetime,
) -> tuple[PreviewLink, str]:
    """Share the page's latest draft; return the link and its token, which is not kept.

    Without `as_of` the page is drawn as of whenever the link is opened. Raises ValueError for a
    life longer than `LONGEST`.
    """
    if not timedelta() < lasts <= LONGEST:
        raise ValueError(lasts)
    token = secrets.token_urlsafe(32)
    link: PreviewLink = PreviewLink.objects.create(
        digest=digest_of(token),
        page_id=page.pk,
        revision_id=page.latest_revision_id,
        as_of=as_of,
        created_by=actor.pk,
        created_at=at,
        expires_at=at + lasts,
    )
    data = {"page": page.pk, "expires_at": link.expires_at.isoformat()}
    audit.record("theme.previewlink.share", link, actor=actor, data=data)
    return link, token


@transaction.atomic
def revoke(*, link: PreviewLink, actor: User, at: datetime) -> None:
    """Close a link before its time; one that is closed stays as it is."""
    if PreviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=at):
        audit.record("theme.previewlink.revoke", link, actor=actor, data={"page": link.page_id})


def note_opening(*, link: PreviewLink) -> None:
    """Write down that somebody opened a link; not who."""
    audit.record("theme.previewlink.open", link, data={"page": link.page_id})
