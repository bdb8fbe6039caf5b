"""Stored pages as files, which nginx and Caddy serve without asking Python (ADR 0039).

    DIR/now                         → releases/3f9c…, below which the others are (`folders`)
    …/hosts/lua.example             → ../tenants/7/current/lua.example
    …/tenants/7/current             → 18, the present version of the tenant's content
    …/tenants/7/18/lua.example/1790000/suites/index.html, .br, .gz and .zst

A page is put under the release that made it, under the version that it shows, and under slots of
time that end before it changes by the clock, so no file is ever wrong where it is: publishing
turns `current` to another version, and time to another slot. Every process of the release that is
served writes. Every process turns, forward only, and in the folders of all releases.
"""

import os
import queue
import shutil
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import structlog

from tenancy.store.filing import file_of, present_slot, slots_of
from tenancy.store.folders import Releases
from tenancy.store.links import beside, link, locked
from tenancy.store.pages import CODINGS, PLAIN, StoredPage
from tenancy.store.release import this_release
from tenancy.store.versions import Versions

log = structlog.get_logger(__name__)

SUFFIXES = {"br": ".br", "gzip": ".gz", "zstd": ".zst"}
WAITING = 500
"""Pages that may wait to be written; further ones become files when they are asked for again."""
SWEEP_PAUSE = 60.0
"""Seconds between two looks for what no server can reach any more."""


class Order(NamedTuple):
    """A page to be written."""

    host: str
    file: str
    page: StoredPage


class PageFiles:
    """The files of one machine, below `directory`, of pages at `scheme`."""

    def __init__(
        self, directory: Path, *, scheme: str, versions: Versions, release: str | None = None
    ) -> None:
        self._releases = Releases(directory, release or this_release())
        self._hosts = self._releases.own / "hosts"
        self._tenants = self._releases.own / "tenants"
        self._prefix = f"{scheme}://"
        self._versions = versions
        self._orders: queue.Queue[Order | None] = queue.Queue(WAITING)
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Turn all tenants to their present versions, and begin to write."""
        self._releases.take_up(is_first=True)
        self._versions.call(self._turn)
        for home in self._all_homes():
            turn(home, self._versions.of(int(home.name)), is_first=True)
        self._thread = threading.Thread(target=self._follow, name="page-files", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Write what waits, and end the thread."""
        if self._thread is not None:
            self._orders.put(None)
            self._thread.join()
        self._releases.let_go()

    def offer(self, origin: str, path: str, page: StoredPage) -> None:
        """Make a page a file soon, if it may be one and is none yet in this slot."""
        slot = present_slot()
        if page.filed == slot:
            return
        page.filed = slot
        if not origin.startswith(self._prefix) or (file := file_of(path, page)) is None:
            return
        try:
            self._orders.put_nowait(Order(origin.removeprefix(self._prefix), file, page))
        except queue.Full:
            page.filed = 0

    # --- the thread ---------------------------------------------------------------------------

    def _follow(self) -> None:
        next_sweep = 0.0
        while True:
            if time.monotonic() >= next_sweep:
                self._sweep_or_say()
                next_sweep = time.monotonic() + SWEEP_PAUSE
            try:
                order = self._orders.get(timeout=SWEEP_PAUSE)
            except queue.Empty:
                continue
            if order is None:
                return
            try:
                self._write(order)
            except OSError as error:
                log.warning("page_files.not_written", error=str(error))

    def _write(self, order: Order) -> None:
        page, home = order.page, self._tenants / str(order.page.tenant_id)
        slots = slots_of(page)
        is_present = page.version == self._versions.of(page.tenant_id)
        if not (slots and is_present and self._releases.is_served):
            return
        home.mkdir(exist_ok=True)
        self._turn(page.tenant_id, page.version)
        present = home / str(page.version) / order.host
        files = [present / str(slot) / order.file for slot in slots]
        for file in files:
            if not file.exists():
                file.parent.mkdir(parents=True, exist_ok=True)
                self._write_forms(file, page)
        link(self._hosts / order.host, f"../tenants/{page.tenant_id}/current/{order.host}")

    @staticmethod
    def _write_forms(file: Path, page: StoredPage) -> None:
        """Write the page as it is sent in each coding, and last, which makes it found, plain."""
        for coding in (*CODINGS, PLAIN):
            headers, body = page.form(coding)
            if coding == PLAIN or ("Content-Encoding", coding) in headers:
                put(file.with_name(file.name + SUFFIXES.get(coding, "")), body, mark_of(page))

    # --- versions -----------------------------------------------------------------------------

    def _turn(self, tenant_id: int, version: int) -> None:
        """Have servers find a tenant's files of a version, and none before it.

        In all releases: whichever is served, its own processes may be gone or deaf.
        """
        for home in self._releases.homes(tenant_id):
            turn(home, version)

    def _all_homes(self) -> list[Path]:
        return [home for each in self._releases.all() for home in numbered(each / "tenants")]

    def sweep(self) -> None:
        """Remove releases, versions and slots that are over; others may be doing the same."""
        self._releases.sweep()
        for home in self._all_homes():
            with suppress(OSError):
                sweep_tenant(home)

    def _sweep_or_say(self) -> None:
        try:
            self.sweep()
        except OSError as error:
            log.warning("page_files.not_swept", error=str(error))


def turn(home: Path, version: int, *, is_first: bool = False) -> None:
    """Turn a tenant's files in one release, by one rename.

    Forward only: another process may know more. But a process that begins knows better than what
    it finds, of whenever that is. Where it cannot be done, as on a full disk, servers find no
    files at all.
    """
    current = home / "current"
    try:
        with locked(home):
            if is_first or version > version_at(current):
                link(current, str(version))
    except OSError as error:
        log.error("page_files.not_turned", error=str(error), tenant_id=int(home.name))
        with suppress(OSError):
            current.unlink()


def sweep_tenant(home: Path) -> None:
    current, slot = version_at(home / "current"), present_slot()
    for version in numbered(home):
        if int(version.name) < current:
            shutil.rmtree(version, ignore_errors=True)
            continue
        for host in version.iterdir():
            for over in (each for each in numbered(host) if int(each.name) < slot):
                shutil.rmtree(over, ignore_errors=True)


def mark_of(page: StoredPage) -> int:
    """Return what stands for a page's content as the time at which its file was written.

    Servers make an ETag of time and size: so it is the same wherever and whenever the same page
    is written, and another as soon as the page is another, even within one second.
    """
    return int(page.etag[:7], 16) + 2


def put(file: Path, body: bytes, mark: int) -> None:
    """Write a file whole, or not at all."""
    new = beside(file)
    new.write_bytes(body)
    os.utime(new, (mark, mark))
    new.replace(file)


def version_at(current: Path) -> int:
    """Return the version to which a tenant's files are turned; -1 before the first."""
    try:
        return int(current.readlink().name)
    except FileNotFoundError:
        return -1


def numbered(folder: Path) -> list[Path]:
    return [each for each in folder.iterdir() if each.name.isdecimal()]
