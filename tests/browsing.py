"""A real browser on pages of this process: no server, the test's own transaction."""

from contextvars import copy_context
from urllib.parse import urlsplit

from django.test import Client
from playwright.sync_api import BrowserContext, Route

KEPT = ("content-type", "content-security-policy", "x-frame-options")


def serve_from(client: Client, context: BrowserContext) -> None:
    """Have the client answer all that the context's pages ask for on its host; nobody else is."""
    host = client.defaults["HTTP_HOST"]
    scene = copy_context()  # holds the test's connection: Playwright calls back from its own

    def answer(route: Route) -> None:
        parts = urlsplit(route.request.url)
        if parts.netloc != host:
            route.abort()
            return
        found = scene.run(client.get, f"{parts.path}?{parts.query}")
        headers = {name: found.headers[name] for name in KEPT if name in found.headers}
        body = b"".join(found.streaming_content) if found.streaming else found.content
        route.fulfill(status=found.status_code, headers=headers, body=body)

    context.route("**/*", answer)
