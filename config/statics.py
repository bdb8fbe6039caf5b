"""Static files, also for those who ask for them by the name that they had in another release."""

import re

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile

HASHED = re.compile(r"(.+)\.[0-9a-f]{12}(\.[^./]+)")
"""A name as `ManifestStaticFilesStorage` makes it: the digest of the content before its ending."""


class StaticFilesMiddleware(WhiteNoiseMiddleware):
    """Serves static files; one that is asked for by another digest is ours, and kept by nobody.

    A guest may have a page of the release before, from a CDN or since before an upgrade, or one of
    the release after, while an older process is still asked: a page without its styles and scripts
    is worse than one with those of a neighbouring release.
    """

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        path = request.path_info
        if path in self.files or (ours := self.of_other_digest(path)) is None:
            return super().__call__(request)
        response: HttpResponseBase = self.serve(ours, request)
        response.headers["Cache-Control"] = "no-store"
        return response

    def of_other_digest(self, path: str) -> StaticFile | None:
        """Return what has the same name but for its digest, where names have digests."""
        found = HASHED.fullmatch(path.removeprefix(self.static_prefix))
        hashed = getattr(staticfiles_storage, "hashed_files", None)
        if not (found and hashed and path.startswith(self.static_prefix)):
            return None
        name = hashed.get("".join(found.groups()))
        return self.files.get(f"{self.static_prefix}{name}") if name else None
