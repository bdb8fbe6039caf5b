"""Pictures small enough for a first visit on a phone."""

import io
from pathlib import Path

from PIL import Image

BUDGET = 195_000  # bytes a picture: fifteen stay under 3 MB
QUALITIES = range(60, 93)


def encoded(picture: Image.Image, quality: int) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=quality, progressive=True, optimize=True)
    return buffer.getvalue()


def save_within_budget(picture: Image.Image, path: Path) -> None:
    """Write a progressive JPEG of the best quality that `BUDGET` allows."""
    low, high = QUALITIES.start, QUALITIES.stop - 1
    while low < high:
        middle = (low + high + 1) // 2
        if len(encoded(picture, middle)) <= BUDGET:
            low = middle
        else:
            high = middle - 1
    path.write_bytes(encoded(picture, low))
