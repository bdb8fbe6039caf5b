"""The queryset layer: models whose rows belong to a tenant, and cannot be reached outside it."""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.sql.where import WhereNode
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from tenancy.context import current_tenant_id, require_tenant_id
from tenancy.ids import uuid7
from tenancy.rls import SameTenant, TenantDDL, TenantPolicy, TenantPrimaryKey

IMPLIED = frozenset({"tenant", "locale"})
"""What no form shows, and every row has."""


class ForeignTenant(ValueError):
    """A row of the tenant in scope was about to be given to another tenant."""


class CurrentTenant(models.Value):
    """The tenant at the moment in which the SQL is compiled; no tenant, no SQL.

    Being late, it makes querysets safe to build at import: in forms, viewsets, class bodies.
    """

    def __init__(self) -> None:
        super().__init__(None, output_field=models.BigIntegerField())

    @property
    def value(self) -> int:
        return require_tenant_id()

    @value.setter
    def value(self, _: None) -> None:
        pass  # Value.__init__ assigns it


class TenantQuerySet(models.QuerySet[Any]):
    """A queryset whose writes refuse to name another tenant."""

    def update(self, **values: Any) -> int:
        """Refuse to move rows: a row's tenant never changes."""
        if {"tenant", "tenant_id"} & values.keys():
            raise ForeignTenant("A row's tenant cannot be changed.")
        return super().update(**values)

    update.alters_data = True  # type: ignore[attr-defined]  # Django's own convention

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list[Any]:
        """Create the objects, all of which must be the current tenant's."""
        objs = list(objs)
        for obj in objs:
            obj.claim()
        return super().bulk_create(objs, *args, **kwargs)

    def bulk_update(self, objs: Any, fields: Any, *args: Any, **kwargs: Any) -> int:
        """Update the objects' fields; `tenant` is none of them."""
        if {"tenant", "tenant_id"} & set(fields):
            raise ForeignTenant("A row's tenant cannot be changed.")
        return super().bulk_update(objs, fields, *args, **kwargs)


class TenantManager(models.Manager.from_queryset(TenantQuerySet)):  # type: ignore[misc]  # made by a call
    """Only the current tenant's rows; raises `NoTenant` when the query is compiled without one."""

    def get_queryset(self) -> TenantQuerySet:
        return super().get_queryset().filter(tenant_id=CurrentTenant())


class TenantRelation:
    """A foreign key that cannot leave the tenant, neither in a row nor in a join.

    The constraint in the database is a `SameTenant` on the model (or comes from
    `tenancy.guard` where the model is a page), so Django adds none of its own.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "db_constraint": False, "db_index": False})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()  # type: ignore[misc]  # a mixin of fields
        for implied in ("db_constraint", "db_index"):
            kwargs.pop(implied, None)
        return name, path, args, kwargs

    def get_extra_restriction(self, alias: str, related_alias: str) -> WhereNode | None:
        """Join on the tenant as well, where both sides have it as a field."""
        near, far = _tenant_field(self.model), _tenant_field(self.related_model)  # type: ignore[attr-defined]  # a mixin of fields
        if not (alias and related_alias and near and far):
            return None
        lookup = near.get_lookup("exact")(near.get_col(related_alias), far.get_col(alias))
        return WhereNode([lookup])


def _tenant_field(model: type[models.Model]) -> Any:
    return model._meta.get_field("tenant") if issubclass(model, TenantScoped) else None


class TenantForeignKey(TenantRelation, models.ForeignKey[Any, Any]):
    """A foreign key to a `TenantScoped` model."""


class TenantOneToOneField(TenantRelation, models.OneToOneField[Any, Any]):
    """A one-to-one relation to a `TenantScoped` model."""


class TenantParentalKey(TenantRelation, ParentalKey):
    """A child relation (modelcluster) to a `TenantScoped` model."""


class TenantScoped(models.Model):
    """A model of ours whose rows each belong to one tenant.

    The primary key is a UUIDv7 as far as Django knows and `(tenant_id, id)` in the database;
    policy, key and same-tenant foreign keys are added to `Meta.constraints` when the class is
    prepared. `policy` is `AppendOnlyPolicy` for rows that nobody who serves may change, None
    where the model declares rules of its own.
    """

    policy: ClassVar[type[TenantDDL] | None] = TenantPolicy
    # Many small writes, apart from Wagtail's machinery: fit to be distributed by tenant.
    is_operational: ClassVar[bool] = False
    # Fields that tell of a guest, and what each is for; operational models say it, even of none.
    personal: ClassVar[Mapping[str, str] | None] = None
    # What people read where their choice is another row's already.
    taken: ClassVar[Any] = _("Já está em uso: escolha outro.")
    # Wagtail's copy_for_translation would carry the key over to the copy.
    exclude_fields_in_copy: ClassVar[list[str]] = ["id"]

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    tenant = models.ForeignKey(
        "tenancy.Tenant",
        models.PROTECT,
        default=current_tenant_id,
        editable=False,
        related_name="+",
        db_index=False,
        verbose_name=_("empresa"),
    )

    objects: ClassVar[TenantManager] = TenantManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.claim()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self.claim()
        return super().delete(*args, **kwargs)

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Check, too, what is unique in a tenant or language, which forms do not show.

        What is taken is said at the field that people choose.
        """
        super().validate_constraints(exclude=exclude)
        shown = set(exclude or ()) - IMPLIED
        for constraint in self._meta.total_unique_constraints:
            try:
                constraint.validate(type(self), self, exclude=shown)
            except ValidationError as error:
                chosen = [name for name in constraint.fields if name not in IMPLIED]
                raise ValidationError({chosen[-1]: self.taken}) from error

    def claim(self) -> None:
        """Make a new row the current tenant's; raise `ForeignTenant` if it is another's.

        Raises `NoTenant` when no tenant is in scope.
        """
        tenant_id = require_tenant_id()
        if self.tenant_id is None:
            self.tenant_id = tenant_id
        if self.tenant_id != tenant_id:
            raise ForeignTenant(f"This {self._meta.label} belongs to another tenant.")


def add_tenant_constraints(sender: type[models.Model], **kwargs: Any) -> None:
    """Give a freshly prepared `TenantScoped` model its constraints and its base manager."""
    meta: Any = sender._meta
    if not issubclass(sender, TenantScoped) or meta.abstract or meta.proxy:
        return
    stem = f"{meta.app_label}_{meta.model_name}"
    relations: list[Any] = [f for f in meta.local_fields if isinstance(f, TenantRelation)]
    meta.constraints = [
        TenantPrimaryKey(name=f"{stem}_pk"),
        *([sender.policy(name=f"{stem}_tenant")] if sender.policy else []),
        *(SameTenant(field=f.name, name=f"{stem}_{f.name}_fk") for f in relations),
        *meta.constraints,
    ]
    meta.original_attrs["constraints"] = meta.constraints
    # bases that come first (Wagtail's mixins) would otherwise bring Django's plain base manager
    meta.original_attrs["base_manager_name"] = meta.base_manager_name = "objects"
    meta._expire_cache()


models.signals.class_prepared.connect(add_tenant_constraints)
