"""Seeded leaks: models, relations, settings and tables that are not as they should be."""

import pytest
from django.core.checks import run_checks
from django.db import models
from django.test.utils import isolate_apps

from suites.models import SuiteType
from tenancy import checks
from tenancy.context import NoTenant
from tenancy.scoped import TenantForeignKey, TenantManager, TenantScoped
from tests.conftest import execute_as_owner


@pytest.fixture
def problems_of(monkeypatch):
    """Return a function that lists the check's codes for a model that somebody adds."""

    def codes(*added):
        monkeypatch.setattr(checks.apps, "get_models", lambda **kwargs: added)
        return [problem.id for problem in checks.check_models()]

    return codes


def test_the_project_has_no_problem(app):
    assert run_checks(include_deployment_checks=False, databases=["default"]) == []


@isolate_apps("suites")
def test_a_model_with_a_tenant_that_is_not_scoped_is_found(problems_of):
    class Loose(models.Model):  # noqa: DJ008 (never shown)
        tenant = models.ForeignKey("tenancy.Tenant", models.PROTECT)

        class Meta:
            app_label = "suites"

    assert problems_of(Loose) == ["tenancy.E001"]


@isolate_apps("suites")
def test_a_model_with_a_manager_of_its_own_is_found(problems_of):
    class Unscoped(TenantScoped):
        objects = models.Manager()

        class Meta:
            app_label = "suites"

    class Scoped(TenantScoped):
        objects = TenantManager()

        class Meta:
            app_label = "suites"

    assert problems_of(Unscoped) == ["tenancy.E002", "tenancy.E002"]
    assert problems_of(Scoped) == []


@isolate_apps("suites")
def test_a_first_manager_that_is_not_scoped_is_found(problems_of):
    class Unscoped(TenantScoped):
        everything = models.Manager()
        objects = TenantManager()

        class Meta:
            app_label = "suites"

    assert problems_of(Unscoped) == ["tenancy.E002"]


@pytest.mark.parametrize("plain", [models.ForeignKey, models.OneToOneField])
def test_a_plain_relation_to_a_tenants_model_is_found(problems_of, plain):
    with isolate_apps("suites"):

        class Pointing(TenantScoped):
            target = plain(SuiteType, models.CASCADE)

            class Meta:
                app_label = "suites"

    assert problems_of(Pointing) == ["tenancy.E003"]


@isolate_apps("suites")
def test_a_many_to_many_with_a_table_of_djangos_is_found(problems_of):
    class Holder(TenantScoped):
        targets = models.ManyToManyField(SuiteType)

        class Meta:
            app_label = "suites"

    assert problems_of(Holder) == ["tenancy.E003"]


@isolate_apps("suites")
def test_relations_that_stay_inside_are_fine(problems_of):
    class Safe(TenantScoped):
        target = TenantForeignKey(SuiteType, models.CASCADE)

        class Meta:
            app_label = "suites"

    assert problems_of(Safe) == []


def found(settings):
    return [problem.id for problem in checks.check_settings()]


def test_the_settings_are_right(settings):
    assert found(settings) == []


def changed(settings, **options):
    database = settings.DATABASES["default"]
    return {"default": {**database, "OPTIONS": {**database["OPTIONS"], **options}}}


def test_another_first_middleware_is_found(settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE[1:], settings.MIDDLEWARE[0]]
    assert found(settings) == ["tenancy.E010"]


def test_another_cursor_is_found(settings, monkeypatch):
    monkeypatch.delitem(settings.DATABASES["default"]["OPTIONS"], "cursor_factory")
    assert found(settings) == ["tenancy.E011"]


def test_server_side_cursors_are_found(settings, monkeypatch):
    monkeypatch.setitem(settings.DATABASES["default"], "DISABLE_SERVER_SIDE_CURSORS", False)
    assert found(settings) == ["tenancy.E012"]


def test_server_side_binding_is_found(settings, monkeypatch):
    monkeypatch.setitem(settings.DATABASES["default"]["OPTIONS"], "server_side_binding", True)
    assert found(settings) == ["tenancy.E012"]


def test_a_cache_without_tenants_is_found(settings, monkeypatch):
    monkeypatch.delitem(settings.CACHES["default"], "KEY_FUNCTION")
    assert found(settings) == ["tenancy.E013"]


@pytest.mark.parametrize("name", ["SESSION_COOKIE_DOMAIN", "CSRF_COOKIE_DOMAIN"])
def test_cookies_for_several_hosts_are_found(settings, name):
    setattr(settings, name, ".localhost")
    assert found(settings) == ["tenancy.E014"]


def test_sessions_without_tenants_are_found(settings):
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.db"
    assert found(settings) == ["tenancy.E015"]


MISSING = "a declared policy that is missing: suites_suitetype.suites_suitetype_tenant"


def database_problems(**kwargs):
    """Return what is wrong with the database, besides that tests may also act as the owner."""
    problems = checks.check_database(**kwargs)
    return [(problem.id, problem.msg) for problem in problems if "alcova_owner" not in problem.msg]


def test_the_database_is_asked_only_when_it_is_named(db):
    execute_as_owner("DROP POLICY suites_suitetype_tenant ON suites_suitetype")
    assert database_problems() == []
    assert database_problems(databases=["default"]) == [("tenancy.E020", MISSING)]


def test_the_owner_is_not_asked_for_it_is_about_to_mend(db, settings):
    execute_as_owner("DROP POLICY suites_suitetype_tenant ON suites_suitetype")
    settings.DATABASE_ROLE = "owner"
    assert database_problems(databases=["default"]) == []


def test_a_role_that_may_not_serve_is_found(db, monkeypatch):
    monkeypatch.setattr(checks.serving, "unfit_role", lambda: "unfit")
    assert database_problems(databases=["default"]) == [("tenancy.E021", "unfit")]


@isolate_apps("suites")
def test_no_check_needs_a_tenant(db):
    """They run at start, outside any: scoped models would say so."""
    with pytest.raises(NoTenant):
        SuiteType.objects.exists()
    assert checks.check_models() == []
