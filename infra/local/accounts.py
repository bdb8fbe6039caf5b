"""Who PostgreSQL runs as: it refuses to run as root, and containers often have nobody else."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from infra.local.checkout import Checkout, is_socket_path_short, make_directory

USER_NAMESPACE = ("unshare", "--user", "--map-user=1000", "--map-group=1000")
OUTSIDE = Path("/var/tmp")  # noqa: S108 (what is made there belongs to root)


@dataclass(frozen=True)
class Account:
    """Either a command that changes the account, or the account to change to, or neither."""

    prefix: tuple[str, ...] = ()
    uid: int | None = None
    gid: int | None = None

    def run(self, command: Sequence[str]) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [*self.prefix, *command],
            user=self.uid,
            group=self.gid,
            extra_groups=None if self.uid is None else [],
            capture_output=True,
            text=True,
            cwd="/",
            check=False,
        )

    def home(self, checkout: Checkout) -> Path:
        """Return the directory for a cluster: the checkout's own, if the account may enter it."""
        if self.uid is None:
            return checkout.var
        if is_open_to_all(checkout.var) and is_socket_path_short(checkout.var / "socket"):
            return checkout.var
        return make_directory(OUTSIDE / f"alcova-{checkout.key}")

    def own(self, directory: Path) -> Path:
        """Make a directory that this account alone may enter."""
        make_directory(directory, 0o700)
        if self.uid is not None and self.gid is not None:
            os.chown(directory, self.uid, self.gid)
        return directory


def postgres_account() -> Account:
    """Return the present account; for root a user namespace, or else `nobody`."""
    if os.geteuid() != 0:
        return Account()
    if shutil.which("unshare") and _may_make_namespaces():
        return Account(prefix=USER_NAMESPACE)
    return nobody()


def nobody() -> Account:
    entry = pwd.getpwnam("nobody")
    return Account(uid=entry.pw_uid, gid=entry.pw_gid)


def is_open_to_all(directory: Path) -> bool:
    return all(path.stat().st_mode & 0o001 for path in (directory, *directory.parents))


def _may_make_namespaces() -> bool:
    command = [*USER_NAMESPACE, "true"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
