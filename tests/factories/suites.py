"""Suite types with what guests see of them."""

from collections.abc import Iterator
from contextlib import contextmanager

from wagtail.models import Locale

from suites.models import Feature, Stay, StayPrice, Suite, SuiteType, SuiteTypeFeature
from suites.pages import SuiteIndexPage, SuitePage
from tenancy.context import tenant_scope
from tenancy.models import Property, Tenant


@contextmanager
def without_suites(tenant: Tenant, slug: str) -> Iterator[Property]:
    """Be in the scope of a property's tenant, who sells nothing yet."""
    with tenant_scope(tenant):
        SuitePage.objects.all().delete()
        SuiteType.objects.all().delete()
        yield Property.objects.get(slug=slug)


def make_suite(motel: Property, slug: str, *, centavos: int = 7600) -> SuiteType:
    """Create a suite type with a price, a feature, a numbered suite and a Portuguese page."""
    locale = Locale.objects.get(language_code="pt-br")
    suite_type = SuiteType.objects.create(property=motel, slug=slug, name=slug.title())
    feature = Feature.objects.create(slug=f"tem-{slug}", name=f"Tem {slug}", locale=locale)
    SuiteTypeFeature.objects.create(suite_type=suite_type, feature=feature)
    Suite.objects.create(suite_type=suite_type, number="1")
    stay = Stay.objects.create(property=motel, slug=f"2h-{slug}", minutes=120, position=1)
    StayPrice.objects.create(suite_type=suite_type, stay=stay, centavos=centavos)
    index = SuiteIndexPage.objects.descendant_of(motel.site.root_page).get()
    page = SuitePage(title=slug.title(), slug=slug, suite_type=suite_type, locale=locale)
    index.add_child(instance=page)
    return suite_type
