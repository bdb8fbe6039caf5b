"""What a web process tells of its guests: which pages they visit; and that content has changed.

A thread of its own does it, since neither a guest nor whoever follows the versions may wait for
Redis or the queue. Between two reports it lets go of pages that nobody is served any more.
"""

import queue
import threading
from collections import defaultdict

import structlog
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from tenancy.context import tenant_scope
from tenancy.store.memory import Key
from tenancy.store.pages import StoredPage
from tenancy.store.renewal import claim_of, newest_of
from tenancy.store.wsgi import PageStore
from tenancy.tasks.pages import renew_pages

log = structlog.get_logger(__name__)

REPORT_EVERY = 30.0
"""Seconds between two reports of visits."""
SETTLE = 0.3
"""Seconds for further changes to come before pages are rendered: one renewal is for all."""
CLAIMED = 60
"""Seconds after which another renewal is queued although the last one has not begun."""


class Visits:
    """Reports the visits to a store's pages, and has them renewed after a change."""

    def __init__(self, store: PageStore) -> None:
        self.store = store
        self._heard: queue.SimpleQueue[tuple[int, int] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._follow, name="visits", daemon=True)

    def start(self) -> None:
        self.store.versions.call(lambda *change: self._heard.put(change))
        self._thread.start()

    def stop(self) -> None:
        self._heard.put(None)
        self._thread.join()

    def report(self, tenant_id: int | None = None) -> None:
        """Add up and send how often pages were asked for: a tenant's, or all."""
        visits: dict[int, dict[str, int]] = defaultdict(dict)
        for key, page in self.store.pages.items():
            if page.hits and tenant_id in (None, page.tenant_id):
                visits[page.tenant_id][address_of(key)] = taken(page)
        for each, counted in visits.items():
            self.store.shared.count_visits(each, counted)

    def renew(self, tenant_id: int, version: int) -> None:
        """Queue the renewal of a tenant's pages, unless another process has, or one waits."""
        self.store.shared.note(newest_of(tenant_id), version, CLAIMED)
        if not self.store.shared.claim_once(claim_of(tenant_id), CLAIMED):
            return
        with tenant_scope(tenant_id):
            renew_pages.apply_async((version,), countdown=SETTLE, retry=False)

    def _follow(self) -> None:
        while True:
            self.store.forget_old()
            try:
                change = self._heard.get(timeout=REPORT_EVERY)
            except queue.Empty:
                self.report()
                continue
            if change is None:
                return
            try:
                self.report(change[0])
                self.renew(*change)
            except (OperationalError, RedisError, OSError) as error:
                log.warning("renewal.not_queued", error=str(error), tenant_id=change[0])


def taken(page: StoredPage) -> int:
    """Return a page's visits, and count from nothing again."""
    hits, page.hits = page.hits, 0
    return hits


def address_of(key: Key) -> str:
    host, path, _query = key
    return f"{host}{path}"
