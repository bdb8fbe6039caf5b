from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    name = "privacy"
    verbose_name = _("Dados pessoais")

    def ready(self) -> None:
        from privacy import checks, duties  # noqa: F401, PLC0415 (it registers; settings are ready)
