"""Which release of the project this process runs: what else makes a page's HTML than content.

A digest of the code, the templates and the catalogues, of which packages there are, and of the
names under which static files are served. So nobody has to name a release, the same one is the
same on each machine, and a developer's change is another one.
"""

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
FORM = b"3"
"""Of how releases and what is kept of a page are written."""
NOT_IN_PAGES = (".jpg", ".po", ".pyc")
SERVED_BY_NAME = {"static", "__pycache__"}
"""Folders whose files pages do not contain: the manifest knows the names of static ones."""


@cache
def this_release() -> str:
    """Return this process's release; asked as it starts, before anybody can replace its files."""
    tops = {name.partition(".")[0] for name in settings.INSTALLED_APPS} | {"config", "locale"}
    folders = [ROOT / top for top in sorted(tops)]
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    return release_of(folders, manifest, packages(sys.path))


def release_of(folders: Iterable[Path], manifest: Path, installed: Iterable[str]) -> str:
    """Return the digest of all that is below folders, of a manifest if it is there, and names."""
    digest = hashlib.sha256(FORM)
    for folder in folders:
        for file in files_below(folder):
            _add(digest, str(file.relative_to(folder.parent)).encode(), file.read_bytes())
    _add(digest, *sorted(name.encode() for name in installed))
    _add(digest, manifest.read_bytes() if manifest.exists() else b"")
    return digest.hexdigest()[:16]


def files_below(folder: Path) -> Iterator[Path]:
    """Yield the files of which pages may be made, in the same order everywhere."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(set(folders) - SERVED_BY_NAME)
        for name in sorted(names):
            if not name.startswith(".") and not name.endswith(NOT_IN_PAGES):
                yield Path(place, name)


def packages(paths: Iterable[str]) -> set[str]:
    """Return the installed packages that are found there, each with its version in its name."""
    return {each.name for path in paths for each in Path(path).glob("*.dist-info")}


def _add(digest: "hashlib._Hash", *parts: bytes) -> None:
    """Add parts so that no other parts make the same."""
    for part in parts:
        digest.update(b"%d:" % len(part) + part)
