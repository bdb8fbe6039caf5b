"""Section 1 of the map: the pages' admin."""

# ruff: noqa: N802 (tests are named as the rows are)

import json

from django.urls import reverse
from wagtail.admin.site_summary import PagesSummaryItem
from wagtail.models import Locale, ReferenceIndex

from tenancy.context import tenant_scope
from tests.conftest import execute_as_owner
from tests.isolation.leakmap.row import Scene, row

SHARED_ROOT = ("tree", "rls", "manager")
"""Several roots without policies make Wagtail fail before it can leak."""
BULK = ("wagtailcore", "page", "delete")


def count_of(scene: Scene, table: str) -> int:
    """Return how many rows A has, past all walls."""
    query = f"SELECT count(*) FROM {table} WHERE tenant_id = %s"
    return int(str(execute_as_owner(query, scene.a.tenant.pk)[0][0]))


@row("P1", *SHARED_ROOT)
def test_P1_explorer(scene: Scene) -> None:
    scene.get(reverse("wagtailadmin_explore", args=[scene.b["index"].pk]))


@row("P2", "rls")
def test_P2_filters_of_sites_and_people(scene: Scene) -> None:
    scene.get(reverse("wagtailadmin_explore", args=[scene.a["index"].pk]), "owner")


@row("P3", "rls")
def test_P3_page_chooser(scene: Scene) -> None:
    page = scene.b["home"].pk
    scene.get(reverse("wagtailadmin_choose_page_child", args=[page]), "editor")


@row("P3", "rls")
def test_P3_page_chooser_search(scene: Scene) -> None:
    scene.b["draft"]
    for permission in ("", "&user_perms=copy_to", "&user_perms=move_to"):
        path = f"{reverse('wagtailadmin_choose_page_search')}?q=Loft{permission}"
        scene.get(path, "editor")


@row("P3", "rls")
def test_P3_pages_chosen_together(scene: Scene) -> None:
    keys = f"?id={scene.b['home'].pk}&id={scene.b['draft'].pk}"
    scene.get(reverse("wagtailadmin_choose_page_chosen_multiple") + keys, "editor")


@row("P4", "rls")
def test_P4_external_link_to_another_tenants_address(scene: Scene) -> None:
    body = {
        "external-link-chooser-url": "http://sol.localhost/suites/",
        "external-link-chooser-link_text": "",
    }
    response = scene.post(reverse("wagtailadmin_choose_page_external_link"), body, "editor")
    assert "id" not in json.loads(response.content)["result"]  # type: ignore[attr-defined]  # not streaming


@row("P5", "rls")
def test_P5_confirmation_of_a_move(scene: Scene) -> None:
    pages = [scene.b["suite_page"].pk, scene.b["home"].pk]
    scene.get(reverse("wagtailadmin_pages:move_confirm", args=pages), "editor")


@row("P6", "rls")
def test_P6_copy_below_another_tenants_page(scene: Scene) -> None:
    body = {
        "new_title": "Cópia",
        "new_slug": "copia",
        "new_parent_page": scene.b["index"].pk,
    }
    path = reverse("wagtailadmin_pages:copy", args=[scene.a["suite_page"].pk])
    scene.fragile.add(path)
    scene.post(path, body)


@row("P7", "rls")
def test_P7_bulk_action_on_one(scene: Scene) -> None:
    path = f"{reverse('wagtail_bulk_action', args=BULK)}?id={scene.b['home'].pk}"
    scene.get(path, "editor")


@row("P7", "rls")
def test_P7_bulk_action_on_all(scene: Scene) -> None:
    scene.get(f"{reverse('wagtail_bulk_action', args=BULK)}?id=all", "editor")


@row("P8", "rls")
def test_P8_search(scene: Scene) -> None:
    scene.b["draft"]
    scene.get(f"{reverse('wagtailadmin_pages:search')}?q=Loft")


@row("P9", "permissions")
def test_P9_areas_of_the_admins_search(scene: Scene) -> None:
    response = scene.get(reverse("wagtailadmin_pages:search"), "editor")
    assert reverse("wagtailusers_users:index") not in response.content.decode()  # type: ignore[attr-defined]


@row("P10", "rls", "manager")
def test_P10_views_of_a_page(scene: Scene) -> None:
    page = scene.b["draft"].pk
    views = ("edit", "delete", "copy", "move", "unpublish", "history", "usage")
    for view in views:
        path = reverse(f"wagtailadmin_pages:{view}", args=[page])
        assert scene.get(path, "editor").status_code == 404, view


@row("P11", "rls")
def test_P11_translations_under_a_shared_key(scene: Scene) -> None:
    key = scene.a["home"].translation_key
    page = scene.b["translated_page"].pk
    # as a copied template site would leave it; the pair of key and locale stays unique
    execute_as_owner(
        "UPDATE wagtailcore_page SET translation_key = %s, locale_id = %s WHERE id = %s",
        key,
        Locale.objects.get(language_code="es").pk,
        page,
    )
    with tenant_scope(scene.a.tenant):
        assert page not in scene.a["home"].get_translations().values_list("pk", flat=True)


@row("P12", "rls")
def test_P12_groups_in_privacy_dialogs(scene: Scene) -> None:
    scene.b["marked_group"]
    collection = scene.a["collection"].pk
    scene.get(reverse("wagtailadmin_collections:set_privacy", args=[collection]))


@row("P13", *SHARED_ROOT)
def test_P13_count_of_pages(scene: Scene) -> None:
    response = scene.get(reverse("wagtailadmin_home"))
    request = response.wsgi_request  # type: ignore[attr-defined]  # the test client's
    with tenant_scope(scene.a.tenant):
        context = PagesSummaryItem(request).get_context_data({})
    assert context["total_pages"] <= count_of(scene, "wagtailcore_page")


@row("P14", "rls")
def test_P14_who_is_editing(scene: Scene) -> None:
    args = ["suites", "suitepage", scene.b["draft"].pk, scene.b["editing_session"].pk]
    path = reverse("wagtailadmin_editing_sessions:ping", args=args)
    assert scene.post(path, {}).status_code == 404


@row("P15", "rls")
def test_P15_pages_of_a_type(scene: Scene) -> None:
    scene.get(reverse("wagtailadmin_pages:type_use", args=["suites", "suitepage"]))


@row("P16", "rls")
def test_P16_usage_of_an_image(scene: Scene) -> None:
    image, page = scene.a["image"], scene.b["suite_page"]
    with tenant_scope(scene.b.tenant):
        ReferenceIndex.create_or_update_for_object(page)
    execute_as_owner(
        "UPDATE wagtailcore_referenceindex SET to_object_id = %s, to_content_type_id = "
        "(SELECT id FROM django_content_type WHERE model = 'siteimage') "
        "WHERE tenant_id = %s AND object_id = %s",
        str(image.pk),
        scene.b.tenant.pk,
        str(page.pk),
    )
    scene.get(reverse("wagtailimages:image_usage", args=[image.pk]))
