"""Which version of each tenant's content is the present one, known without asking.

One thread of a process holds one connection: it reads all versions when it begins, hears of each
change as it is committed (LISTEN), and, as what it hears may be lost, or never come through a
pooler of transactions, asks every 0.4 s what has changed since it last asked. While the database
is away nobody can publish, and the last versions stay true.
"""

import threading
import time
from collections.abc import Callable
from typing import Any

import structlog
from django.conf import settings
from django.db import connections

from tenancy.content import CHANNEL

log = structlog.get_logger(__name__)

PAUSE = 0.4
"""Seconds between two questions. Two of them, and the answer, fit into the second after which no
process may serve what was before."""

SILENCE = 10.0
"""Seconds without a second line in the log."""
WAKEFUL = {
    "connect_timeout": 3,
    "keepalives_idle": 2,
    "keepalives_interval": 1,
    "keepalives_count": 3,
    "tcp_user_timeout": 3000,
}
"""For a server that vanished without a word: its process learns of it in seconds, not hours."""

# Exactly what was committed since: a transaction that the last answer could not see yet is not
# below the xmin of the last answer's snapshot.
SINCE = """
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint,
        (SELECT json_agg(json_build_array(tenant_id, version)) FROM tenancy_contentversion
         WHERE raised_by >= %s)
"""

Listener = Callable[[int, int], None]


class Versions:
    """The versions of all tenants, followed by a thread of its own once it is started."""

    def __init__(self) -> None:
        self._versions: dict[int, int] = {}
        self._learned: dict[int, float] = {}
        self._listeners: list[Listener] = []
        self._xmin = 0
        self._ready = threading.Event()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def of(self, tenant_id: int) -> int:
        """Return the present version of a tenant's content; 0 if it never changed."""
        return self._versions.get(tenant_id, 0)

    def age(self, tenant_id: int) -> float:
        """Return the seconds since this process learned of the present version."""
        return time.monotonic() - self._learned.get(tenant_id, float("-inf"))

    @property
    def are_known(self) -> bool:
        """Say whether the versions have been read: nothing may be kept or served before."""
        return self._ready.is_set()

    def call(self, listener: Listener) -> None:
        """Have `listener(tenant_id, version)` called, by the thread, after each change."""
        self._listeners.append(listener)

    def start(self) -> None:
        """Begin to follow the versions; return once they are known, or after a second."""
        if self._thread is None or not self._thread.is_alive():
            self._stopping.clear()
            self._thread = threading.Thread(target=self._follow, name="versions", daemon=True)
            self._thread.start()
        self._ready.wait(1)

    def stop(self) -> None:
        """End the thread, and forget everything."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()
        self._thread = None
        self._ready.clear()
        self._versions.clear()
        self._learned.clear()
        self._xmin = 0

    def _follow(self) -> None:
        silent_until = 0.0
        while not self._stopping.is_set():
            try:
                self._follow_one_connection()
            except Exception as error:  # noqa: BLE001 (a deaf process would show what was)
                if time.monotonic() >= silent_until:
                    log.warning("versions_away", reason=str(error).partition("\n")[0])
                    silent_until = time.monotonic() + SILENCE
                self._stopping.wait(PAUSE)

    def _follow_one_connection(self) -> None:
        wrapper: Any = connections["default"].copy()
        wrapper.settings_dict["OPTIONS"] = {**wrapper.settings_dict["OPTIONS"], **WAKEFUL}
        self._xmin = 0  # another server, or a restored one, may count transactions anew
        try:
            wrapper.ensure_connection()
            if settings.CONTENT_LISTENS:
                with wrapper.cursor() as cursor:
                    cursor.execute(f"LISTEN {CHANNEL}")
            while not self._stopping.is_set():
                self._ask(wrapper)
                self._hear(wrapper)
        finally:
            wrapper.close()

    def _ask(self, wrapper: Any) -> None:
        with wrapper.cursor() as cursor:
            cursor.execute(SINCE, [self._xmin])
            xmin, changed = cursor.fetchone()
        for tenant_id, version in changed or ():
            self._learn(tenant_id, version)
        self._xmin = xmin
        self._ready.set()

    def _hear(self, wrapper: Any) -> None:
        """Wait until something is heard, or for the time between two questions."""
        if settings.CONTENT_LISTENS:
            for _notice in wrapper.connection.notifies(timeout=PAUSE, stop_after=1):
                return
        else:
            self._stopping.wait(PAUSE)

    def _learn(self, tenant_id: int, version: int) -> None:
        if version == self._versions.get(tenant_id):
            return
        is_news = self._ready.is_set()
        self._versions[tenant_id] = version
        if is_news:
            self._learned[tenant_id] = time.monotonic()
            for listener in self._listeners:
                listener(tenant_id, version)


versions = Versions()
"""Those of this process."""
