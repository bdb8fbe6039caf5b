"""Tells the CDN what has changed: by the tag of each tenant whose version was raised.

The rows of `ContentVersion` are the outbox: one whose `purged_version` is below its `version` is
to be purged. That is written down after the CDN has confirmed it, and no further than the version
that was read before: whatever dies in between, it is done again.
"""

import time
from math import ceil
from typing import NamedTuple

import structlog
from django.conf import settings
from django.db import connection

from tenancy.clients import cloudflare
from tenancy.escape import across_tenants
from tenancy.store.shared import Shared
from tenancy.store.tags import tag_of_tenant

log = structlog.get_logger(__name__)

TICK = 3
"""Seconds between two looks."""
SETTLE = 2.0
"""Seconds after which no process answers with the content before: who purges earlier has the CDN
fetch that again. Processes learn of a version within one, and may show the last one for a half."""
CLAIM = "cdn"

DUE = """
    SELECT tenant_id, version FROM tenancy_contentversion WHERE purged_version < version
    ORDER BY raised_by LIMIT %s
"""
DONE = """
    UPDATE tenancy_contentversion AS kept SET purged_version = done.version
    FROM unnest(%s::bigint[], %s::bigint[]) AS done (tenant_id, version)
    WHERE kept.tenant_id = done.tenant_id AND kept.purged_version < done.version
"""


class Plan(NamedTuple):
    """What Cloudflare allows an account: calls that may come at once, and seconds for each."""

    calls: int
    seconds: float


PLANS = {
    "free": Plan(1, 12),
    "pro": Plan(15, 0.2),
    "business": Plan(30, 0.1),
    "enterprise": Plan(150, 0.02),
}
"""Calls per turn: what is regained until the next one, so that the bucket never runs empty."""


class Change(NamedTuple):
    """A tenant's version of which the CDN has not been told."""

    tenant_id: int
    version: int


def purge_changed(*, settle: float = SETTLE) -> int:
    """Tell the CDN of the tenants that have changed; return how many it now knows of.

    One process at a time, and no more calls than the plan allows; the others' turn is next time.
    """
    if not settings.CLOUDFLARE_ZONE_ID:
        return 0
    plan = PLANS[settings.CLOUDFLARE_PLAN]
    changes = changed(most=plan.calls * cloudflare.MOST_TAGS)
    shared = Shared(settings.REDIS_URL)
    if not changes or not shared.claim_once(CLAIM, pause_of(plan, len(changes))):
        return 0
    time.sleep(settle)
    count = 0
    for first in range(0, len(changes), cloudflare.MOST_TAGS):
        batch = changes[first : first + cloudflare.MOST_TAGS]
        if not purged(batch, shared):
            break
        note(batch)
        count += len(batch)
    return count


def pause_of(plan: Plan, tenants: int) -> int:
    """Return the seconds in which the calls for so many tenants are regained, and a turn's."""
    calls = ceil(tenants / cloudflare.MOST_TAGS)
    return max(TICK, ceil(calls * plan.seconds))


def changed(*, most: int) -> list[Change]:
    """Return what the CDN has not been told of, the longest ago first."""
    with across_tenants(), connection.cursor() as cursor:
        cursor.execute(DUE, [most])
        return [Change(*row) for row in cursor.fetchall()]


def purged(batch: list[Change], shared: Shared) -> bool:
    """Tell the CDN, and say whether it has confirmed."""
    try:
        done = cloudflare.purge([tag_of_tenant(each.tenant_id) for each in batch])
    except cloudflare.TooMany as error:
        shared.hold(CLAIM, ceil(error.seconds))
        log.warning("cdn.too_many_requests", seconds=error.seconds)
    except cloudflare.Unavailable as error:
        log.warning("cdn.unavailable", reason=str(error))
    except cloudflare.Refused as error:
        shared.hold(CLAIM, int(cloudflare.DEFAULT_PAUSE))
        log.error("cdn.refused", reason=str(error))
    else:
        log.info("cdn.purged", tenants=done.tags, request=done.request_id)
        return True
    return False


def note(batch: list[Change]) -> None:
    """Write down that the CDN knows of these versions; later ones stay to be told."""
    with across_tenants(), connection.cursor() as cursor:
        cursor.execute(DONE, [list(column) for column in zip(*batch, strict=True)])
