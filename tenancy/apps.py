from django.apps import AppConfig
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def no_group_by_pk(connection: BaseDatabaseWrapper, **kwargs: object) -> None:
    """Keep all columns in GROUP BY: with PRIMARY KEY (tenant_id, id), `id` implies none."""
    connection.features.allows_group_by_selected_pks = False


class TenancyConfig(AppConfig):
    name = "tenancy"
    verbose_name = _("Empresas e casas")

    def ready(self) -> None:
        from tenancy import checks, receivers  # noqa: F401, PLC0415 (they register; models are ready)
        from tenancy.guard import guard_database  # noqa: PLC0415 (models are ready now)

        connection_created.connect(no_group_by_pk)
        post_migrate.connect(guard_database, sender=self)
