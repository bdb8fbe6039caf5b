"""Packages that only a benchmark uses: installed where its files are, and gone with them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

WAGTAIL_CACHE = "wagtail-cache==3.0.0"


def installed(requirement: str) -> Path | None:
    """Return a folder with that one package; None where it cannot be had.

    wagtail-cache asks for an older Wagtail, and runs with ours: it comes without what it asks for.
    """
    folder = Path(os.environ["VAR_DIR"]) / "packages"
    command = [*installer(), "--no-deps", "--target", str(folder), requirement]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 (ours)
    if answer.returncode:
        sys.stderr.write(f"{requirement} cannot be installed: {answer.stderr.strip()[-500:]}\n")
        return None
    return folder


def installer() -> list[str]:
    if uv := shutil.which("uv"):
        return [uv, "pip", "install", "--quiet", "--python", sys.executable]
    return [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
