"""What pages show of what guests sent."""

from dataclasses import dataclass
from datetime import date

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from tenancy.models import Property
from ugc.models import GuestPost

MOST = 12
"""Posts in a block: the newest."""


@dataclass(frozen=True)
class GuestPicture:
    """A published picture: its address, those of all widths, and its size."""

    src: str
    srcset: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True)
class GuestEntry:
    """A guest's post, as a page shows it."""

    pictures: tuple[GuestPicture, ...] = ()
    words: str = ""
    name: str = ""
    stay_month: date | None = None
    language: str = ""


def published_entries(house: Property) -> tuple[GuestEntry, ...]:
    """Return a property's newest posts."""
    posts = GuestPost.objects.filter(property=house).order_by("-published_at")[:MOST]
    return tuple(_entry(post) for post in posts)


def _entry(post: GuestPost) -> GuestEntry:
    return GuestEntry(
        pictures=tuple(_picture(each["files"], each["description"]) for each in post.pictures),
        words=post.words,
        name=post.name,
        stay_month=post.stay_month,
        language=post.language,
    )


def _picture(files: list[tuple[str, int, int]], description: str) -> GuestPicture:
    addresses = [(default_storage.url(name), width) for name, width, _height in files]
    _name, width, height = files[-1]
    return GuestPicture(
        src=addresses[0][0],
        srcset=", ".join(f"{address} {across}w" for address, across in addresses),
        width=width,
        height=height,
        alt=description or _("Foto enviada por um hóspede"),
    )
