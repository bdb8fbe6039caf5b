"""What a new web process does before its first guest, who would wait for it otherwise.

Modules, URLs, templates, translations, a connection to the database and one to Redis.
"""

import structlog
from django.conf import settings
from django.db import DatabaseError
from django.db.models import QuerySet

from tenancy.enums import HostKind
from tenancy.models import Domain
from tenancy.store.renewal import visit
from tenancy.store.wsgi import Application

log = structlog.get_logger(__name__)


def warm_up(application: Application) -> None:
    """Render some home page, whichever; without one, or a database, nothing happens."""
    try:
        # outside any tenant: the map of hosts is everybody's to read
        found: QuerySet[Domain] = QuerySet(Domain).filter(
            kind=HostKind.GUEST, is_primary=True, verified_at__isnull=False
        )
        host = found.values_list("host", flat=True).first()
        if host:
            visit(application, settings.PUBLIC_SCHEME, host, "/")
    except DatabaseError as error:
        log.warning("not_warmed_up", reason=str(error).partition("\n")[0])
