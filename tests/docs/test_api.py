"""The examples in docs/api.md are asked and answered as they stand there."""

import json
import re
from typing import Any, NamedTuple

import pytest
import time_machine
from django.test import Client

from tenancy import tokens
from tenancy.context import tenant_scope
from tests.docs.test_docs import TEXTS

pytestmark = pytest.mark.django_db

EVENING = "2026-06-09T20:00:00-03:00"
ANY = "…"
EXAMPLE = re.compile(
    r"^```http\n(?P<asked>.*?)^```\n\n```json (?P<status>\d+)\n(?P<said>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
PAGE = TEXTS["docs/api.md"]


class Question(NamedTuple):
    method: str
    path: str
    headers: dict[str, str]
    body: str


def question(text: str, known: dict[str, str]) -> Question:
    """Read a request as HTTP writes it; `{id}` is that of the answer before."""
    head, _blank, body = text.partition("\n\n")
    first, *lines = head.strip().splitlines()
    method, path, _version = first.split()
    headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
    if "authorization" in headers:
        headers["authorization"] = known["authorization"]
    return Question(method, path.format(id=known.get("id", "")), headers, body.strip())


def is_said(expected: Any, said: Any) -> bool:
    """Say whether an answer has what the example shows of it."""
    if isinstance(expected, dict):
        return all(name in said and is_said(value, said[name]) for name, value in expected.items())
    if isinstance(expected, list):
        return len(expected) == len(said) and all(map(is_said, expected, said))
    return expected in (ANY, said)


def test_every_example_is_answered_as_it_says(lua):
    with tenant_scope(lua):
        known = {"authorization": f"Bearer {tokens.issue(name='exemplo')}"}

    with time_machine.travel(EVENING, tick=False):
        for number, example in enumerate(EXAMPLE.finditer(PAGE)):
            asked = question(example["asked"], known)
            answer = Client().generic(
                asked.method,
                asked.path,
                asked.body,
                content_type=asked.headers.pop("content-type", ""),
                headers=asked.headers,
            )
            assert answer.status_code == int(example["status"]), (asked, answer.content)
            said = answer.json()
            assert is_said(json.loads(example["said"]), said), (number, said)
            known |= {"id": said["id"]} if "id" in said else {}


def test_every_example_is_tried():
    assert PAGE.count("```http\n") == len(EXAMPLE.findall(PAGE)) >= 10


def test_every_problem_is_in_the_table():
    from promotions.api import problems as of_coupons
    from tenancy.api import problems

    kinds = [
        value
        for module in (problems, of_coupons)
        for value in vars(module).values()
        if isinstance(value, problems.Kind)
    ]
    table = re.findall(r"^\| `(\w+)` \| (\d+) \|", PAGE, re.MULTILINE)

    assert {(kind.code, str(int(kind.status))) for kind in kinds} == set(table)
