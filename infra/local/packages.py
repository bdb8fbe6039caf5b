"""Programs that some tests need and no Python package carries: a browser and a pooler."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from infra.local.console import complain, say


class Package(NamedTuple):
    """A Debian package, by the same name as its program."""

    name: str
    tests: str
    companions: tuple[str, ...] = ()
    """Other packages that it is of little use without."""


PACKAGES = (
    Package("chromium", "the journeys in a browser", ("fonts-liberation",)),
    Package("pgbouncer", "the database behind a pooler"),
    Package("nginx", "pages as files behind nginx", ("libnginx-mod-http-brotli-static",)),
    Package("caddy", "pages as files behind Caddy"),
)
SERVICES = ("pgbouncer", "nginx", "caddy")
INSTALL_TIMEOUT = 900.0
SYSTEMD = Path("/run/systemd/system")
"""Exists where systemd runs; elsewhere, as in containers, systemctl only complains."""


def install_what_tests_need() -> None:
    """Install what is missing, where that is possible, and say loudly where it is not."""
    missing = [package for package in PACKAGES if not is_there(package)]
    if missing and may_install():
        install(missing)
    for package in missing:
        if not is_there(package):
            complain(
                f"!!! {package.name} is not here and cannot be installed: "
                f"{package.tests} will NOT be tested. !!!"
            )


def is_there(package: Package) -> bool:
    return shutil.which(package.name, path=f"{os.environ.get('PATH', '')}:/usr/sbin") is not None


def may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(packages: Sequence[Package]) -> None:
    say(f"Installing {' and '.join(package.name for package in packages)} …")
    names = [name for package in packages for name in (package.name, *package.companions)]
    environ = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    run_quietly(["apt-get", "update", "-qq"], environ)
    run_quietly(["apt-get", "install", "-qq", "--yes", "--no-install-recommends", *names], environ)
    if SYSTEMD.is_dir():
        # The packages have started services; the tests start their own.
        started = [package.name for package in packages if package.name in SERVICES]
        run_quietly(["systemctl", "disable", "--now", "--quiet", *started], environ)


def run_quietly(command: Sequence[str], environ: dict[str, str]) -> None:
    """Run a command that may fail: whether it was of use is seen afterwards."""
    try:
        done = subprocess.run(
            command,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=INSTALL_TIMEOUT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        complain(f"{' '.join(command)}: given up after {INSTALL_TIMEOUT:.0f} s")
        return
    if done.returncode != 0:
        complain(done.stdout.strip()[-2000:])
