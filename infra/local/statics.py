"""The static files as guests get them: under the name of their content, compressed beforehand."""

import hashlib
from pathlib import Path

from infra.local.checkout import ROOT, Checkout
from infra.local.environment import Environment
from infra.local.processes import manage

NOTE = "made-of"
"""The file that says of what the others were made."""


def collect(settings: Environment, checkout: Checkout) -> None:
    """Collect and compress the static files, unless those of the last time are still right."""
    note = checkout.var / "static" / NOTE
    present = fingerprint()
    if note.exists() and note.read_text() == present:
        return
    note.unlink(missing_ok=True)
    manage("static", ["collectstatic", "--no-input", "--clear", "-v0"], settings, checkout.log_dir)
    note.write_text(present)


def fingerprint() -> str:
    """Return what tells the sources' present state: our files, and which packages there are."""
    digest = hashlib.sha256((ROOT / "requirements.lock").read_bytes())
    for path in sorted(_files()):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()


def _files() -> list[Path]:
    found = ROOT.glob("[!v]*/static/**/*")  # not var/static, where they are collected
    return [path for path in found if path.is_file()]
