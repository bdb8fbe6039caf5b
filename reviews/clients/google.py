"""Google Business Profile: accounts, their locations, reviews and replies."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from reviews.clients.http import Question, ask
from reviews.google import payloads
from reviews.google.outcomes import Disconnected, Unauthenticated, Unavailable
from reviews.google.payloads import Incoming, Page, Place, Unreadable

ACCOUNTS = "mybusinessaccountmanagement.googleapis.com"
LOCATIONS = "mybusinessbusinessinformation.googleapis.com"
REVIEWS = "mybusiness.googleapis.com"
READ_MASK = "name,title,storeCode,metadata"
PAGE_SIZE = 50
MOST_PAGES = 200
"""Pages of accounts or locations that a company can have; more is a list without an end."""

Token = Callable[[bool], str]
"""Returns an access token; a new one if the last was not good."""


class Google:
    """What a consent lets us ask. All of it raises what is in `reviews.google.outcomes`."""

    def __init__(self, token: Token) -> None:
        self._token = token

    def accounts(self) -> Iterator[tuple[str, str]]:
        """Yield each account's name, `accounts/…`, and title."""
        question = Question(ACCOUNTS, "/v1/accounts", query={"pageSize": 20})
        for said in self._pages(question):
            for each in said.get("accounts") or ():
                yield str(each["name"]), str(each.get("accountName") or "")

    def locations(self, account: str) -> Iterator[Place]:
        """Yield the locations of an account."""
        query: dict[str, str | int] = {"readMask": READ_MASK, "pageSize": 100}
        question = Question(LOCATIONS, f"/v1/{account}/locations", query=query)
        for said in self._pages(question):
            for each in said.get("locations") or ():
                yield payloads.place(each, account=account)

    def reviews(self, parent: str, *, token: str = "") -> Page:
        """Return a page of a location's reviews, those that changed last first."""
        query: dict[str, str | int] = {"pageSize": PAGE_SIZE, "orderBy": "updateTime desc"}
        if token:
            query["pageToken"] = token
        return payloads.page(self._ask(Question(REVIEWS, f"/v4/{parent}/reviews", query=query)))

    def review(self, name: str) -> Incoming:
        """Return one review, as `accounts/…/locations/…/reviews/…`; raise `Gone`."""
        try:
            return payloads.review(self._ask(Question(REVIEWS, f"/v4/{name}")))
        except Unreadable as error:
            raise Unavailable(str(error)) from None

    def reply(self, name: str, comment: str) -> None:
        """Answer a review, or change the answer; safe to repeat."""
        path = f"/v4/{name}/reply"
        self._ask(Question(REVIEWS, path, method="PUT", json={"comment": comment}))

    def delete_reply(self, name: str) -> None:
        """Take the answer back; raise `Gone` if there is none."""
        self._ask(Question(REVIEWS, f"/v4/{name}/reply", method="DELETE"))

    def _pages(self, question: Question) -> Iterator[dict[str, Any]]:
        token = ""
        for _page in range(MOST_PAGES):
            query = {**question.query, **({"pageToken": token} if token else {})}
            said = self._ask(replace(question, query=query))
            yield said
            token = str(said.get("nextPageToken") or "")
            if not token:
                return

    def _ask(self, question: Question) -> dict[str, Any]:
        """Ask; with a token that is not good, once more with a new one."""
        try:
            return ask(replace(question, token=self._token(False)))
        except Unauthenticated:
            pass
        try:
            return ask(replace(question, token=self._token(True)))
        except Unauthenticated:
            raise Disconnected("A new token is not good either.") from None
