"""Which other sites' videos may be played on a page, and at what address."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Provider:
    """A site that plays videos in a frame."""

    name: str
    origin: str
    addresses: re.Pattern[str]
    frame: str


@dataclass(frozen=True)
class Embed:
    """A video of a provider's, and the address of its frame."""

    provider: str
    src: str


PROVIDERS = (
    Provider(
        "YouTube",
        "https://www.youtube-nocookie.com",
        re.compile(
            r"https://(?:(?:www\.|m\.)?youtube(?:-nocookie)?\.com/(?:watch\?(?:[^#]*&)?v=|shorts/|"
            r"live/|embed/)|youtu\.be/)(?P<key>[\w-]{11})(?![\w-])"
        ),
        "/embed/{key}?autoplay=1&rel=0",
    ),
    Provider(
        "Vimeo",
        "https://player.vimeo.com",
        re.compile(
            r"https://(?:www\.|player\.)?vimeo\.com/(?:video/)?(?P<key>\d{6,12})(?![\d\w])"
            r"(?:/(?P<secret>[0-9a-f]{6,20}))?"
        ),
        "/video/{key}?dnt=1&autoplay=1",
    ),
)
"""The allow-list. The guests' policy names these origins, and no others."""

ORIGINS = tuple(provider.origin for provider in PROVIDERS)


def embed_of(url: str) -> Embed | None:
    """Return the video at an address, or None if no provider of ours has it."""
    for provider in PROVIDERS:
        if found := provider.addresses.match(url):
            src = provider.origin + provider.frame.format(key=found["key"])
            secret = found.groupdict().get("secret")
            return Embed(provider.name, f"{src}&h={secret}" if secret else src)
    return None


def provider_names() -> str:
    """Return the providers' names, for people."""
    return ", ".join(provider.name for provider in PROVIDERS)
