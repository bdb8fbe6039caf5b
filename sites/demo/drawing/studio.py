"""Chromium as a drawing table: shader in, image out."""

import base64
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from sites.demo.drawing.catalogue import Scene, glsl

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-gpu-watchdog",
    "--ignore-gpu-blocklist",
    "--use-angle=gl-egl",
)
# Mesa's software renderer on any machine: the same picture, and twice as fast as Chromium's own.
MESA = {"EGL_PLATFORM": "surfaceless", "LIBGL_ALWAYS_SOFTWARE": "1"}


@contextmanager
def studio() -> Iterator[Page]:
    """Yield a page that can draw scenes."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=ARGUMENTS, env={**os.environ, **MESA}
        )
        page = browser.new_page()
        page.set_default_timeout(0)
        page.add_script_tag(path=Path(__file__).with_name("studio.js"))
        yield page
        browser.close()


def draw(page: Page, scene: Scene, *, width: int, height: int) -> Image.Image:
    """Draw `scene` in pixels; raise Playwright's error if its shader does not compile."""
    url: str = page.evaluate(
        "job => window.draw(job)",
        {
            "scene": scene.shader,
            "finish": glsl("finish"),
            "width": width,
            "height": height,
            "tint": scene.brand.tint,
            "bloom": scene.brand.bloom,
        },
    )
    png = base64.b64decode(url.partition(",")[2])
    return Image.open(io.BytesIO(png)).convert("RGB")
