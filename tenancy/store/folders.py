"""Which release's files servers find, while two releases may be running (ADR 0049).

    DIR/now                 → releases/3f9c…, the release that is served
    DIR/releases/3f9c…      the files of one release, held by each of its living processes

The first process of a release turns `now` to it. One that is started again, as of an older release
while a newer one takes its place, turns nothing back; but once no process of the release that is
served lives, those that do turn to theirs.
"""

import os
import shutil
import time
from contextlib import suppress
from pathlib import Path

import structlog

from tenancy.store.links import hold, is_held, link, locked

log = structlog.get_logger(__name__)

KEPT = 3600.0
"""Seconds for which a release that nobody runs or serves keeps its folder: one that is only
restarted is not taken for a new one."""
GONE = ".gone"


class Releases:
    """The folders of all releases below `directory`, as a process of release `name` has them."""

    def __init__(self, directory: Path, name: str) -> None:
        self._now = directory / "now"
        self._folder = directory / "releases"
        self.own = self._folder / name
        self._held: int | None = None

    def take_up(self, *, is_first: bool = False) -> None:
        """Be alive; and be served if this is a new release, or if none that lives is served."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with locked(self._folder):
            is_new = is_first and not self.own.exists()
            for name in ("hosts", "tenants"):
                (self.own / name).mkdir(parents=True, exist_ok=True)
            self._hold()
            served = self._served()
            if is_new or served is None or not is_held(served):
                self._turn(served)

    def let_go(self) -> None:
        """Be alive no more."""
        if self._held is not None:
            os.close(self._held)
            self._held = None

    @property
    def is_served(self) -> bool:
        return self._served() == self.own

    def all(self) -> list[Path]:
        """Return the folders of all releases: what changes is to change in each of them."""
        return [each for each in self._folder.iterdir() if not each.name.startswith(".")]

    def homes(self, tenant_id: int) -> list[Path]:
        """Return a tenant's folders, of all releases that have one."""
        homes = (each / "tenants" / str(tenant_id) for each in self.all())
        return [home for home in homes if home.is_dir()]

    def sweep(self) -> None:
        """Remove the releases that are over, and turn away from one that has just ended."""
        self.take_up()
        with locked(self._folder):
            for each in self.all():
                if self._is_over(each):
                    each.rename(self._folder / f"{GONE}.{each.name}.{os.getpid()}")
        for gone in self._folder.glob(f"{GONE}.*"):
            shutil.rmtree(gone, ignore_errors=True)

    # --- under the lock -----------------------------------------------------------------------

    def _hold(self) -> None:
        """Hold the folder, another one after somebody has emptied `directory`."""
        if self._held is None or os.fstat(self._held).st_ino != self.own.stat().st_ino:
            self.let_go()
            self._held = hold(self.own)

    def _served(self) -> Path | None:
        try:
            return self._folder / self._now.readlink().name
        except FileNotFoundError:
            return None

    def _turn(self, served: Path | None) -> None:
        """Have servers look here; where that cannot be done, nowhere."""
        try:
            link(self._now, f"{self._folder.name}/{self.own.name}")
        except OSError as error:
            log.error("page_files.release_not_turned", error=str(error))
            with suppress(OSError):
                self._now.unlink()
        if served is not None:
            with suppress(OSError):
                os.utime(served, (time.time(), time.time()))

    def _is_over(self, release: Path) -> bool:
        if release in (self.own, self._served()) or is_held(release):
            return False
        return time.time() - release.stat().st_mtime > KEPT
