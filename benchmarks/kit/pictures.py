"""A tenant's renditions, AVIF included: a worker makes them, and none runs here."""

from tenancy.context import PLATFORM_ID, tenant_scope
from tenancy.models import Tenant
from theme.models import SiteImage
from theme.tasks import make_renditions


def make_pictures(slug: str) -> None:
    with tenant_scope(PLATFORM_ID):
        tenant = Tenant.objects.get(slug=slug)
    with tenant_scope(tenant):
        for picture in SiteImage.objects.all():
            make_renditions(picture.pk)
