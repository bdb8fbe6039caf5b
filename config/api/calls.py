"""The one API, with the calls that each app brings."""

from django.http import HttpRequest, HttpResponse
from ninja import Schema

from config.api.documents import Api, Docs
from config.api.errors import JsonParser, handle_errors
from promotions.api import router as promotions
from suites.api import router as suites
from tenancy.api.answers import answers
from tenancy.api.problems import NOT_FOUND, Problem, answer
from tenancy.selectors import current_tenant

api = Api(
    title="Alcova",
    version="1",
    description=(
        "Suites, prices, promotions and coupons of one company. On a property's own hosts anybody "
        "may ask; on the API host programs do, with a key and `X-Tenant`; on the staff host "
        "whoever is signed in.\n\n"
        "Errors are problem details (RFC 9457), in the language of `Accept-Language`. A host that "
        "is nobody's (421) and one of a company that is suspended (503) answer in plain text."
    ),
    docs=Docs(),
    parser=JsonParser(),
)
handle_errors(api)
api.add_router("", suites)
api.add_router("", promotions)


class TenantOut(Schema):
    """Whose API this is."""

    slug: str
    name: str


@api.get("/tenant", response=answers({200: TenantOut}), tags=["Company"], summary="Whose API")
def tenant(request: HttpRequest) -> TenantOut:
    """Return the company that the host, or the key and `X-Tenant`, name."""
    found = current_tenant()
    return TenantOut(slug=found.slug, name=found.name)


def nothing(request: HttpRequest) -> HttpResponse:
    """Answer an address below `/api/` that is none of ours, before pages could take it."""
    return answer(request, Problem(NOT_FOUND))
