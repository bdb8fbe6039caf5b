"""Section 2 of the map: workflow, reports, logs."""

# ruff: noqa: N802 (tests are named as the rows are)

from django.urls import reverse
from wagtail.log_actions import log
from wagtail.models import WorkflowPage

from tenancy.context import PLATFORM_ID, tenant_scope
from tests.conftest import execute_as_owner
from tests.isolation.leakmap.row import Scene, row
from tests.isolation.urls import addresses, patterns

BOTH = ("rls", "manager")
LONG_AGO = "?timestamp_before=2000-01-01"
"""Empties a report's list, so that its filters are what is left to leak."""


@row("W1", *BOTH)
def test_W1_preview_of_what_awaits_approval(scene: Scene) -> None:
    args = [scene.b["moderated"].pk, scene.b["task"].pk]
    response = scene.get(reverse("wagtailadmin_pages:workflow_preview", args=args))
    assert response.status_code == 404


@row("W1", "rls")
def test_W1_confirmation_of_a_cancellation(scene: Scene) -> None:
    page = scene.b["moderated"].pk
    path = reverse("wagtailadmin_pages:confirm_workflow_cancellation", args=[page])
    assert scene.get(path).status_code == 404


@row("W2", *BOTH)
def test_W2_approval_of_another_tenants_task_by_ones_own_page(scene: Scene) -> None:
    args = [scene.a["moderated"].pk, "approve", scene.b["task_state"].pk]
    path = reverse("wagtailadmin_pages:workflow_action", args=args)
    assert scene.post(path, {"comment": ""}).status_code == 404


@row("W3", "tree", *BOTH)
def test_W3_what_awaits_my_approval(scene: Scene) -> None:
    scene.b["moderated"]
    scene.get(reverse("wagtailadmin_home"))


@row("W3", stands="Wagtail's own workflow is deleted once, when the platform is set up.")
def test_W3_nothing_is_inherited_from_the_platform(scene: Scene) -> None:
    with tenant_scope(PLATFORM_ID):
        assert not WorkflowPage.objects.exists()
    shared = execute_as_owner(
        "SELECT count(*) FROM wagtailcore_workflowpage w JOIN wagtailcore_page p "
        "ON p.id = w.page_id WHERE w.tenant_id <> p.tenant_id"
    )
    assert shared == [(0,)]


@row("W4", "rls")
def test_W4_task_chooser(scene: Scene) -> None:
    task = scene.b["marked_task"]
    scene.get(reverse("wagtailadmin_workflows:task_chooser"), "editor")
    scene.get(reverse("wagtailadmin_workflows:task_chosen", args=[task.pk]), "editor")


@row("R1", "rls")
def test_R1_site_history(scene: Scene) -> None:
    scene.b["traces"]
    scene.get(reverse("wagtailadmin_reports:site_history"))
    scene.get(f"{reverse('wagtailadmin_reports:site_history')}?export=csv")


@row("R1", "rls")
def test_R1_history_of_deleted_pages(scene: Scene) -> None:
    scene.b["deleted"]
    scene.get(f"{reverse('wagtailadmin_reports:site_history')}?export=csv")


@row("R2", "rls")
def test_R2_people_in_the_filter_of_the_site_history(scene: Scene) -> None:
    scene.b["traces"]
    scene.get(reverse("wagtailadmin_reports:site_history") + LONG_AGO)


@row("R3", "rls")
def test_R3_locked_pages_and_who_locked_them(scene: Scene) -> None:
    scene.b["locked"]
    scene.get(reverse("wagtailadmin_reports:locked_pages"))


@row("R4", "rls")
def test_R4_aging_pages(scene: Scene) -> None:
    scene.get(reverse("wagtailadmin_reports:aging_pages"))


@row("R5", "rls")
def test_R5_usage_of_page_types(scene: Scene) -> None:
    scene.b["draft"]
    scene.get(reverse("wagtailadmin_reports:page_types_usage"))


@row("R6", "rls")
def test_R6_workflows_and_tasks(scene: Scene) -> None:
    scene.b["moderated"]
    scene.get(reverse("wagtailadmin_reports:workflow"))
    scene.get(reverse("wagtailadmin_reports:workflow_tasks"))


@row("R7", "rls")
def test_R7_every_report_that_an_editor_reaches(scene: Scene) -> None:
    scene.b.fill()
    reports = [each for each in patterns(under="admin/") if "/reports/" in each.route]
    assert reports
    for pattern in reports:
        for path in addresses(pattern, scene.a):
            scene.get(path, "editor")
            scene.get(f"{path}?export=csv", "editor")


@row("R8", "rls")
def test_R8_names_of_the_platforms_people_in_a_pages_history(scene: Scene) -> None:
    stranger = scene.b["user"].pk
    page = scene.a["index"]
    with tenant_scope(scene.a.tenant):
        entry = log(instance=page, action="wagtail.edit", user=scene.a["user"])
    query = "UPDATE wagtailcore_pagelogentry SET user_id = %s WHERE id = %s"
    execute_as_owner(query, stranger, entry.pk)
    response = scene.get(reverse("wagtailadmin_pages:history", args=[page.pk]), "owner")
    assert response.status_code == 200
