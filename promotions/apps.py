from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PromotionsConfig(AppConfig):
    name = "promotions"
    verbose_name = _("Promoções")

    def ready(self) -> None:
        from promotions import duties, receivers  # noqa: F401, PLC0415 (it registers; models are ready)
