from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SitesConfig(AppConfig):
    name = "sites"
    # Django's own `sites` app has that label.
    label = "motelsites"
    verbose_name = _("Sites")

    def ready(self) -> None:
        from sites import receivers  # noqa: F401, PLC0415 (it registers; models are ready)
