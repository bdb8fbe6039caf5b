"""What is not in UTF-8 is refused, before anything decodes it."""

import pytest

from config.encodings import REFUSAL, utf8_only

FORM = "multipart/form-data; boundary=XX"


def answered(content_type: str) -> tuple[str, bytes]:
    said = []
    app = utf8_only(lambda environ, start_response: (start_response("200 OK", []), [b"ok"])[1])
    body = b"".join(
        app({"CONTENT_TYPE": content_type}, lambda status, headers: said.append(status))
    )
    return said[0], body


@pytest.mark.parametrize("charset", ["utf-7", "hex", "latin-1", "UTF-16", "rot13", "a\0b"])
@pytest.mark.parametrize("kind", [FORM, "application/x-www-form-urlencoded", "text/plain"])
def test_text_is_in_utf_8_alone(kind, charset):
    assert answered(f"{kind}; charset={charset}") == ("400 Bad Request", REFUSAL)


@pytest.mark.parametrize(
    "content_type",
    ["", FORM, f"{FORM}; charset=UTF-8", "application/json; charset=utf8", f"{FORM}; charset=nope"],
)
def test_what_is_in_utf_8_is_taken(content_type):
    assert answered(content_type) == ("200 OK", b"ok")
