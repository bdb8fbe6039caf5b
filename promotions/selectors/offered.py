"""Which coupons a property's pages offer: only of those may guests uncover codes."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Page, ReferenceIndex

from promotions.models import Coupon
from tenancy.models import Property
from theme.routing import root_path


def offered_coupon(slug: str, *, house: Property) -> Coupon | None:
    """Return the published coupon of that slug, if a public page of the property shows it.

    A coupon's slug is no secret: one that only some are to have is on no page, and stays theirs.
    """
    coupon: Coupon | None = (
        Coupon.objects.filter(slug=slug, live=True).select_related("rule").first()
    )
    return coupon if coupon is not None and _is_shown(coupon, house) else None


def _is_shown(coupon: Coupon, house: Property) -> bool:
    homes = (root_path(house.site, language) for language in house.languages)
    own = Q(*(Q(url_path__startswith=home) for home in homes if home), _connector=Q.OR)
    shown = Page.objects.live().public().filter(pk__in=_pages_with(coupon))
    return bool(own) and bool(shown.filter(own).exists())


def _pages_with(coupon: Coupon) -> list[int]:
    """Return the ids of the pages that have chosen a coupon."""
    kind = ContentType.objects.get_for_model
    rows = ReferenceIndex.objects.filter(
        base_content_type=kind(Page), to_content_type=kind(Coupon), to_object_id=str(coupon.pk)
    )
    return [int(key) for key in rows.values_list("object_id", flat=True)]
