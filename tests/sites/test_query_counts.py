"""What pages cost in SQL: few statements, and as many for nine suites as for one."""

import pytest

from tenancy.context import tenant_scope
from tenancy.models import Property
from tests.factories.suites import make_suite
from tests.queries import as_table, queries_of

pytestmark = pytest.mark.django_db

LUA = "lua.localhost"
MOST_FOR_HOME = 12
MOST_FOR_SIMPLEST = 6


def paths(tenant):
    """Return the paths of one page of each type, in Portuguese."""
    from wagtail.models import Page

    with tenant_scope(tenant):
        home = Property.objects.get(slug="lua").site.root_page
        found: dict[str, str] = {}
        for page in Page.objects.descendant_of(home, inclusive=True).live():
            found.setdefault(page.content_type.model, page.get_url_parts()[2])
        return found


@pytest.fixture
def nine_suites(lua):
    with tenant_scope(lua):
        motel = Property.objects.get(slug="lua")
        for number in range(8):
            make_suite(motel, f"tipo-{number}")


def test_home_page_costs_few_queries(lua):
    queries = queries_of("/", LUA)

    assert len(queries) <= MOST_FOR_HOME, as_table(queries)


def test_simplest_page_costs_few_queries(lua):
    queries = min((queries_of(path, LUA) for path in paths(lua).values()), key=len)

    assert len(queries) <= MOST_FOR_SIMPLEST, as_table(queries)


def test_no_page_costs_more_with_more_suites(lua, request):
    before = {kind: len(queries_of(path, LUA)) for kind, path in paths(lua).items()}

    request.getfixturevalue("nine_suites")

    after = {kind: queries_of(path, LUA) for kind, path in paths(lua).items()}
    dearer = {kind: as_table(after[kind]) for kind in before if len(after[kind]) > before[kind]}
    assert dearer == {}
