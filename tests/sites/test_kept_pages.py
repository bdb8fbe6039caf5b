"""Guests' pages in the page store: all of them are kept, for everybody, until they change."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory
from redis import Redis
from wagtail.models import Site
from wagtail.models.sites import SITE_ROOT_PATHS_CACHE_KEY, SITE_ROOT_PATHS_CACHE_VERSION

from infra.guests.pages import MAIN_LANGUAGE, PUBLISHED, GuestPage
from promotions.models import PromotionRule, PromotionWindow
from promotions.pages import PromotionPage
from suites.pages import SuitePage
from tenancy.context import tenant_scope
from tenancy.store.pages import StoredPage
from tenancy.store.shared import Shared
from tenancy.store.wsgi import PageStore
from tests.conftest import execute_as_owner, signed_in
from tests.tenancy.store.conftest import KnownVersions
from theme import services
from theme.models import SiteImage

LUA = "http://lua.localhost"


class Guests:
    """Asks the whole application, as the web server does, and counts what Django renders."""

    def __init__(self) -> None:
        self.rendered = 0
        Redis.from_url(settings.REDIS_URL).flushdb()
        django = WSGIHandler()

        def counting(environ, start_response):
            self.rendered += 1
            return django(environ, start_response)

        self.store = PageStore(
            counting,
            shared=Shared(settings.REDIS_URL),
            versions=KnownVersions(),
            port=80,
            memory_limit=50_000_000,
        )

    def get(self, url: str, cookie: str = "") -> tuple[int, dict[str, str], bytes]:
        scheme, _slashes, rest = url.partition("://")
        host, _slash, path = rest.partition("/")
        headers = {"HTTP_HOST": host} | ({"HTTP_COOKIE": cookie} if cookie else {})
        environ = RequestFactory().get(f"/{path}", **headers).environ
        environ.update({"HTTP_HOST": host, "wsgi.url_scheme": scheme})
        if not cookie:
            environ.pop("HTTP_COOKIE", None)
        said = []
        body = b"".join(self.store(environ, lambda *args: said.append(args)))
        return int(said[-1][0][:3]), dict(said[-1][1]), body

    def kept(self, url: str) -> StoredPage | None:
        host, _slash, path = url.removeprefix("http://").partition("/")
        return self.store.find(f"http://{host}", f"/{path}", "")


@pytest.fixture
def guests(lua, sol) -> Iterator[Guests]:
    """Return guests whose requests leave the test's own transaction alone."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield Guests()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def pages(db) -> list[GuestPage]:
    return [GuestPage(*row) for row in execute_as_owner(PUBLISHED, MAIN_LANGUAGE)]


def test_every_public_page_is_the_same_for_everybody_and_is_kept(guests, pages, lua):
    session = signed_in(lua, "editor@lua.test").cookies.output(header="", sep=";").strip()
    assert len(pages) > 30
    for page in pages:
        url = f"http://{page.host}{page.path}"
        known = guests.get(url, cookie=session)
        stranger = guests.get(url, cookie="csrftoken=1; _ga=2")
        nobody = guests.get(url)
        assert known == stranger == nobody, url
        status, headers, body = nobody
        assert status == 200, url
        assert "Set-Cookie" not in headers
        assert b"csrf" not in body
        rendered = guests.rendered
        assert guests.get(url) == nobody
        assert guests.rendered == rendered, url


@pytest.mark.parametrize("path", ["/robots.txt", "/sitemap.xml"])
def test_what_machines_ask_for_is_kept(guests, path):
    first = guests.get(LUA + path)
    assert first[0] == 200
    assert guests.get(f"{LUA}{path}?x=1") == first
    assert guests.rendered == 1


@pytest.mark.parametrize("path", ["/", "/suites/", "/suites/loft/", "/promocoes/terca/"])
def test_a_page_with_prices_ends_when_some_price_may_turn(guests, path, time_machine):
    noon = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)
    time_machine.move_to(noon, tick=False)
    guests.get(LUA + path)
    until = guests.kept(LUA + path).until
    midnight = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)  # in Belém
    assert noon.timestamp() < until <= midnight.timestamp()


def test_a_page_of_words_ends_with_its_content_only(guests):
    guests.get(f"{LUA}/a-casa/")
    assert guests.kept(f"{LUA}/a-casa/").until is None


