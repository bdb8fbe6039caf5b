"""Section 4 of the map: snippets, modeladmin, settings, and what is not installed."""

# ruff: noqa: N802 (tests are named as the rows are)

from django.apps import apps
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.settings.models import BaseGenericSetting
from wagtail.models import Locale, PreviewableMixin
from wagtail.snippets.models import get_snippet_models

from suites.models import Feature
from tenancy.context import tenant_scope
from tests.conftest import execute_as_owner
from tests.isolation.arguments import LABELS
from tests.isolation.leakmap.row import Scene, row

BOTH = ("rls", "manager")
VIEWS = ("edit", "delete", "copy", "usage", "history")


def is_absent(*names: str) -> bool:
    return not any(apps.is_installed(name) for name in names)


@row("S1", *BOTH)
def test_S1_every_view_of_a_snippet(scene: Scene) -> None:
    client = scene.client("superuser")
    for name, label in LABELS.items():
        for view in VIEWS:
            views = f"wagtailsnippets_{label.replace('.', '_')}"
            try:
                path = reverse(f"{views}:{view}", args=[scene.b[name].pk])
            except NoReverseMatch:
                assert view == "copy"
                continue
            assert scene.get(path, client=client).status_code == 404, path


@row("S1", *BOTH)
def test_S1_a_snippet_is_not_deleted(scene: Scene) -> None:
    path = reverse("wagtailsnippets_suites_inclusion:delete", args=[scene.b["inclusion"].pk])
    assert scene.post(path, {}).status_code == 404


@row("S2", *BOTH)
def test_S2_choosers(scene: Scene) -> None:
    for name in ("feature", "suitetype", "promotionrule"):
        views = f"wagtailsnippetchoosers_{LABELS[name].replace('.', '_')}"
        scene.get(reverse(f"{views}:choose"), "editor")


@row("S2", *BOTH)
def test_S2_what_is_chosen(scene: Scene) -> None:
    key = scene.b["feature"].pk
    views = "wagtailsnippetchoosers_suites_feature"
    assert scene.get(reverse(f"{views}:chosen", args=[key]), "editor").status_code == 404
    scene.get(f"{reverse(f'{views}:chosen_multiple')}?id={key}", "editor")


@row("S3", *BOTH)
def test_S3_counts(scene: Scene) -> None:
    own = execute_as_owner(
        "SELECT count(*) FROM suites_feature WHERE tenant_id = %s", scene.a.tenant.pk
    )
    with tenant_scope(scene.a.tenant):
        assert [(Feature._default_manager.count(),)] == own


@row("S4", *BOTH)
def test_S4_bulk_actions(scene: Scene) -> None:
    path = reverse("wagtail_bulk_action", args=["suites", "feature", "delete"])
    scene.get(f"{path}?id={scene.b['feature'].pk}", "manager")
    scene.get(f"{path}?id=all", "manager")


@row("S5", *BOTH)
def test_S5_api_of_snippets(scene: Scene) -> None:
    for label in LABELS.values():
        path = reverse("wagtail_localize:snippets_api_listing", args=label.split("."))
        scene.get(path, "editor")


@row("S6", stands="None of our snippets has a preview.")
def test_S6_previews_of_snippets(scene: Scene) -> None:
    assert not [model for model in get_snippet_models() if issubclass(model, PreviewableMixin)]


@row("MA1", "operators")
def test_MA1_lists_of_the_operators(scene: Scene) -> None:
    client = scene.client("superuser")
    for name in ("tenants", "domains", "events"):
        response = scene.get(reverse(f"operators_{name}_modeladmin_index"), client=client)
        assert response.status_code == 404


@row("MA1", stands="The views of single rows are not there at all.")
def test_MA1_single_rows(scene: Scene) -> None:
    keys = {"tenants": scene.b.tenant.pk, "domains": scene.b["domain"].pk}
    for name, key in keys.items():
        for view in ("edit", "delete"):
            path = reverse(f"operators_{name}_modeladmin_{view}", args=[key])
            assert scene.post(path, {}).status_code == 404


@row("ST1", "rls")
def test_ST1_settings_of_a_site(scene: Scene) -> None:
    views = ["theme", "sitesettings"]
    scene.get(reverse("wagtailsettings:edit", args=[*views, scene.a["site"].pk]))
    path = reverse("wagtailsettings:edit", args=[*views, scene.b["site"].pk])
    assert scene.get(path).status_code == 404


@row("ST2", stands="No setting of ours is one for the whole platform.")
def test_ST2_settings_for_all(scene: Scene) -> None:
    assert not [model for model in apps.get_models() if issubclass(model, BaseGenericSetting)]


@row("ST3", "host")
def test_ST3_settings_under_an_unknown_host(scene: Scene) -> None:
    response = Client(HTTP_HOST="sol.localhost.exemplo.test").get("/")
    assert response.status_code == 421


@row("ST4", stands="wagtail.contrib.simple_translation is not installed.")
def test_ST4_simple_translation(scene: Scene) -> None:
    assert is_absent("wagtail.contrib.simple_translation")


@row("RD1", "rls")
def test_RD1_redirects(scene: Scene) -> None:
    scene.b["redirect"]
    scene.get(reverse("wagtailredirects:index"), "manager")


@row("RD2", "rls")
def test_RD2_redirects_for_every_host(scene: Scene) -> None:
    with tenant_scope(scene.b.tenant):
        Redirect.objects.get_or_create(
            old_path="/so-de-b", site=None, redirect_link="http://sol.localhost/suites/"
        )

    scene.get("/so-de-b/", client=Client(HTTP_HOST="lua.localhost"))


@row("SP1", stands="wagtail.contrib.search_promotions is not installed.")
def test_SP1_search_promotions(scene: Scene) -> None:
    assert is_absent("wagtail.contrib.search_promotions")


@row("SP2", stands="wagtail.contrib.search_promotions is not installed.")
def test_SP2_search_terms(scene: Scene) -> None:
    assert is_absent("wagtail.contrib.search_promotions")


@row("FO1", stands="wagtail.contrib.forms is not installed.")
def test_FO1_form_submissions(scene: Scene) -> None:
    assert is_absent("wagtail.contrib.forms")


@row("FO2", stands="wagtail.contrib.forms is not installed.")
def test_FO2_rows_of_form_submissions(scene: Scene) -> None:
    assert is_absent("wagtail.contrib.forms")


@row("SI1", "rls")
def test_SI1_sites(scene: Scene) -> None:
    assert scene.get(reverse("wagtailsites:index"), "owner").status_code == 302
    scene.get(reverse("wagtailsites:index"))
    path = reverse("wagtailsites:edit", args=[scene.b["site"].pk])
    assert scene.get(path).status_code == 404


@row("SG1", stands="wagtail.contrib.styleguide is not installed.")
def test_SG1_styleguide(scene: Scene) -> None:
    assert is_absent("wagtail.contrib.styleguide")


@row("UB1", stands="No template of ours has the userbar's tag.")
def test_UB1_userbar(scene: Scene) -> None:
    client = scene.client("superuser")
    client.defaults["HTTP_HOST"] = "lua.localhost"
    assert b"wagtail-userbar" not in scene.get("/", client=client).content  # type: ignore[attr-defined]


@row("LC1", "grants")
def test_LC1_locales_are_read_only(scene: Scene) -> None:
    with tenant_scope(scene.a.tenant), transaction.atomic():
        try:
            changed = Locale.objects.filter(language_code="es").update(language_code="es-ar")
        except ProgrammingError:
            changed = 0
            transaction.set_rollback(True)
    assert not changed
    assert is_absent("wagtail.locales")
