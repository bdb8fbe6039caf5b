"""What is asked of the code, and the commands that ask it."""

import secrets
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from infra.local.checkout import ROOT
from infra.local.console import say
from infra.local.environment import Environment, read_environment
from infra.local.postgres import ROLES
from infra.local.processes import python

BIN = Path(sys.executable).parent


class Check(NamedTuple):
    """A question to the code; it is answered well by exit code 0."""

    title: str
    command: Sequence[str]


class Answer(NamedTuple):
    title: str
    is_good: bool
    seconds: float


def tool(name: str, *arguments: str) -> list[str]:
    return [str(BIN / name), *arguments]


LINTERS = (
    Check("ruff", tool("ruff", "check", ".")),
    Check("format", tool("ruff", "format", "--check", ".")),
    Check("imports", tool("lint-imports")),
    Check("dockerfile", tool("hadolint", "docker/Dockerfile")),
    Check(
        "compose",
        tool("check-jsonschema", "--builtin-schema=vendor.compose-spec", "docker/compose.yml"),
    ),
)
TYPES = (Check("types", tool("mypy")),)
FIXERS = (
    Check("ruff", tool("ruff", "check", "--fix", ".")),
    Check("format", tool("ruff", "format", ".")),
)
DJANGO = (
    Check("system checks", python("manage.py", "check")),
    Check("migrations", python("manage.py", "makemigrations", "--check", "--dry-run")),
)
PRODUCTION = (
    Check("deployment", python("manage.py", "check", "--deploy", "--fail-level=WARNING")),
)


def production_settings(settings: Environment) -> Environment:
    """Return what a server would be given, so that its settings can be checked."""
    return settings | {
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "PLATFORM_DOMAIN": "alcova.example",
        "KMS_KEY_ID": "alias/alcova",
    }


def settings_without_servers(environ: Mapping[str, str]) -> Environment:
    """Return what lets the settings be read, by tools that look at models and ask no server."""
    nowhere = dict.fromkeys(ROLES, "postgres://nowhere/nothing") | {"REDIS_URL": "redis://nowhere"}
    return read_environment(nowhere | dict(environ), None)


def ask_all(checks: Sequence[Check], env: Environment) -> list[Answer]:
    return [ask(check, env) for check in checks]


def ask(check: Check, env: Environment) -> Answer:
    """Run a check; show what it says only if it is not content."""
    began = time.monotonic()
    done = subprocess.run(
        check.command,
        cwd=ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    answer = Answer(check.title, done.returncode == 0, time.monotonic() - began)
    say(line(answer))
    if not answer.is_good:
        say(done.stdout.rstrip())
    return answer


def line(answer: Answer) -> str:
    verdict = "ok    " if answer.is_good else "FAILED"
    return f"{verdict}  {answer.title:<16}{answer.seconds:6.1f} s"
