from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    name = "reviews"
    verbose_name = _("Avaliações")

    def ready(self) -> None:
        from reviews import duties, receivers  # noqa: F401, PLC0415 (it registers; models are ready)
