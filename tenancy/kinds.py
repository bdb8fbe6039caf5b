"""As what a file is handed over, by its ending: never by what whoever sent it said."""

from pathlib import PurePath

PICTURES = {
    "avif": "image/avif",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}
"""What a browser may show by itself; all else is to be saved."""
PLAYED = {"mp4": "video/mp4", "vtt": "text/vtt; charset=utf-8", "webm": "video/webm"}
"""What a player in a page asks for."""
ANY = "application/octet-stream"


def kind_of(name: str) -> str:
    """Return the media type of a file with that name."""
    return (PICTURES | PLAYED).get(ending_of(name), ANY)


def is_picture(name: str) -> bool:
    """Say whether a file may be shown, not only saved."""
    return ending_of(name) in PICTURES


def ending_of(name: str) -> str:
    """Return what follows a name's last dot, in small letters."""
    return PurePath(name).suffix.lower().removeprefix(".")


YEAR = 31_536_000


def keeping_of(*, is_public: bool) -> str:
    """Return who may keep a file on the way, as `Cache-Control` says it."""
    return f"public, max-age={YEAR}, immutable" if is_public else "private, no-store"
