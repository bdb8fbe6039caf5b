"""The demo's sites on servers of their own, which are gone afterwards."""

import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import redis

from infra.guests.pages import GuestPage, published, wear
from infra.local.addresses import wait_for_pages
from infra.local.components import web
from infra.local.console import Steps
from infra.local.demo import FILES, stopped_in_the_end
from infra.local.environment import Environment
from infra.local.processes import Group, manage
from infra.local.testing import throwaway_services

NOT_FOR_GUESTS = ("wagtail*", "admin", "table_block", "django_tasks")


@dataclass(frozen=True)
class Served:
    """A running installation."""

    settings: Environment

    @property
    def pages(self) -> list[GuestPage]:
        return published(self.settings["DATABASE_OWNER_URL"])

    def url(self, page: GuestPage) -> str:
        return f"http://{page.host}:{self.settings['PORT']}{page.path}"

    def wear(self, theme: str) -> None:
        """Have all sites wear a theme, from the next request on."""
        wear(self.settings["DATABASE_OWNER_URL"], theme)
        redis.from_url(self.settings["REDIS_URL"]).flushdb()


@contextmanager
def demo_served() -> Iterator[Served]:
    """Provision the demo's sites into an empty installation, and serve them."""
    steps = Steps(4)
    with throwaway_services() as settings, tempfile.TemporaryDirectory() as log_dir:
        logs = Path(log_dir)
        settings |= {
            "DJANGO_SETTINGS_MODULE": "infra.guests.settings",
            "PORT": str(_free_port()),
        }
        with steps.step("Making the database"):
            manage("migrate", ["migrate", "--no-input", "-v0"], settings, logs)
        with steps.step("Provisioning the demo's sites"):
            manage("provision", ["provision", *FILES], settings, logs)
        with steps.step("Compressing the static files"):
            ignored = [f"--ignore={pattern}" for pattern in NOT_FOR_GUESTS]
            manage("static", ["collectstatic", "--no-input", "-v0", *ignored], settings, logs)
        with stopped_in_the_end(Group(logs)) as group:
            with steps.step("Opening the first pages"):
                wait_for_pages(settings, group.start(web(settings)))
            yield Served(settings)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
