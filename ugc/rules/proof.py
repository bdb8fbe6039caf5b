"""Proof of work: a browser shows that it has taken trouble, without telling who it is.

It looks for a number with which the challenge's SHA-256 begins with enough zero bits. That takes
a browser a second, and the server nothing.
"""

import hashlib

BITS = 15
LONGEST = 20


def is_proof(challenge: str, answer: str, bits: int = BITS) -> bool:
    """Say whether the answer, a number, proves the work for this challenge."""
    if not answer.isascii() or not answer.isdigit() or len(answer) > LONGEST:
        return False
    digest = hashlib.sha256(f"{challenge}:{answer}".encode()).digest()
    return int.from_bytes(digest, "big") >> (256 - bits) == 0
