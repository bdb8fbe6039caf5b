"""What each address answers."""

import hashlib
import re
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from tests.fakes.google import payloads
from tests.fakes.google.faults import HTML, error
from tests.fakes.google.world import CLIENT_ID, CLIENT_SECRET, Grant, Location, Reply, World

ORDERS = {"", "rating", "rating desc", "updateTime desc"}
STARS = ["ONE", "TWO", "THREE", "FOUR", "FIVE"]
MOST_REPLY_BYTES = 4096
CONSENT = """<!DOCTYPE html><html lang="pt"><title>Google</title>
<h1>Permitir que o Alcova gerencie suas avaliações?</h1>
<p><a href="{yes}">Permitir</a> <a href="{no}">Cancelar</a></p></html>"""


@dataclass
class Request:
    """A request, taken apart."""

    method: str
    host: str
    path: str
    query: dict[str, str]
    body: Any
    authorization: str = ""


@dataclass
class Answer:
    """An answer: what is said as JSON, or a body as it is."""

    said: Any = None
    status: int = 200
    body: bytes = b""
    kind: str = "application/json"


class Refused(Exception):
    """An error as Google says it."""

    def __init__(self, code: int, status: str, reason: str = "", message: str = "") -> None:
        super().__init__(status)
        self.answer = Answer(status=code, body=error(code, status, reason, message))


def bad(message: str) -> Refused:
    return Refused(400, "INVALID_ARGUMENT", message=message)


def gone() -> Refused:
    return Refused(404, "NOT_FOUND", message="Requested entity was not found.")


# --- consent and tokens ---------------------------------------------------------------------


def consent(world: World, asked: Request) -> Answer:
    """Ask a person, by two links back to whoever sent them."""
    query, code = asked.query, secrets.token_urlsafe(12)
    needed = {"access_type": "offline", "prompt": "consent", "code_challenge_method": "S256"}
    if query.get("client_id") != CLIENT_ID or needed.items() - query.items():
        world.refused.append(f"consent {query}")
        raise bad("invalid_request")
    world.codes[code] = query
    back = query["redirect_uri"]
    yes = f"{back}?{urlencode({'code': code, 'state': query['state'], 'scope': query['scope']})}"
    no = f"{back}?{urlencode({'error': 'access_denied', 'state': query['state']})}"
    html = CONSENT.format(yes=yes.replace("&", "&amp;"), no=no.replace("&", "&amp;"))
    return Answer(body=html.encode(), kind="text/html; charset=utf-8")


