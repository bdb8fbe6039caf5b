"""`python -m tests.fakes.google.consenting`: the demo's companies connect, as their owners would.

Each goes the whole way: the page on which a person consents, the code, the tokens, the list of
profiles; then each profile is tied to its house, and read. One house has a file instead.
"""

import base64
import hashlib
import re
import secrets
import time
from urllib.parse import parse_qs, urlsplit

import django
import requests

VERIFIER = secrets.token_urlsafe(48)
FILE = """data;nota;texto;autor;resposta
12/10/2026;5;Vista da cidade inteira e ninguém no corredor.;Casal do 12º;Até a próxima noite!
03/11/2026;4;Elevador direto para a suíte. Faltou só mais gelo.;M.;
15/11/2026;5;"Chegamos a pé, saímos de táxi: discretos dos dois jeitos.";;
"""


def main() -> None:
    django.setup()
    from tenancy.context import PLATFORM_ID, tenant_scope
    from tenancy.models import Tenant
    from tests.fakes.google.demo import HOUSES

    for slug, houses in HOUSES.items():
        with tenant_scope(PLATFORM_ID):
            tenant = Tenant.objects.get(slug=slug)
        with tenant_scope(tenant):
            connect(slug)
            for house in houses:
                tie(house)


def connect(slug: str) -> None:
    """Consent, as a person does in a browser."""
    from django.utils import timezone

    from reviews import consent
    from reviews.clients import oauth
    from reviews.models import ReplyTemplate
    from reviews.services import connecting, placing

    digest = hashlib.sha256(VERIFIER.encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    where = consent.redirect_uri()
    page = oauth.consent_url(redirect_uri=where, state=f"{slug}.demo", challenge=challenge)
    html = read(page)
    back = re.findall(r'<a href="([^"]+)"', html)[0].replace("&amp;", "&")
    code = parse_qs(urlsplit(back).query)["code"][0]
    now = timezone.now()
    connecting.connect(code=code, verifier=VERIFIER, redirect_uri=where, at=now)
    placing.list_locations(at=now)
    ReplyTemplate.objects.get_or_create(
        name="Elogio", defaults={"text": "Obrigado pela visita! Esperamos vocês de novo."}
    )


def read(page: str) -> str:
    """Return a page, waiting for a server that has just been started."""
    for _try in range(100):
        try:
            return requests.get(page, timeout=30).text
        except requests.ConnectionError:
            time.sleep(0.1)
    raise SystemExit("Google does not answer.")


def tie(house: str) -> None:
    """Say which profile a house is, and read it; one that has none gets a file."""
    from django.utils import timezone

    from reviews.models import Location
    from reviews.rules import files
    from reviews.services import filing, placing, reading
    from tenancy.models import Property
    from tests.fakes.google.demo import COUNTS

    now, row = timezone.now(), Property.objects.get(slug=house)
    if not COUNTS[house]:
        filing.take(house=row, filed=files.read(FILE.encode(), today=now.date()), at=now)
        return
    location = Location.objects.get(name=f"locations/{house}")
    placing.tie(location=location, house=row, at=now)
    reading.read(location_id=str(location.pk))


if __name__ == "__main__":
    main()
