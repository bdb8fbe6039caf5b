"""What suites add to the admin."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from suites.previews import special_moments
from suites.viewsets import SuitesViewSetGroup

register_snippet(SuitesViewSetGroup)
hooks.register("register_preview_moments", special_moments)
