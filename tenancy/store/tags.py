"""What a CDN is told of a page, so that it can forget it by name: tenant, property and page.

Tags tell nobody anything but that two pages have one in common.
"""

from functools import lru_cache

from django.conf import settings
from django.utils.crypto import salted_hmac

from tenancy.store.keeping import Draft
from tenancy.store.pages import Header

HEADER = "Cache-Tag"
MOST = 50
"""Tags of one page; Cloudflare takes about a thousand."""


@lru_cache(maxsize=10_000)
def tag_of(what: str) -> str:
    """Return the tag of something that has a name of ours, such as `tenant:7`."""
    return salted_hmac("tenancy.store.tags", what, algorithm="sha256").hexdigest()[:20]


def tag_of_tenant(tenant_id: int) -> str:
    return tag_of(f"tenant:{tenant_id}")


def tags_of(draft: Draft) -> tuple[Header, ...]:
    """Return the header that names what an answer shows; none where there is no CDN."""
    if not settings.CDN_SECONDS or draft.tenant_id is None:
        return ()
    names = [tag_of_tenant(draft.tenant_id), *map(tag_of, draft.tags)]
    return ((HEADER, ",".join(names[:MOST])),)