def test_a_page_whose_pictures_are_being_made_ends_after_a_minute(guests, lua, time_machine):
    noon = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)
    time_machine.move_to(noon, tick=False)
    with tenant_scope(lua):
        image = SuitePage.objects.live().filter(slug="loft").first().cover
        image.renditions.filter(filter_spec__endswith="format-avif").delete()
    before = guests.get(f"{LUA}/suites/loft/")[2]
    assert guests.kept(f"{LUA}/suites/loft/").until == noon.timestamp() + 60
    with tenant_scope(lua):
        for each in SiteImage.objects.all():
            services.make_renditions(image_id=each.pk)
    time_machine.move_to(noon + timedelta(minutes=1), tick=False)
    after = guests.get(f"{LUA}/suites/loft/")[2]
    assert guests.kept(f"{LUA}/suites/loft/").until > noon.timestamp() + 120
    assert before.count(b"image/avif") < after.count(b"image/avif")


def test_what_somebody_cached_while_a_home_page_was_moved_leads_nobody_astray(guests, lua):
    with tenant_scope(lua):
        before = Site.get_site_root_paths()
        home = Site.objects.get(hostname="lua.localhost").root_page.specific
        home.slug = "casa-nova"
        home.save()  # empties the cache, which a guest fills again before the commit:
        key = SITE_ROOT_PATHS_CACHE_KEY
        cache.set(key, before, 3600, version=SITE_ROOT_PATHS_CACHE_VERSION)
    assert guests.get(f"{LUA}/suites/")[0] == 200
    assert b"<loc>http://lua.localhost/suites/</loc>" in guests.get(f"{LUA}/sitemap.xml")[2]


def test_a_promotion_ends_to_the_second(guests, lua, time_machine):
    ends_at = datetime(2026, 11, 25, 20, 0, tzinfo=UTC)
    with tenant_scope(lua):
        PromotionRule.objects.update(starts_at=None, ends_at=ends_at)
        PromotionWindow.objects.all().delete()
        paths = [page.get_url() for page in PromotionPage.objects.live()[:1]]
    time_machine.move_to(datetime(2026, 11, 25, 19, 59, tzinfo=UTC), tick=False)
    for path in ("/promocoes/", *paths):
        guests.get(LUA + path if path.startswith("/") else path)
        url = LUA + path if path.startswith("/") else path
        assert guests.kept(url).until == ends_at.timestamp()


def test_a_promotion_s_page_is_kept_until_its_hours_begin_or_end(guests, lua, time_machine):
    """On Tuesdays and Thursdays it holds from 18:00 to 02:00, in Belém."""
    for now, turn in (
        (datetime(2026, 11, 24, 20, 59, tzinfo=UTC), datetime(2026, 11, 24, 21, tzinfo=UTC)),
        (datetime(2026, 11, 25, 4, 59, tzinfo=UTC), datetime(2026, 11, 25, 5, tzinfo=UTC)),
    ):
        time_machine.move_to(now, tick=False)
        guests.get(f"{LUA}/promocoes/terca/")
        assert guests.kept(f"{LUA}/promocoes/terca/").until == turn.timestamp()
        time_machine.move_to(turn, tick=False)


def test_a_search_is_kept_by_what_it_searches_for(guests):
    urls = [f"{LUA}/suites/?q=loft", f"{LUA}/suites/?utm_source=x&q=loft&tem="]
    assert guests.get(urls[0])[2] == guests.get(urls[1])[2] != guests.get(f"{LUA}/suites/")[2]


@pytest.mark.parametrize(
    "path",
    ["/admin/", "/api/v1/tenant", "/previa/x/", "/media/x.jpg", "/_health", "/documents/1/a"],
)
def test_nothing_else_is_kept(guests, path):
    guests.get(LUA + path)
    guests.get(LUA + path)
    assert guests.rendered == 2
    assert len(guests.store.pages) == 0


def test_no_page_of_staff_is_kept(guests, staff: Callable, lua):
    session = signed_in(lua, "editor@lua.test").cookies.output(header="", sep=";").strip()
    for path in ("/admin/", "/", "/admin/login/"):
        guests.get(f"http://lua.painel.localhost{path}", cookie=session)
        guests.get(f"http://lua.painel.localhost{path}")
    assert len(guests.store.pages) == len(guests.store.others) == 0
