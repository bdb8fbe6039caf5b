"""Entry point of the web server: the page store, and Django for what it does not have."""

import os
from pathlib import Path

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

django_application = get_wsgi_application()

from django.conf import settings  # noqa: E402 (the app is set up first)

from config.encodings import utf8_only  # noqa: E402 (the app is set up first)
from config.warmup import warm_up  # noqa: E402 (the app is set up first)
from tenancy.serving import UnfitRole, insist_on_fit_role  # noqa: E402 (the app is set up first)
from tenancy.store.files import PageFiles  # noqa: E402 (the app is set up first)
from tenancy.store.shared import Shared  # noqa: E402 (the app is set up first)
from tenancy.store.versions import versions  # noqa: E402 (the app is set up first)
from tenancy.store.visits import Visits  # noqa: E402 (the app is set up first)
from tenancy.store.wsgi import PageStore  # noqa: E402 (the app is set up first)

if settings.DATABASE_ROLE != "app":
    raise UnfitRole("DATABASE_ROLE must be app for a process that serves.")
insist_on_fit_role()
versions.start()
warm_up(django_application)  # type: ignore[arg-type]  # as below

# A page that is a file is answered by the server in front.
files = None
if settings.PAGE_STORE_DIR:
    files = PageFiles(
        Path(settings.PAGE_STORE_DIR), scheme=settings.PUBLIC_SCHEME, versions=versions
    )
    files.start()

application = PageStore(
    utf8_only(django_application),  # type: ignore[arg-type]  # Django's answers are iterables of bytes
    shared=Shared(settings.REDIS_URL),
    versions=versions,
    port=settings.PUBLIC_PORT,
    memory_limit=settings.PAGE_STORE_MEMORY,
    is_behind_proxy=settings.TRUST_PROXY_HEADERS,
    files=files,
)
Visits(application).start()
