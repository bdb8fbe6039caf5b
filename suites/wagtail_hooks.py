"""What suites add to the admin."""

from wagtail.snippets.models import register_snippet

from suites.viewsets import SuitesViewSetGroup

register_snippet(SuitesViewSetGroup)
