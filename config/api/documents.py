"""What the API says of itself: its OpenAPI document, and a page for people who read it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.openapi.docs import Swagger
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from tenancy.api.problems import MEDIA_TYPE

JSON = "application/json"
SECONDS_TO_WAIT = {
    "Retry-After": {
        "description": "Seconds to wait.",
        "required": True,
        "schema": {"type": "integer", "minimum": 1},
    }
}
HEADERS = {"429": SECONDS_TO_WAIT}


class Api(NinjaAPI):
    """The API, whose document says in which form problems come, and what addresses can say."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        schema = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        for path in schema["paths"].values():
            for operation in path.values():
                for parameter in operation["parameters"]:
                    parameter["schema"] = _without_null(parameter["schema"])
                operation["responses"] = {
                    str(status): _as_it_comes(str(status), response)
                    for status, response in operation["responses"].items()
                }
        return schema


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """Return what a parameter may be: one that is not there is left out, and never null."""
    options = [each for each in schema.get("anyOf", ()) if each != {"type": "null"}]
    if len(options) != 1:
        return schema
    return {**{key: value for key, value in schema.items() if key != "anyOf"}, **options[0]}


def _as_it_comes(status: str, response: dict[str, Any]) -> dict[str, Any]:
    """Return a response's description with its media type and headers."""
    if status < "400" or JSON not in response.get("content", {}):
        return response
    found = {**response, "content": {MEDIA_TYPE: response["content"][JSON]}}
    return {**found, "headers": HEADERS[status]} if status in HEADERS else found


class Docs(Swagger):
    """Swagger UI from our own static files: no other host, and no script in the page.

    It runs under the guests' policy as it is; see docs/adr/0044.
    """

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        settings = {**self.settings, "url": self.get_openapi_url(api, kwargs)}
        return render(request, "config/api_docs.html", {"api": api, "settings": settings})
