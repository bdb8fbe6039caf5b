from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SuitesConfig(AppConfig):
    name = "suites"
    verbose_name = _("Suítes")
