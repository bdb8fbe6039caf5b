"""What pages cost in SQL: few statements, and as many for nine suites as for one."""

import pytest

from tenancy.context import tenant_scope
from tenancy.models import Property
from tests.factories.suites import make_suite
from tests.queries import as_table, queries_of

pytestmark = pytest.mark.django_db

LUA = "lua.localhost"
MOST_FOR_HOME = 12
MOST_FOR_SUITES = 10
MOST_FOR_SIMPLEST = 6
MOST = {
    "homepage": MOST_FOR_HOME,
    "suiteindexpage": MOST_FOR_SUITES,
    "suitepage": MOST_FOR_SUITES,
    "promotionindexpage": MOST_FOR_SUITES,
    "promotionpage": MOST_FOR_HOME,
    "textpage": MOST_FOR_SIMPLEST,
    "faqpage": MOST_FOR_SIMPLEST,
    "contactpage": MOST_FOR_SIMPLEST,
    "campaignpage": MOST_FOR_HOME,
}


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


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_pages_cost_few_queries(lua, prefix):
    found = {kind: queries_of(f"{prefix}{path}", LUA) for kind, path in paths(lua).items()}

    dear = {kind: as_table(found[kind]) for kind in found if len(found[kind]) > MOST[kind]}
    assert dear == {}


def test_no_page_costs_more_with_more_suites(lua, request):
    before = {kind: len(queries_of(path, LUA)) for kind, path in paths(lua).items()}

    request.getfixturevalue("nine_suites")

    after = {kind: queries_of(path, LUA) for kind, path in paths(lua).items()}
    dearer = {kind: as_table(after[kind]) for kind in before if len(after[kind]) > before[kind]}
    assert dearer == {}
