"""Where a form stood that was sent without a token: pages are the same for everybody."""

from urllib.parse import urlsplit

from django.http import HttpRequest


def is_from_here(request: HttpRequest) -> bool:
    """Say whether a form stood on this host, as far as its browser tells.

    Under our `Referrer-Policy` a form's `Origin` is "null", so that most say it as
    `Sec-Fetch-Site`; of an older one, an origin that is another host's is refused.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin", "null")
    try:
        return origin == "null" or urlsplit(origin).netloc == request.get_host()
    except ValueError:  # no address
        return False
