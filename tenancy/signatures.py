"""Signed addresses of private files that we serve ourselves; those of a bucket behave the same.

An address is good for one method, one file of one tenant, until an instant. The whole query is
compared with the one that we would have written: a character more or less, and it is another.
"""

from urllib.parse import urlencode

from django.utils.crypto import constant_time_compare, salted_hmac

from tenancy.context import require_tenant_id

SALT = "tenancy.signatures"


def query_of(name: str, expires: int, method: str = "GET") -> str:
    """Return the query that opens the tenant's file until `expires`, in seconds since 1970."""
    said = f"{method}\n{require_tenant_id()}\n{expires}\n{name}"
    signature = salted_hmac(SALT, said, algorithm="sha256").hexdigest()
    return urlencode({"expires": expires, "signature": signature})


def opens(name: str, query: str, *, method: str, at: float) -> bool:
    """Say whether a query opens the tenant's file to a method at an instant."""
    digits = query.removeprefix("expires=").partition("&")[0]
    if not (digits.isascii() and digits.isdigit() and len(digits) <= len(str(2**63))):
        return False
    expires = int(digits)
    is_ours = constant_time_compare(query, query_of(name, expires, method))
    return is_ours and at <= expires
