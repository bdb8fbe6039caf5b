"""Translating a page with its subtree, as editors do it."""

from django.urls import reverse
from wagtail.models import Locale, Page

from tenancy.context import tenant_scope

NO_PROBLEMS = ([], [], [], [], [])


def test_a_translated_subtree_keeps_its_children(lua, staff, django_capture_on_commit_callbacks):
    with tenant_scope(lua):
        home = Page.objects.get(depth=2, slug="lua")
        spanish = Locale.objects.get(language_code="es")
    url = reverse("wagtail_localize:submit_page_translation", args=[home.pk])

    with tenant_scope(lua), django_capture_on_commit_callbacks(execute=True):
        response = staff(lua, "manager").post(
            url, {"locales": [spanish.pk], "include_subtree": "on"}
        )

    assert response.status_code == 302
    with tenant_scope(lua):
        translated = home.get_translation(spanish)
        assert translated.numchild == home.get_children().count()
        assert translated.get_children().get(slug="suites").numchild == 1
        assert Page.find_problems() == NO_PROBLEMS


def test_provisioned_trees_have_no_problems(lua, sol):
    for tenant in (lua, sol):
        with tenant_scope(tenant):
            assert Page.find_problems() == NO_PROBLEMS
