"""Secrets of links: whoever has one may do what the link is for; only a digest is kept."""

import hashlib
import secrets
from base64 import urlsafe_b64encode

from django.utils.crypto import salted_hmac


def draw() -> str:
    """Return a new secret, fit for an address."""
    return secrets.token_urlsafe(32)


def drawn_from(seed: str, what: str) -> str:
    """Return a secret that nobody can tell without our key, each time the same for a seed."""
    digest = salted_hmac(f"ugc.secrets:{what}", seed, algorithm="sha256").digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")


def digest_of(secret: str) -> str:
    """Return by what a link is known."""
    return hashlib.sha256(secret.encode()).hexdigest()