def token(world: World, asked: Request) -> Answer:
    form = asked.body
    if (form.get("client_id"), form.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
        return Answer({"error": "invalid_client"}, 401)
    if form.get("grant_type") == "authorization_code":
        return exchange(world, form)
    grant = world.grants.get(form.get("refresh_token", ""))
    if grant is None or grant.is_revoked:
        said = {"error": "invalid_grant", "error_description": "Token has been revoked."}
        return Answer(said, 400)
    return Answer({"access_token": world.new_access(form["refresh_token"]), "expires_in": 3599})


def exchange(world: World, form: dict[str, str]) -> Answer:
    """Give tokens for a code, once, to whoever knows the verifier."""
    given = world.codes.pop(form.get("code", ""), {})
    digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
    challenge = urlsafe_b64encode(digest).rstrip(b"=").decode()
    is_same = given.get("redirect_uri") == form.get("redirect_uri")
    if not given or challenge != given["code_challenge"] or not is_same:
        return Answer({"error": "invalid_grant"}, 400)
    own = world.consents_by.get(given["state"].partition(".")[0])
    refresh = world.grant(*(own or world.consents_to or world.accounts))
    said = {"access_token": world.new_access(refresh), "refresh_token": refresh}
    return Answer({**said, "expires_in": 3599, "scope": given["scope"]})


def revoke(world: World, asked: Request) -> Answer:
    if (given := asked.body.get("token", "")) not in world.grants:
        return Answer({"error": "invalid_token"}, 400)
    world.revoke(given)
    return Answer({})


def certificates(world: World, asked: Request) -> Answer:
    return Answer(world.keys.as_dict(private=False))


# --- accounts and locations -----------------------------------------------------------------


def accounts(world: World, asked: Request, grant: Grant) -> Answer:
    rows = [
        {"name": f"accounts/{key}", "accountName": name}
        for key, name in world.accounts.items()
        if key in grant.accounts
    ]
    return page_of(world, asked, "accounts", rows, most=20)


def locations(world: World, asked: Request, grant: Grant, account: str) -> Answer:
    if not asked.query.get("readMask"):
        raise bad("readMask is required")
    if account not in grant.accounts:
        raise Refused(403, "PERMISSION_DENIED")
    own = [each for each in world.locations.values() if each.account == account]
    rows = [payloads.location_payload(each) for each in own]
    return page_of(world, asked, "locations", rows, most=100)


def page_of(world: World, asked: Request, name: str, rows: list[Any], *, most: int) -> Answer:
    size = min(int(asked.query.get("pageSize") or most), most)
    start = start_of(world, asked.query.get("pageToken", ""), asked.path, size)
    said: dict[str, Any] = {name: rows[start : start + size]} if rows else {}
    if start + size < len(rows):
        said["nextPageToken"] = world.new_page(asked.path, size, start + size)
    return Answer(said)


def start_of(world: World, token: str, *bound: Any) -> int:
    """Return where a page begins; its token is good for the same question, for some minutes."""
    if not token:
        return 0
    *of, start, until = world.pages.get(token, ((), 0, world.clock()))
    if tuple(of) != bound or world.clock() >= until:
        raise bad("Invalid page token")
    return start


# --- reviews --------------------------------------------------------------------------------


def location_of(world: World, grant: Grant, account: str, key: str) -> Location:
    if account not in grant.accounts:
        raise Refused(403, "PERMISSION_DENIED", message="The caller does not have permission")
    found = world.locations.get(key)
    if found is None or found.account != account:
        raise gone()
    if not found.is_verified:
        raise Refused(403, "PERMISSION_DENIED", message="Location is not verified")
    return found


def reviews(world: World, asked: Request, grant: Grant, account: str, key: str) -> Answer:
    location, query = location_of(world, grant, account, key), asked.query
    order, size = query.get("orderBy", ""), int(query.get("pageSize") or 50)
    if order not in ORDERS or not 0 < size <= 50:
        raise bad("Invalid orderBy or pageSize")
    start = start_of(world, query.get("pageToken", ""), location.parent, size, order)
    rows = location.newest_first()
    if order.startswith("rating"):
        rows.sort(key=lambda each: each.stars, reverse=order.endswith("desc"))
    if not rows:
        return Answer({})
    said: dict[str, Any] = {
        "reviews": [written(world, location, each) for each in rows[start : start + size]],
        "averageRating": average(location),
        "totalReviewCount": len(rows),
    }
    if start + size < len(rows):
        said["nextPageToken"] = world.new_page(location.parent, size, order, start + size)
    for happens in world.between_pages:
        happens(location)
    return Answer(said)


def written(world: World, location: Location, review: Any) -> dict[str, Any]:
    return payloads.review_payload(location, review, with_unknown=world.has_unknown_fields)


def average(location: Location) -> float:
    given = [
        STARS.index(each.stars) + 1 for each in location.reviews.values() if each.stars in STARS
    ]
    return round(sum(given) / len(given), 1) if given else 0.0


def review(world: World, asked: Request, grant: Grant, account: str, key: str, own: str) -> Answer:
    location = location_of(world, grant, account, key)
    if own not in location.reviews:
        raise gone()
    return Answer(written(world, location, location.reviews[own]))


def reply(world: World, asked: Request, grant: Grant, account: str, key: str, own: str) -> Answer:
    location = location_of(world, grant, account, key)
    found = location.reviews.get(own)
    if found is None:
        raise gone()
    if asked.method == "DELETE":
        found.reply = None
        return Answer({})
    comment = (asked.body or {}).get("comment", "")
    if not comment or len(comment.encode()) > MOST_REPLY_BYTES:
        raise bad("Invalid comment")
    verdict, violation = (
        world.reply_verdicts.popleft() if world.reply_verdicts else ("APPROVED", None)
    )
    state = "PENDING" if world.reply_polls else verdict
    found.reply = Reply(comment, world.clock(), state, world.reply_polls, verdict, violation)
    return Answer({"comment": comment, "updateTime": payloads.stamp(found.reply.at)})


Route = tuple[str, str, re.Pattern[str], Callable[..., Answer]]
REVIEW = r"/v4/accounts/([^/]+)/locations/([^/]+)/reviews"
OPEN: list[Route] = [
    ("GET", "accounts.google.com", re.compile(r"/o/oauth2/v2/auth"), consent),
    ("POST", "oauth2.googleapis.com", re.compile(r"/token"), token),
    ("POST", "oauth2.googleapis.com", re.compile(r"/revoke"), revoke),
    ("GET", "www.googleapis.com", re.compile(r"/oauth2/v3/certs"), certificates),
]
ROUTES: list[Route] = [
    ("GET", "mybusinessaccountmanagement.googleapis.com", re.compile(r"/v1/accounts"), accounts),
    (
        "GET",
        "mybusinessbusinessinformation.googleapis.com",
        re.compile(r"/v1/accounts/([^/]+)/locations"),
        locations,
    ),
    ("GET", "mybusiness.googleapis.com", re.compile(REVIEW), reviews),
    ("GET", "mybusiness.googleapis.com", re.compile(REVIEW + r"/([^/]+)"), review),
    ("PUT", "mybusiness.googleapis.com", re.compile(REVIEW + r"/([^/]+)/reply"), reply),
    ("DELETE", "mybusiness.googleapis.com", re.compile(REVIEW + r"/([^/]+)/reply"), reply),
]


def answer(world: World, asked: Request) -> Answer:
    """Answer a request, as the service does when nothing goes wrong."""
    if asked.host != "accounts.google.com" and not world.admits(asked.host):
        return Refused(429, "RESOURCE_EXHAUSTED").answer
    for routes, is_open in ((OPEN, True), (ROUTES, False)):
        for method, host, pattern, view in routes:
            match = pattern.fullmatch(asked.path)
            if match and (method, host) == (asked.method, asked.host):
                return seen(world, asked, view, match.groups(), is_open=is_open)
    if asked.host == "mybusiness.googleapis.com":
        return Answer(status=404, body=HTML, kind="text/html")
    world.refused.append(f"{asked.method} {asked.host}{asked.path}")
    return gone().answer


def seen(
    world: World, asked: Request, view: Callable[..., Answer], found: Any, *, is_open: bool
) -> Answer:
    try:
        if is_open:
            return view(world, asked)
        grant = world.opened_by(asked.authorization)
        if grant is None:
            raise Refused(401, "UNAUTHENTICATED")
        if not world.is_enabled:
            raise Refused(403, "PERMISSION_DENIED", "SERVICE_DISABLED", "It is disabled.")
        return view(world, asked, grant, *found)
    except Refused as refused:
        return refused.answer
