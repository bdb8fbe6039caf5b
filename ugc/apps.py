from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UgcConfig(AppConfig):
    name = "ugc"
    verbose_name = _("Fotos e palavras de hóspedes")

    def ready(self) -> None:
        from ugc import duties, receivers  # noqa: F401, PLC0415 (it registers; models are ready)
