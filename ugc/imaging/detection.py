"""Faces and licence plates, by the cascades that OpenCV's package brings along.

For the process of `ugc.imaging.child` alone: it is slow to import, and looks at strangers' bytes.
They miss faces that are turned, dark or small, and see some where none are (docs/adr/0052): that
is why a moderator looks at each picture before it is published.
"""

from pathlib import Path

import cv2
import cv2.data
import numpy as np
from PIL import Image

NAME = f"opencv {cv2.__version__} haar"
FACES = ("haarcascade_frontalface_default.xml", "haarcascade_frontalface_alt2.xml")
PROFILE = "haarcascade_profileface.xml"
PLATES = ("haarcascade_russian_plate_number.xml", "haarcascade_license_plate_rus_16stages.xml")
LOOKED_AT = 1280
"""Pixels on the longer side in which is looked."""
LEAST = 1 / 40
"""Of the longer side: what is smaller nobody recognises."""
MOST = 60

Box = tuple[int, int, int, int]

cv2.setNumThreads(1)


def detect(image: Image.Image) -> list[Box]:
    """Return left, top, width and height of what may be a face or a plate, in pixels."""
    small = image.copy()
    small.thumbnail((LOOKED_AT, LOOKED_AT))
    grey = cv2.equalizeHist(np.asarray(small.convert("L")))
    least = max(20, int(max(small.size) * LEAST))
    boxes = [box for name in (*FACES, PROFILE) for box in _seen(name, grey, least)]
    boxes += [
        (grey.shape[1] - left - width, top, width, height)
        for left, top, width, height in _seen(PROFILE, cv2.flip(grey, 1), least)
    ]
    boxes += [box for name in PLATES for box in _seen(name, grey, least)]
    scale = image.width / small.width
    apart = _without_doubles(boxes)[:MOST]
    return [_scaled(box, scale) for box in apart]


def _scaled(box: Box, scale: float) -> Box:
    left, top, width, height = box
    return int(left * scale), int(top * scale), round(width * scale), round(height * scale)


def _seen(name: str, grey: np.ndarray, least: int) -> list[Box]:
    cascade = cv2.CascadeClassifier(str(Path(cv2.data.haarcascades) / name))
    size = (least, least // 3 if name in PLATES else least)
    found = cascade.detectMultiScale(grey, scaleFactor=1.1, minNeighbors=4, minSize=size)
    return [tuple(int(part) for part in box) for box in found]  # type: ignore[misc]  # four of them


def _without_doubles(boxes: list[Box]) -> list[Box]:
    """Return the boxes, largest first, without those that lie in a larger one."""
    kept: list[Box] = []
    for box in sorted(boxes, key=lambda each: each[2] * each[3], reverse=True):
        if not any(_covers(larger, box) for larger in kept):
            kept.append(box)
    return kept


def _covers(larger: Box, box: Box) -> bool:
    across = min(larger[0] + larger[2], box[0] + box[2]) - max(larger[0], box[0])
    down = min(larger[1] + larger[3], box[1] + box[3]) - max(larger[1], box[1])
    return across > 0 and down > 0 and across * down >= 0.8 * box[2] * box[3]
