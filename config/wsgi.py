"""Entry point of the web server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

application = get_wsgi_application()

from django.conf import settings  # noqa: E402 (the app is set up first)

from tenancy.serving import UnfitRole, insist_on_fit_role  # noqa: E402 (the app is set up first)

if settings.DATABASE_ROLE != "app":
    raise UnfitRole("DATABASE_ROLE must be app for a process that serves.")
insist_on_fit_role()
