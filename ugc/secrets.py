"""Secrets of links: whoever has one may do what the link is for; only a digest is kept."""

import hashlib
import secrets


def draw() -> str:
    """Return a new secret, fit for an address."""
    return secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """Return by what a link is known."""
    return hashlib.sha256(secret.encode()).hexdigest()
