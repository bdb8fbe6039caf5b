"""An installation in the throwaway servers that `./run bench` has started."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "sites" / "demo"
SAMPLES = (ROOT / "tests" / "files" / "lua.toml", ROOT / "tests" / "files" / "sol.toml")
"""The same companies with the least of everything."""

BEGAN = time.monotonic()


def demo_in(folder: Path) -> list[Path]:
    """Return the demo's files, copied; with small pictures, which are the same to a page."""
    (folder / "pictures").mkdir()
    for path in sorted((DEMO / "pictures").glob("*.jpg")):
        with Image.open(path) as picture:
            picture.thumbnail((320, 320))
            picture.save(folder / "pictures" / path.name)
    return [Path(shutil.copy(DEMO / name, folder)) for name in ("lua.toml", "sol.toml")]


def install(companies: Iterable[Path]) -> None:
    """Migrate, be a process that may provision, and provision the companies."""
    (Path(os.environ["VAR_DIR"]) / "static").mkdir(exist_ok=True)
    manage("migrate", "-v0")
    note("Migrated.")
    os.environ["DATABASE_ROLE"] = "ops"
    import django  # noqa: PLC0415 (the role comes first)

    django.setup()
    from sites.provisioning import apply, platform, reader  # noqa: PLC0415 (after setup)

    platform.ensure_platform()
    for path in companies:
        apply.provision(reader.read(path))
        note(f"Provisioned {path.stem}.")


def note(what: str) -> None:
    """Say how far the benchmark is."""
    sys.stderr.write(f"{time.monotonic() - BEGAN:5.0f} s  {what}\n")


def manage(*words: str, **environ: str) -> None:
    command = [sys.executable, "manage.py", *words]
    subprocess.run(command, cwd=ROOT, env=os.environ | environ, check=True)  # noqa: S603 (ours)


def serving_environment(**environ: str) -> dict[str, str]:
    """Return the environment of a process that serves guests."""
    return {**os.environ, "DATABASE_ROLE": "app", **environ}
