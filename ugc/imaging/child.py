"""The process in which a stranger's picture is opened: one job, then it ends.

It is started as a file by `ugc.imaging.process`, with an empty environment: no settings, no
database, no keys. It limits itself before it reads anything. A job is a line of JSON and bytes on
its standard input; its answer, the same on its standard output.
"""

import io
import json
import resource
import sys
from typing import Any

CPU_SECONDS = 20
MEMORY = 1536 * 1024**2
FILES = 64


def limit() -> None:
    """Bound time, memory and files, for good; nothing can be written to a disk, nor dumped."""
    for what, most in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, FILES),
    ):
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    limit()

from PIL import Image, ImageFilter, ImageOps  # noqa: E402 (not before the limits)

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 50_000_000
KEPT_SIDE = 2048
"""Pixels on the longer side of what is kept: no page shows more."""
WIDTHS = (480, 1200)
MARGIN = 0.15
CELLS = 6
"""Of a region no more is left than so many spots of colour on its longer side, run together."""


class Refused(Exception):
    """The picture is not fit; the text is a value of `ugc.enums.Problem`."""


def opened(content: bytes) -> Image.Image:
    """Return the picture, upright, in colours of its own, with nothing beside its pixels."""
    with Image.open(io.BytesIO(content), formats=FORMATS) as image:
        if image.width * image.height > MOST_PIXELS:
            raise Refused("large")
        if getattr(image, "is_animated", False) and image.format != "MPO":
            raise Refused("animated")
        image.draft("RGB", (KEPT_SIDE, KEPT_SIDE))
        image.thumbnail((KEPT_SIDE, KEPT_SIDE))
        upright = ImageOps.exif_transpose(image)
    plain = Image.new("RGB", upright.size, "white")
    layer = upright.convert("RGBA")
    plain.paste(layer, mask=layer.getchannel("A"))
    return plain


def encoded(image: Image.Image, quality: int) -> bytes:
    target = io.BytesIO()
    image.save(target, "WEBP", quality=quality, method=4)
    return target.getvalue()


def take(job: dict[str, Any], content: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """Read what was sent: the picture drawn anew, and where faces and plates are in it."""
    image = opened(content)
    regions, detector = found_in(image)
    answer = {
        "width": image.width,
        "height": image.height,
        "regions": regions,
        "detector": detector,
    }
    return answer, [encoded(image, 90)]


def found_in(image: Image.Image) -> tuple[list[list[int]], str]:
    """Return faces and plates, in parts of a thousand, and who looked; "" if nobody can."""
    try:
        import detection  # type: ignore[import-not-found]  # noqa: PLC0415 (a file beside this one)
    except ImportError:
        return [], ""
    boxes = detection.detect(image)
    return [_per_mille(box, image) for box in boxes], detection.NAME


def blur(job: dict[str, Any], content: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """Draw what may be shown: each region blurred beyond recognition, in all widths."""
    image = opened(content)
    for region in job["regions"]:
        _blur(image, region)
    sizes, made = [], []
    for width in WIDTHS:
        scaled = image.copy()
        scaled.thumbnail((width, 4 * width))
        sizes.append([scaled.width, scaled.height])
        made.append(encoded(scaled, 80))
    return {"sizes": sizes}, made


def _blur(image: Image.Image, region: list[int]) -> None:
    left, top, width, height = (
        part * (image.height if number % 2 else image.width) / 1000
        for number, part in enumerate(region)
    )
    across, down = width * MARGIN, height * MARGIN
    box = (
        max(0, int(left - across)),
        max(0, int(top - down)),
        min(image.width, round(left + width + across) + 1),
        min(image.height, round(top + height + down) + 1),
    )
    part = image.crop(box)
    scale = CELLS / max(part.size)
    few = part.resize([max(1, round(side * scale)) for side in part.size], Image.Resampling.BOX)
    soft = few.resize(part.size, Image.Resampling.BICUBIC)
    image.paste(soft.filter(ImageFilter.GaussianBlur(max(part.size) / CELLS / 2)), box)


def _per_mille(box: tuple[int, int, int, int], image: Image.Image) -> list[int]:
    left, top, width, height = box
    across, down = 1000 / image.width, 1000 / image.height
    return [int(left * across), int(top * down), round(width * across), round(height * down)]


JOBS = {"take": take, "blur": blur}


def main() -> None:
    """Do the one job that is on the standard input."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS * 2
    head, _newline, content = sys.stdin.buffer.read().partition(b"\n")
    job = json.loads(head)
    try:
        answer, made = JOBS[job["do"]](job, content)
    except Refused as refused:
        answer, made = {"problem": str(refused)}, []
    except Image.DecompressionBombError:
        answer, made = {"problem": "large"}, []
    except MemoryError:
        answer, made = {"problem": "busy"}, []
    except Exception:  # noqa: BLE001 (decoders raise anything on bytes that are not what they say)
        answer, made = {"problem": "damaged"}, []
    answer["lengths"] = [len(each) for each in made]
    out = sys.stdout.buffer
    out.write(json.dumps(answer).encode() + b"\n" + b"".join(made))
    out.flush()


if __name__ == "__main__":
    main()
