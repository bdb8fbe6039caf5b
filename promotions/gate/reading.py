"""What a guest shows at the gate: a code, or what a QR code holds of one."""

from urllib.parse import parse_qs, urlsplit

LONGEST = 600
"""Of what is typed or read: addresses are longer than codes."""


def code_in(text: str) -> str:
    """Return the code in what was typed or read: itself, or that of an address (`?code=…`)."""
    text = text.strip()
    if "://" not in text:
        return text
    named = parse_qs(urlsplit(text).query).get("code", [""])
    return named[-1]
