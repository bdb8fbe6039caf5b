"""A page with a draft, and somebody who edits it."""

from datetime import UTC, datetime, timedelta

import pytest

from suites.pages import SuitePage
from tenancy.context import tenant_scope
from tenancy.models import User
from theme.previews import services

AT = datetime(2026, 11, 27, 12, tzinfo=UTC)


@pytest.fixture
def draft(lua):
    """Return a published page of the first motel, whose latest draft has other words."""
    with tenant_scope(lua):
        page = SuitePage.objects.get(slug="loft", locale__language_code="pt-br")
        page.intro = "Palavras do rascunho"
        page.save_revision()
        page.refresh_from_db()
        return page


@pytest.fixture
def editor(lua):
    with tenant_scope(lua):
        return User.objects.get(email="editor@lua.test")


@pytest.fixture
def share(lua, draft, editor, time_machine):
    """Return a maker of shared links: their tokens."""
    time_machine.move_to(AT, tick=False)

    def make(page=draft, as_of=None, lasts=timedelta(days=1)):
        with tenant_scope(lua):
            return services.share(page=page, as_of=as_of, lasts=lasts, actor=editor, at=AT)

    return make
