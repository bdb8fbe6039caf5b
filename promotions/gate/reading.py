"""What a guest shows at the gate: a code, or what a QR code holds of one."""

from urllib.parse import parse_qs, urlsplit

from promotions.rules import tokens

LONGEST = 600
"""Of what is typed or read: addresses and signed codes are longer than codes."""


def code_in(text: str) -> str:
    """Return the code in what was typed or read: itself, or that of an address or a token."""
    text = text.strip()
    if tokens.is_token(text):
        return _signed(text)
    if "://" not in text:
        return text
    try:
        named = parse_qs(urlsplit(text).query).get("code", [""])
    except ValueError:  # no address, after all
        return text
    return named[-1]


def _signed(text: str) -> str:
    """Return the code of a token. With a network the database says whether it holds."""
    try:
        token, _message, _signature = tokens.read(text)
    except ValueError:
        return text
    return token.code
