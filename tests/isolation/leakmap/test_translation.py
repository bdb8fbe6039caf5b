"""Section 5 of the map: wagtail-localize."""

# ruff: noqa: N802 (tests are named as the rows are)

from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.models import String
from wagtail_localize.strings import StringValue
from wagtail_localize.synctree import synchronize_tree

from sites.models import HomePage
from tenancy.context import tenant_scope
from tests.conftest import execute_as_owner
from tests.isolation.leakmap.row import Leak, Scene, row
from tests.isolation.walls import fingerprint, undone

BOTH = ("rls", "manager")


@row("L1", "rls")
def test_L1_report_of_translations(scene: Scene) -> None:
    scene.b["snippet_translation"]
    path = reverse("wagtail_localize:translations_report")
    scene.get(path, "editor")
    scene.get(f"{path}?export=csv", "editor")


@row("L2", "rls")
def test_L2_submission_of_a_page(scene: Scene) -> None:
    path = reverse("wagtail_localize:submit_page_translation", args=[scene.b["draft"].pk])
    english = Locale.objects.get(language_code="en").pk
    assert scene.get(path, "editor").status_code == 404
    assert scene.post(path, {"locales": english}).status_code == 404


@row("L2", *BOTH)
def test_L2_submission_of_a_snippet(scene: Scene) -> None:
    args = ["suites", "inclusion", scene.b["inclusion"].pk]
    path = reverse("wagtail_localize:submit_snippet_translation", args=args)
    assert scene.get(path).status_code == 404


@row("L3", *BOTH)
def test_L3_update_of_a_translation(scene: Scene) -> None:
    source = scene.b["snippet_translation"].source
    path = reverse("wagtail_localize:update_translations", args=[source.pk])
    assert scene.post(path, {"publish_translations": "on"}).status_code == 404


@row("L4", *BOTH)
def test_L4_api_of_snippets(scene: Scene) -> None:
    args = ["suites", "feature", scene.b["feature"].pk]
    path = reverse("wagtail_localize:snippets_api_detail", args=args)
    assert scene.get(path, "editor").status_code == 404


@row("L5", *BOTH)
def test_L5_translation_of_a_snippet(scene: Scene) -> None:
    key = scene.b["snippet_translation"].pk
    for view in ("stop_translation", "machine_translate"):
        path = reverse(f"wagtail_localize:{view}", args=[key])
        assert scene.post(path, {}).status_code == 404, view


@row("L5", *BOTH)
def test_L5_po_file_of_a_snippet(scene: Scene) -> None:
    key = scene.b["snippet_translation"].pk
    path = reverse("wagtail_localize:download_pofile", args=[key])
    assert scene.get(path).status_code == 404


@row("L6", stands="Policies are roles inside a tenant here, never its wall.")
def test_L6_links_beside_a_translation(scene: Scene) -> None:
    page = scene.a["translated_page"].pk
    assert scene.get(reverse("wagtailadmin_pages:edit", args=[page])).status_code == 200


@row("L7", "rls")
def test_L7_equal_texts_in_two_tenants(scene: Scene) -> None:
    locale, text = Locale.objects.get(language_code="pt-br"), f"Um texto igual {scene.is_open}"
    for world in (scene.a, scene.b):
        with tenant_scope(world.tenant):
            String.from_value(locale, StringValue(text))
    rows = execute_as_owner(
        "SELECT count(DISTINCT tenant_id) FROM wagtail_localize_string WHERE data = %s",
        text,
    )
    assert rows == [(2,)]


@row("L8", *BOTH)
def test_L8_synchronised_trees(scene: Scene) -> None:
    scene.b["suite_page"], scene.a["home"]
    before = fingerprint(scene.a.tenant)
    codes = ("pt-br", "es")
    source, target = (Locale.objects.get(language_code=code) for code in codes)
    with undone():
        with tenant_scope(scene.a.tenant):
            synchronize_tree(source, target)
        if fingerprint(scene.a.tenant) != before:
            raise Leak("Pages appeared in another tenant's tree.")


@row("L9", stands="Languages are the platform's, and no tenant's secret; a site has its own.")
def test_L9_languages_that_a_motel_lacks(scene: Scene) -> None:
    client = scene.client("superuser")
    client.defaults["HTTP_HOST"] = "lua.localhost"
    assert scene.get("/es/", client=client).status_code == 404


@row("L10", stands="Pages derive from Wagtail's own: the base page is not swapped.")
def test_L10_base_page(scene: Scene) -> None:
    assert HomePage.__mro__.index(Page) > 0
    assert Page._meta.label == "wagtailcore.Page"


@row("L11", stands="No machine translates: there is no key, and no cost, to share.")
def test_L11_machine_translation(scene: Scene) -> None:
    assert get_machine_translator() is None
