"""Sessions carry their tenant; on another tenant's host one counts as none.

It is not flushed there: Wagtail's preview replays the editor's cookie under other hosts.
"""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore

from tenancy.context import current_tenant_id

TENANT_KEY = "_tenant"


class SessionStore(DatabaseSessionStore):
    """Django's database sessions, each bound to the tenant under which it began."""

    def load(self) -> dict[str, Any]:
        return self._own(super().load())

    async def aload(self) -> dict[str, Any]:
        return self._own(await super().aload())

    def encode(self, session_dict: dict[str, Any]) -> str:
        """Return the data as they are stored, stamped with the tenant."""
        return super().encode({**session_dict, TENANT_KEY: current_tenant_id()})

    def _own(self, data: dict[str, Any]) -> dict[str, Any]:
        if not data:
            return data
        if data.pop(TENANT_KEY, None) != current_tenant_id():
            self._session_key = None  # a new session begins under a new key
            return {}
        return data
