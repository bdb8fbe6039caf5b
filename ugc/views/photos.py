"""A photo that nobody else may see, for a moderator's screen."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.permission_policies import ModelPermissionPolicy

from privacy.keys import KeeperError
from privacy.sealing import Tampered
from ugc import files
from ugc.models import Submission, SubmissionPhoto
from ugc.services.locking import box_of
from ugc.signing import ORIGINAL, named_in
from ugc.views.guests import no_store
from ugc.views.moderation import may_see

POLICY = ModelPermissionPolicy(Submission)


@require_safe
def photo(request: HttpRequest, token: str) -> HttpResponse:
    """Unseal a photo: its address must be signed and young, and whoever asks must moderate."""
    named = named_in(token)
    found = named and SubmissionPhoto.objects.select_related("submission").filter(pk=named[0])
    row = found.first() if found else None
    if named is None or row is None or not _may_look(request, row):
        raise Http404
    try:
        content = _content(row, named[1])
    except (Tampered, FileNotFoundError):
        raise Http404 from None
    except KeeperError:
        return no_store(HttpResponse(status=503))
    response = HttpResponse(content, content_type="image/webp")
    response.headers["Content-Security-Policy"] = settings.FILE_CSP
    response.headers["X-Content-Type-Options"] = "nosniff"
    return no_store(response)


def _may_look(request: HttpRequest, row: SubmissionPhoto) -> bool:
    may_moderate = POLICY.user_has_permission(request.user, "change")
    return bool(may_moderate and row.width and may_see(request.user, row.submission))


def _content(row: SubmissionPhoto, which: str) -> bytes:
    box = box_of(row.submission)
    name = row.original if which == ORIGINAL else (row.previews or [[""]])[-1][0]
    if box is None or not name:
        raise FileNotFoundError
    return files.read_sealed(box, name)
