from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PromotionsConfig(AppConfig):
    name = "promotions"
    verbose_name = _("Promoções")

    def ready(self) -> None:
        from promotions import (  # noqa: PLC0415 (models are ready)
            bonuses,
            duties,  # noqa: F401 (it registers)
            receivers,  # noqa: F401 (it registers)
        )
        from suites.bonuses import register  # noqa: PLC0415 (the same)

        register(bonuses.Promotions())
