"""Where things lie: the checkout, what it writes, and its sockets."""

import hashlib
import os
import secrets
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from infra.local.console import Problem

ROOT = Path(__file__).resolve().parents[2]

LONGEST_SOCKET_PATH = 103
"""Bytes that macOS allows for a Unix socket (Linux: 107)."""
LONGEST_SOCKET_NAME = ".s.PGSQL.5432"


@dataclass(frozen=True)
class Checkout:
    """A copy of the repository and the directory that it writes to."""

    var: Path
    root: Path = ROOT

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Checkout":
        return cls(var=(ROOT / (environ.get("VAR_DIR") or "var")).resolve())

    @property
    def key(self) -> str:
        """A short name for the directory written to, for use outside it."""
        return hashlib.sha256(os.fsencode(self.var)).hexdigest()[:12]

    @property
    def log_dir(self) -> Path:
        return make_directory(self.var / "log")

    @property
    def run_dir(self) -> Path:
        """Directory for sockets and locks that nobody else may enter, with a short path."""
        inside = self.var / "run"
        if is_socket_path_short(inside):
            return make_private_directory(inside)
        return make_private_directory(
            Path(tempfile.gettempdir()) / f"alcova-{os.geteuid()}-{self.key}"
        )

    def secret_key(self) -> str:
        """Return the key of this installation, made at the first call."""
        path = make_directory(self.var) / "secret-key"
        if not path.exists():
            # Whole or not at all, even on a full disk; who comes second takes the first one's.
            with tempfile.NamedTemporaryFile("w", dir=self.var) as unfinished:
                unfinished.write(secrets.token_urlsafe(64))
                unfinished.flush()
                with suppress(FileExistsError):
                    os.link(unfinished.name, path)
        return path.read_text()


def is_socket_path_short(directory: Path) -> bool:
    """Return whether sockets in this directory have a path that every system allows."""
    return len(os.fsencode(directory / LONGEST_SOCKET_NAME)) <= LONGEST_SOCKET_PATH


def make_directory(path: Path, mode: int = 0o755) -> Path:
    try:
        path.mkdir(mode=mode, parents=True, exist_ok=True)
    except OSError as error:
        raise Problem(f"Cannot make the directory {path}: {error.strerror}.") from error
    return path


def make_private_directory(path: Path) -> Path:
    """Make a directory of mode 700; refuse one that somebody else has put there."""
    make_directory(path, 0o700)
    status = path.lstat()
    if status.st_uid != os.geteuid() or not path.is_dir() or path.is_symlink():
        raise Problem(f"{path} belongs to somebody else; remove it.")
    path.chmod(0o700)
    return path
