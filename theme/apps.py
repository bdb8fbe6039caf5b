from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ThemeConfig(AppConfig):
    name = "theme"
    verbose_name = _("Aparência e mídia")

    def ready(self) -> None:
        from theme import form_fields, receivers  # noqa: F401, PLC0415 (they register; models are ready)
