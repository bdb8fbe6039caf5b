"""`./run demo`: the whole platform on this machine, with two companies in it."""

import os
import shutil
import signal
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress

from infra.local.addresses import overview, wait_for_pages
from infra.local.checkout import ROOT, Checkout
from infra.local.components import google, ops, scheduler, web, worker
from infra.local.console import STOP_SIGNALS, Problem, Steps, complain, say
from infra.local.environment import Environment, embedded, read_environment
from infra.local.environment import running as all_running
from infra.local.given import check_answers
from infra.local.locks import is_locked, lock_exclusively
from infra.local.processes import Group, manage, run
from infra.local.schema import MIGRATIONS, PROVISIONING, is_done, note_done
from infra.local.server import Server
from infra.local.statics import collect

FILES = ("sites/demo/lua.toml", "sites/demo/sol.toml")
GOOGLE = {"GOOGLE_CLIENT_ID": "fake-client", "GOOGLE_CLIENT_SECRET": "fake-client-secret"}
"""The demo's own Google: in the place of the real one, unless somebody has a client of that."""
NEEDED_SPACE = 200_000_000
"""Bytes for the database, pictures and logs."""
FULL = 1_000_000
"""Bytes that are as good as none."""
WATCH_INTERVAL = 1.0


def run_demo() -> int:
    """Bring everything up, show where it is, and keep it up until Ctrl-C."""
    settings = read_environment(os.environ, ROOT / ".env") | {"ALCOVA_DEMO": "1"}
    # Where containers set it, each of the processes would compile the project anew.
    settings.pop("PYTHONDONTWRITEBYTECODE", None)
    try:
        with explained_by_full_disk(Checkout.from_environment(settings)):
            _serve(settings)
    except KeyboardInterrupt:
        say("Stopped.")
    return 0


def _serve(settings: Environment) -> None:
    checkout = Checkout.from_environment(settings)
    has_google = "GOOGLE_CLIENT_ID" not in settings
    if has_google:
        settings |= {**GOOGLE, "GOOGLE_BASE_URL": f"http://127.0.0.1:{free_port()}"}
    steps = Steps(8)
    with ExitStack() as running:
        with steps.step("Checking port and disk"):
            running.enter_context(only_one(checkout))
            check_port(int(settings["PORT"]))
            check_space(checkout)
        with steps.step("Starting PostgreSQL and Valkey"):
            servers = embedded(settings)
            settings |= running.enter_context(all_running(servers))
            check_answers(settings)
        group = running.enter_context(stopped_in_the_end(Group(checkout.log_dir)))
        with steps.step("Compressing the static files"):
            collect(settings, checkout)
        with steps.step("Bringing the database up to date, while the web server loads"):
            server = group.start(web(settings))
            migrate(settings, checkout)
        with steps.step("Provisioning the demo's sites"):
            provision(settings, checkout)
        with steps.step("Connecting them to a Google of the demo's own"):
            if has_google:
                group.start(google(settings))
                run("connect", ["-m", "tests.fakes.google.consenting"], settings, checkout.log_dir)
        with steps.step("Opening the first pages"):
            wait_for_pages(settings, server)
        with steps.step("Starting workers and scheduler"):
            for component in (worker, ops, scheduler):
                group.start(component(settings))
        say(overview(settings))
        while True:
            time.sleep(WATCH_INTERVAL)
            revive(servers)
            group.revive()


def revive(servers: Sequence[Server]) -> None:
    """Bring servers back whose guards were killed; what does not come is tried again."""
    for server in servers:
        try:
            server.revive()
        except Problem as problem:
            complain(str(problem))


@contextmanager
def only_one(checkout: Checkout) -> Iterator[None]:
    """Refuse a second demo over the same data."""
    path = checkout.run_dir / "demo.lock"
    if is_locked(path):
        raise Problem("The demo already runs in this checkout: stop that one first, with Ctrl-C.")
    lock = lock_exclusively(path)
    try:
        yield
    finally:
        os.close(lock)


def check_port(port: int) -> None:
    """Refuse a port that answers, or that may not be opened."""
    taken = f"Port {port} is taken: choose another, PORT={port + 1} ./run demo"
    for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        with suppress(OSError), socket.socket(family) as client:
            client.settimeout(1.0)
            if client.connect_ex((host, port)) == 0:
                raise Problem(taken)
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            server.bind(("127.0.0.1", port))
        except PermissionError as error:
            raise Problem(f"Port {port} needs special rights: PORT=8000 ./run demo") from error
        except OSError as error:
            raise Problem(taken) from error


def free_port() -> int:
    """Return a port that nobody uses now."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        port: int = server.getsockname()[1]
    return port


def check_space(checkout: Checkout) -> None:
    free = shutil.disk_usage(checkout.log_dir).free
    if free < NEEDED_SPACE:
        raise Problem(
            f"The disk of {checkout.var} has {free // 1_000_000} MB left, "
            f"but the demo needs {NEEDED_SPACE // 1_000_000} MB."
        )


@contextmanager
def explained_by_full_disk(checkout: Checkout) -> Iterator[None]:
    """Name the full disk as what is wrong, rather than whatever failed because of it."""
    try:
        yield
    except Problem as problem:
        if shutil.disk_usage(checkout.var).free > FULL:
            raise
        raise Problem(f"The disk of {checkout.var} is full: {problem}") from problem


def migrate(settings: Environment, checkout: Checkout) -> None:
    """Migrate, unless there is nothing to migrate."""
    owner_url = settings["DATABASE_OWNER_URL"]
    if not is_done(MIGRATIONS, owner_url):
        manage("migrate", ["migrate", "--no-input"], settings, checkout.log_dir)
        note_done(MIGRATIONS, owner_url)


def provision(settings: Environment, checkout: Checkout) -> None:
    """Provision, unless code and files are those of the last time and nothing is missing."""
    owner_url = settings["DATABASE_OWNER_URL"]
    hosts = (settings["PLATFORM_DOMAIN"], settings["PORT"])
    if not is_done(PROVISIONING, owner_url, under=hosts):
        manage("provision", ["provision", *FILES, "--demo"], settings, checkout.log_dir)
        note_done(PROVISIONING, owner_url, under=hosts)


@contextmanager
def stopped_in_the_end(group: Group) -> Iterator[Group]:
    """Stop the group; while that is going on, nothing can interrupt it."""
    try:
        yield group
    finally:
        for number in STOP_SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        say("Stopping …")
        group.stop()
