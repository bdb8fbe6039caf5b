"""How S3 is asked, what a form of it may hold, and how it refuses: see `tests.fakes.s3`."""

from collections.abc import Mapping
from dataclasses import dataclass
from email import policy as email_policy
from email.parser import BytesParser
from typing import Any
from urllib.parse import parse_qsl


class Said(Exception):
    """An error as the service says it."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status, self.code = status, code


@dataclass(frozen=True)
class Asked:
    """A request as it came: its path and query are not decoded."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def pairs(self) -> list[tuple[str, str]]:
        return parse_qsl(self.query, keep_blank_values=True)


def check_policy(conditions: list[Any], fields: dict[str, str], bucket: str, size: int) -> None:
    """Raise `Said` unless every field is one that a condition allows, and the size fits."""
    allowed = {"policy", "x-amz-signature"}
    for condition in conditions:
        if isinstance(condition, list) and condition[0] == "content-length-range":
            if size < condition[1]:
                raise Said(400, "EntityTooSmall")
            if size > condition[2]:
                raise Said(400, "EntityTooLarge")
            continue
        if not isinstance(condition, dict):
            raise Said(501, "NotImplemented")
        ((name, value),) = condition.items()
        allowed.add(name.lower())
        if (bucket if name == "bucket" else fields.get(name.lower())) != value:
            raise Said(403, "AccessDenied")
    if not fields.keys() <= allowed:
        raise Said(403, "AccessDenied")


def parts_of(asked: Asked) -> tuple[dict[str, str], bytes]:
    """Return a form's fields and its file, which comes last."""
    head = f"Content-Type: {asked.headers['Content-Type']}\r\n\r\n".encode()
    message = BytesParser(policy=email_policy.HTTP).parsebytes(head + asked.body)
    fields, content = {}, None
    for part in message.iter_parts():
        name = str(part.get_param("name", header="content-disposition"))
        payload = part.get_payload(decode=True)
        if name == "file":
            content = payload
            break
        fields[name.lower()] = payload.decode()
    if content is None or "key" not in fields:
        raise Said(400, "InvalidArgument")
    return fields, content
