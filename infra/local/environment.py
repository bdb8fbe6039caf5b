"""The environment that the project's processes run in.

What the real environment says counts most, then the environment file, then the embedded parts:
a `DATABASE_URL` from either replaces the embedded PostgreSQL, a `REDIS_URL` the embedded Valkey.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from environ import Env

from infra.local.checkout import ROOT, Checkout
from infra.local.console import Problem
from infra.local.given import check_urls
from infra.local.postgres import ROLES, Postgres
from infra.local.server import Server
from infra.local.valkey import Valkey

Environment = dict[str, str]

DEFAULTS = {
    "DJANGO_SETTINGS_MODULE": "config.settings.dev",
    "PLATFORM_DOMAIN": "localhost",
    "PORT": "8000",
}


def read_environment(environ: Mapping[str, str], default_file: Path | None) -> Environment:
    """Return `environ` completed by the environment file, the defaults and a secret key.

    The file is the one that `ALCOVA_ENV_FILE` names, or else `default_file`, if it exists.
    """
    settings = DEFAULTS | _completed_by_file(without_empty(environ), default_file)
    checkout = Checkout.from_environment(settings)
    settings["VAR_DIR"] = str(checkout.var)
    settings.setdefault("SECRET_KEY", checkout.secret_key())
    _check_port(settings["PORT"])
    check_urls(settings)
    return settings


def embedded(
    settings: Environment, *, for_tests: bool = False, is_durable: bool = False
) -> list[Server]:
    """Return the servers for what `settings` does not say where to find."""
    checkout = Checkout.from_environment(settings)
    servers: list[Server] = []
    if needs_postgres(settings):
        servers.append(Postgres(checkout, for_tests=for_tests, is_durable=is_durable))
    if "REDIS_URL" not in settings:
        servers.append(Valkey(checkout, for_tests=for_tests))
    return servers


@contextmanager
def services(
    settings: Environment, *, for_tests: bool = False, is_durable: bool = False
) -> Iterator[Environment]:
    """Run what `settings` does not say where to find; yield them completed.

    Servers for tests write nothing to disk in time, unless PostgreSQL is to be durable.
    """
    with running(embedded(settings, for_tests=for_tests, is_durable=is_durable)) as urls:
        yield settings | urls


@contextmanager
def running(servers: Sequence[Server]) -> Iterator[Environment]:
    """Run the servers; yield what names them."""
    with ExitStack() as started:
        for server in servers:
            started.enter_context(server.running())
        yield {name: url for server in servers for name, url in server.urls().items()}


def needs_postgres(settings: Mapping[str, str]) -> bool:
    """Return whether no database is named; one that is must be named for all three roles."""
    given = [name for name in ROLES if name in settings]
    missing = [name for name in ROLES if name not in settings]
    if given and missing:
        raise Problem(
            f"{' and '.join(given)} says where the database is, but {' and '.join(missing)} "
            f"{'is' if len(missing) == 1 else 'are'} missing: set all three, or none."
        )
    return not given


def without_empty(environ: Mapping[str, str]) -> Environment:
    """Drop what is set to nothing: that is how a person says "not set"."""
    return {name: value for name, value in environ.items() if value}


def _completed_by_file(settings: Environment, default: Path | None) -> Environment:
    named = settings.get("ALCOVA_ENV_FILE")
    path = ROOT / named if named else default
    if path is None or not path.exists():
        if named:
            raise Problem(f"The environment file {named} (ALCOVA_ENV_FILE) does not exist.")
        return settings
    # The settings read the file with the same class: it must mean the same to both.
    reader: Any = type("Reader", (Env,), {"ENVIRON": dict(settings)})
    reader.read_env(path)
    return without_empty(reader.ENVIRON)


def _check_port(port: str) -> None:
    if not (port.isdecimal() and 0 < int(port) < 65536):
        raise Problem(f"PORT is {port!r}, but it must be a number from 1 to 65535.")
