"""What guests do: fill in the form, as it is on the page, and follow links."""

import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tenancy.models import Property
from ugc.forms import GuestForm

SEND = "/_envio/"
HOST = "lua.localhost"
WORDS = "A lua entra pela janela do teto"


def photo(size: tuple[int, int] = (300, 200), form: str = "JPEG", **options: Any) -> bytes:
    """Return a picture that is red on the left and blue on the right."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    target = BytesIO()
    image.save(target, form, **options)
    return target.getvalue()


def filled(house: Property, photos: Sequence[bytes] = (), **fields: Any) -> dict[str, Any]:
    """Return what a browser sends: all boxes ticked that are needed, but for other fields."""
    boxes = GuestForm(house=house.name).boxes()
    wanted = {
        "photos": bool(photos),
        "adults": bool(photos),
        "words": bool(fields.get("words")),
        "mail": bool(fields.get("email")),
    }
    body: dict[str, Any] = {f"{box['name']}_seen": box["digest"] for box in boxes}
    body |= {f"{name}_agreed": "on" for name, holds in wanted.items() if holds}
    body |= {"company": "nobody", **fields}
    if photos:
        body["photos"] = [
            SimpleUploadedFile(f"IMG_{number}.jpg", content)
            for number, content in enumerate(photos)
        ]
    return {name: value for name, value in body.items() if value is not None}


def send(client: Client, body: dict[str, Any], path: str = SEND, **headers: str) -> Any:
    return client.post(path, body, headers={"sec-fetch-site": "same-origin", **headers})


def link_in(response: Any, name: str = "recibo") -> str:
    """Return the path of a link that is shown once."""
    link = BeautifulSoup(response.content, "html.parser").find(id=name)
    assert link is not None, response.content.decode()
    return re.sub(r"^http://[^/]+", "", str(link["href"]))  # type: ignore[index]  # a tag


def act(client: Client, path: str, what: str, **fields: str) -> Any:
    return send(client, {"act": what, **fields}, path)
