"""The API under `/api/v1/`: on each property's own hosts, and on the platform's API host."""

from django.http import HttpRequest
from ninja import NinjaAPI, Schema

from tenancy.selectors import current_tenant

api = NinjaAPI(title="Alcova", version="1", docs_url=None, openapi_url=None)


class TenantOut(Schema):
    """Whose API this is."""

    slug: str
    name: str


@api.get("/tenant", response=TenantOut)
def tenant(request: HttpRequest) -> TenantOut:
    """Return the tenant that the host, or the token and `X-Tenant`, name."""
    found = current_tenant()
    return TenantOut(slug=found.slug, name=found.name)
