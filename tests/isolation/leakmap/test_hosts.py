"""Section 7 of the map: hosts, guests' pages, interfaces, caches."""

# ruff: noqa: N802 (tests are named as the rows are)

from django.conf import settings
from django.core.cache import cache
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.urls import get_resolver, reverse
from django.utils import translation
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.rich_text import expand_db_html

from tenancy import tokens
from tenancy.checks import check_settings
from tenancy.context import tenant_scope
from tests.conftest import execute_as_owner
from tests.isolation.leakmap.row import Scene, row
from tests.isolation.urls import patterns

GUEST = "lua.localhost"
STRANGER = "estranho.exemplo.test"


def mounted() -> set[str]:
    """Return the names of all views, namespaces included."""
    return {pattern.view for pattern in patterns()}


@row("H1", "host")
def test_H1_unknown_host(scene: Scene) -> None:
    for host in (STRANGER, "127.0.0.1", "lua.localhost.mal.test"):
        assert Client(HTTP_HOST=host).get("/").status_code == 421


@row("H2", "rls")
def test_H2_no_default_site(scene: Scene) -> None:
    assert execute_as_owner("SELECT count(*) FROM wagtailcore_site WHERE is_default_site") == [(0,)]
    execute_as_owner(
        "UPDATE wagtailcore_site SET is_default_site = true WHERE id = %s", scene.b["site"].pk
    )
    request = RequestFactory().get("/", headers={"host": STRANGER})
    with tenant_scope(scene.a.tenant):
        assert Site.find_for_request(request) is None


@row("H3", stands="Wagtail routes below the host's own site; the slugs are B's alone here.")
def test_H3_paths_of_another_site(scene: Scene) -> None:
    scene.b["draft"]
    for path in ("/sol/", "/suites/rascunho/"):
        assert scene.get(path, client=Client(HTTP_HOST=GUEST)).status_code == 404


@row("H4", "rls")
def test_H4_address_of_another_tenants_page(scene: Scene) -> None:
    link = f'<a linktype="page" id="{scene.b["suite_page"].pk}">x</a>'
    with tenant_scope(scene.a.tenant):
        assert "href" not in expand_db_html(link)


@row("H5", "rls")
def test_H5_slugurl(scene: Scene) -> None:
    slug = scene.b["translated_page"].slug
    request = RequestFactory().get("/", headers={"host": GUEST})
    template = Template("{% load wagtailcore_tags %}{% slugurl slug %}")
    with tenant_scope(scene.a.tenant):
        url = template.render(Context({"request": request, "slug": slug}))

    assert url in {"", "None"}


@row("H6", "rls")
def test_H6_pages_in_a_query_of_ours(scene: Scene) -> None:
    scene.b["home"]
    with tenant_scope(scene.a.tenant):
        assert not Page.objects.live().filter(title__startswith="SOLMARK").exists()


@row("H7", "rls")
def test_H7_a_home_page_in_another_language(scene: Scene) -> None:
    spanish = Locale.objects.get(language_code="es").pk
    home, other = scene.a["home"], scene.b["translated_page"]
    execute_as_owner(
        "UPDATE wagtailcore_page SET translation_key = %s, locale_id = %s WHERE id = %s",
        home.translation_key,
        spanish,
        other.pk,
    )
    with tenant_scope(scene.a.tenant), translation.override("es"):
        assert home.localized.pk == home.pk


@row("H8", "cache_key")
def test_H8_paths_of_all_sites(scene: Scene) -> None:
    with tenant_scope(scene.a.tenant):
        assert Site.get_site_root_paths()
    with tenant_scope(scene.b.tenant):
        assert Page.objects.get(pk=scene.b["home"].pk).get_url_parts() is not None


@row("H9", "cache_key")
def test_H9_cached_fragments(scene: Scene) -> None:
    template = Template("{% load cache %}{% cache 60 cabecalho %}{{ name }}{% endcache %}")
    with tenant_scope(scene.b.tenant):
        template.render(Context({"name": "SOLMARK"}))
    with tenant_scope(scene.a.tenant):
        assert template.render(Context({"name": "Lua"})) == "Lua"
        cache.clear()


@row("H10", stands="Wagtail's API for guests (v2) is not mounted.")
def test_H10_api_v2(scene: Scene) -> None:
    assert not [view for view in mounted() if view.startswith("wagtailapi")]


@row("H11", "token")
def test_H11_a_token_opens_its_own_tenant(scene: Scene) -> None:
    with tenant_scope(scene.a.tenant):
        token = tokens.issue(name="teste")
    client = Client(HTTP_HOST="api.localhost", headers={"authorization": f"Bearer {token}"})
    assert client.get("/api/v1/tenant", headers={"x-tenant": "sol"}).status_code == 403


@row("H11", stands="Wagtail's preview of an API (v3) is not mounted, nor are its documents.")
def test_H11_api_v3(scene: Scene) -> None:
    assert not [each for each in patterns(besides="admin/") if "v3" in each.route]
    assert settings.WAGTAILAPI_DOCS_ENABLED is False
    document = Client(HTTP_HOST=GUEST).get("/api/v1/openapi.json").json()
    assert document["info"]["title"] == "Alcova"


@row("H12", stands="Our map of a site has the tree under its own home page only.")
def test_H12_sitemap(scene: Scene) -> None:
    assert scene.get("/sitemap.xml", client=Client(HTTP_HOST=GUEST)).status_code == 200


@row("H13", "rls")
def test_H13_restrictions_of_all_pages(scene: Scene) -> None:
    scene.b["restriction"]
    with tenant_scope(scene.a.tenant):
        assert not PageViewRestriction.objects.exists()


@row("H14", "rls")
def test_H14_password_page_of_another_tenant(scene: Scene) -> None:
    restriction = scene.b["restriction"]
    args = [restriction.pk, restriction.page_id]
    path = reverse("wagtailcore_authenticate_with_password", args=args)
    assert scene.get(path, client=Client(HTTP_HOST=GUEST)).status_code == 404


@row("H15", stands="Wagtail keeps the site on the request; a preview has a request of its own.")
def test_H15_site_of_a_preview(scene: Scene) -> None:
    with tenant_scope(scene.a.tenant):
        html = scene.a["home"].make_preview_request().render().content.decode()
    assert "Motel Lua" in html


@row("H16", stands="wagtail.contrib.frontend_cache is not installed.")
def test_H16_purges(scene: Scene) -> None:
    assert "wagtail.contrib.frontend_cache" not in settings.INSTALLED_APPS


@row("H17", "cookie")
def test_H17_cookies_are_host_only(scene: Scene) -> None:
    client = scene.client("editor")
    assert not client.cookies[settings.SESSION_COOKIE_NAME]["domain"]
    assert not list(check_settings())


@row("H18", "host")
def test_H18_error_pages_name_nobody(scene: Scene) -> None:
    response = Client(HTTP_HOST=STRANGER).get("/nada/")
    assert response.content == b"421 Misdirected Request\n"
    scene.get("/nada/", client=Client(HTTP_HOST=GUEST))
    assert get_resolver().urlconf_name == settings.ROOT_URLCONF
