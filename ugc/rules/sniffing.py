"""What a file is, by its first bytes: enough to say at once what is wrong, nothing is decoded."""

from ugc.enums import Problem

HEAD = 4096
"""Bytes that are looked at."""
MOST_BYTES = 10 * 1024**2

JPEG = b"\xff\xd8\xff"
PNG = b"\x89PNG\r\n\x1a\n"
GIFS = (b"GIF87a", b"GIF89a")
HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif")
WEBP_ANIMATION = 0x02


def problem_of(head: bytes, size: int) -> Problem | None:
    """Return what is wrong with a file of that size which begins so; None if it may be a photo."""
    if size > MOST_BYTES:
        return Problem.HEAVY
    if head.startswith(JPEG):
        return None
    if head.startswith(PNG):
        return Problem.ANIMATED if b"acTL" in head[:HEAD].partition(b"IDAT")[0] else None
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Problem.ANIMATED if _is_moving(head) else None
    return _foreign(head)


def _is_moving(head: bytes) -> bool:
    return head[12:16] == b"VP8X" and len(head) > 20 and bool(head[20] & WEBP_ANIMATION)


def _foreign(head: bytes) -> Problem:
    if head[4:8] == b"ftyp" and head[8:12] in HEIC_BRANDS:
        return Problem.HEIC
    if head.startswith(GIFS):
        return Problem.ANIMATED
    text = head[:HEAD].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith((b"<svg", b"<?xml", b"<!doctype svg")) and b"<svg" in text:
        return Problem.SVG
    return Problem.UNKNOWN
