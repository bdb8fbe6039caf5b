"""Pages as they were, when something that they show is erased: no copy of them is kept for longer.

Nobody is served an old page anyway, since its version is over: by that, web processes and page
files let go of it, and a CDN is told. Only Redis would keep it until its time is up.
"""

from functools import partial

from django.conf import settings
from django.db import transaction

from tenancy.context import require_tenant_id
from tenancy.store.shared import Shared


def forget_pages() -> bool:
    """Let go of the pages of the tenant in scope now; False when nobody can say."""
    return _forget(require_tenant_id())


def forget_pages_on_commit() -> None:
    """Let go of them once what shows something else is there for all to see."""
    transaction.on_commit(partial(_forget, require_tenant_id()), robust=True)


def _forget(tenant_id: int) -> bool:
    return Shared(settings.REDIS_URL).forget(tenant_id)
