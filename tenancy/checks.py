"""House rules as system checks: a table, a model or a role that is not as it should be."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import models

from tenancy import catalog, cursor, serving
from tenancy.scoped import TenantManager, TenantRelation, TenantScoped


@register(Tags.models)
def check_models(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Every `TenantScoped` model has the scoped managers, and relations that stay inside."""
    problems: list[CheckMessage] = []
    for model in apps.get_models(include_auto_created=True):
        if issubclass(model, TenantScoped):
            problems += _managers(model)
        elif _has_tenant_field(model):
            problems.append(
                Error(
                    "The model has a tenant, but does not derive from TenantScoped.",
                    obj=model,
                    id="tenancy.E001",
                )
            )
        problems += _relations(model)
    return problems


def _has_tenant_field(model: type[models.Model]) -> bool:
    return any(field.name in {"tenant", "tenant_id"} for field in model._meta.local_fields)


def _managers(model: type[models.Model]) -> Iterator[CheckMessage]:
    for name in ("_default_manager", "_base_manager"):
        if not isinstance(getattr(model, name), TenantManager):
            yield Error(
                f"{name} is not a TenantManager: rows of other tenants would be read.",
                hint="Declare managers as subclasses of tenancy.scoped.TenantManager.",
                obj=model,
                id="tenancy.E002",
            )


def _relations(model: type[models.Model]) -> Iterator[CheckMessage]:
    fields: list[Any] = [*model._meta.local_fields, *model._meta.local_many_to_many]
    for field in fields:
        target = field.related_model
        if not (isinstance(target, type) and issubclass(target, TenantScoped)):
            continue
        if isinstance(field, models.ManyToManyField):
            through: Any = field.remote_field.through
            is_safe = not through._meta.auto_created
        else:
            is_safe = isinstance(field, TenantRelation)
        if not is_safe:
            yield Error(
                f"{field.name} is a plain relation to {target._meta.label}: it could leave the "
                "tenant.",
                hint="Use TenantForeignKey, TenantOneToOneField, TenantParentalKey, or a through "
                "model of your own.",
                obj=model,
                id="tenancy.E003",
            )


@register(Tags.security)
def check_settings(app_configs: Any = None, **kwargs: Any) -> Iterator[CheckMessage]:
    """The settings that the walls stand on are as they must be."""
    for code, (holds, message) in {**_rules_of_database(), **_rules_of_requests()}.items():
        if not holds:
            yield Error(message, id=code)


def _rules_of_database() -> dict[str, tuple[bool, str]]:
    database = settings.DATABASES["default"]
    options = database.get("OPTIONS", {})
    return {
        "tenancy.E011": (
            options.get("cursor_factory") is cursor.TenantCursor,
            "The database's cursor_factory must be TenantCursor.",
        ),
        "tenancy.E012": (
            bool(database.get("DISABLE_SERVER_SIDE_CURSORS"))
            and not options.get("server_side_binding"),
            "Server-side cursors and server-side binding must be off: they cannot carry the "
            "tenant.",
        ),
    }


def _rules_of_requests() -> dict[str, tuple[bool, str]]:
    return {
        "tenancy.E010": (
            settings.MIDDLEWARE[0] == "tenancy.middleware.TenantMiddleware",
            "TenantMiddleware must be the first middleware.",
        ),
        "tenancy.E013": (
            settings.CACHES["default"].get("KEY_FUNCTION") == "tenancy.cache.tenant_key",
            "The default cache's KEY_FUNCTION must be tenancy.cache.tenant_key.",
        ),
        "tenancy.E014": (
            settings.SESSION_COOKIE_DOMAIN is None and settings.CSRF_COOKIE_DOMAIN is None,
            "Cookies must be host-only: one tenant's would be sent to another's host.",
        ),
        "tenancy.E015": (
            settings.SESSION_ENGINE == "tenancy.sessions",
            "Sessions must be bound to their tenant: SESSION_ENGINE is tenancy.sessions.",
        ),
    }


@register(Tags.database)
def check_database(app_configs: Any = None, databases: Any = None, **kwargs: Any) -> Any:
    """Every table, index, policy and role is as it should be (`check --database default`)."""
    if "default" not in (databases or ()):
        return []
    if settings.DATABASE_ROLE == "owner":
        return []  # `migrate` runs the checks before it mends what they would find
    problems: list[CheckMessage] = [
        Error(f"{answer.question}: {answer.found}", id="tenancy.E020")
        for answer in catalog.answers()
    ]
    if settings.DATABASE_ROLE == "app" and (reason := serving.unfit_role()):
        problems.append(Error(reason, id="tenancy.E021"))
    return problems
