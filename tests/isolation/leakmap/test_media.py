"""Section 3 of the map: images, documents, collections, tags, embeds."""

# ruff: noqa: N802 (tests are named as the rows are)

from django.core.cache import cache
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import NoReverseMatch, reverse
from wagtail.embeds.models import Embed

from tenancy.context import tenant_scope
from tests.isolation.leakmap.row import Scene, row

GUEST = "lua.localhost"


@row("M1", "rls")
def test_M1_listings_and_choosers(scene: Scene) -> None:
    scene.b["image"], scene.b["document"]
    for view in ("wagtailimages:index", "wagtailimages_chooser:choose", "wagtaildocs:index"):
        scene.get(reverse(view))


@row("M1", "rls")
def test_M1_edit_and_delete(scene: Scene) -> None:
    image, document = scene.b["image"].pk, scene.b["document"].pk
    assert scene.post(reverse("wagtailimages:delete", args=[image]), {}).status_code == 404
    assert scene.post(reverse("wagtaildocs:delete", args=[document]), {}).status_code == 404


@row("M2", "rls")
def test_M2_api_of_the_admin(scene: Scene) -> None:
    scene.b["image"], scene.b["document"]
    scene.get(reverse("wagtailadmin_api:images:listing"), "editor")
    scene.get(reverse("wagtailadmin_api:documents:listing"), "editor")


@row("M3", "rls")
def test_M3_bulk_actions(scene: Scene) -> None:
    path = reverse("wagtail_bulk_action", args=["theme", "siteimage", "delete"])
    scene.get(f"{path}?id={scene.b['image'].pk}", "editor")


@row("M4", "rls")
def test_M4_tags(scene: Scene) -> None:
    scene.b["image"]
    scene.get(f"{reverse('wagtailadmin_tag_autocomplete')}?term=solmar", "editor")


@row("M5", "rls", "storage")
def test_M5_documents_on_another_host(scene: Scene) -> None:
    path = reverse("wagtaildocs_serve", args=[scene.b["document"].pk, scene.b["document_name"]])
    assert scene.get(path, client=Client(HTTP_HOST=GUEST)).status_code == 404


@row("M6", stands="The view that serves images by signature is not mounted.")
def test_M6_images_by_signature(scene: Scene) -> None:
    try:
        reverse("wagtailimages_serve", args=["x", scene.b["image"].pk, "original"])
    except NoReverseMatch:
        return
    raise AssertionError("The view is mounted: it needs a wall.")


@row("M7", "storage")
def test_M7_files_lie_under_their_tenant(scene: Scene) -> None:
    for kind in ("image_path", "rendition_path", "document_path"):
        assert scene.a[kind].startswith(f"t/{scene.a.tenant.public_id}/")
        path = f"/media/{scene.b[kind]}"
        assert scene.get(path, "editor").status_code == 404, path
        with tenant_scope(scene.b.tenant):
            signed = default_storage.url(scene.b[kind])
        assert scene.get(signed, "editor").status_code == 404, signed


@row("M8", stands="As images are not served by signature, no such address is generated.")
def test_M8_generated_addresses_of_images(scene: Scene) -> None:
    for world in (scene.a, scene.b):
        path = reverse("wagtailimages:url_generator_output", args=[world["image"].pk])
        assert scene.get(f"{path}?filter_spec=original").status_code == 404


@row("M9", "rls")
def test_M9_collections(scene: Scene) -> None:
    scene.b["collection"]
    scene.get(reverse("wagtailadmin_collections:index"))
    path = reverse("wagtailadmin_collections:edit", args=[scene.b["collection"].pk])
    assert scene.get(path).status_code == 404


@row("M10", "rls")
def test_M10_password_page_of_a_document(scene: Scene) -> None:
    key = scene.b["private_document"].pk
    path = reverse("wagtaildocs_authenticate_with_password", args=[key])
    assert scene.get(path, client=Client(HTTP_HOST=GUEST)).status_code == 404


@row("M11", "rls")
def test_M11_embeds_already_fetched_by_another(scene: Scene) -> None:
    scene.b["embed"]
    with tenant_scope(scene.a.tenant):
        assert not Embed.objects.filter(hash=scene.b["embed"].hash).exists()
        assert scene.a["embed"].hash == scene.b["embed"].hash, "no collision either"


@row("M12", "cache_key")
def test_M12_renditions_in_the_cache(scene: Scene) -> None:
    with tenant_scope(scene.b.tenant):
        cache.set("wagtail-rendition-1-x-fill-10x10", scene.b["rendition_path"])
    with tenant_scope(scene.a.tenant):
        assert cache.get("wagtail-rendition-1-x-fill-10x10") is None
