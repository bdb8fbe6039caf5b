"""`./run test`: every check and test, on servers of their own that are gone afterwards."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from infra.local.checkout import ROOT
from infra.local.checks import (
    DJANGO,
    LINTERS,
    PRODUCTION,
    TYPES,
    Answer,
    ask_all,
    line,
    production_settings,
)
from infra.local.console import say
from infra.local.environment import Environment, read_environment, services
from infra.local.packages import install_what_tests_need
from infra.local.processes import python

WORKERS = "2"
PATIENCE = 5.0
"""Seconds."""


def run_tests(arguments: Sequence[str]) -> int:
    """Run pytest with `arguments`; without any, everything there is. Return the exit code."""
    with throwaway_services() as settings:
        if arguments:
            return run_pytest(arguments, settings)[0]
        return run_everything(settings)


@contextmanager
def throwaway_services(*, is_durable: bool = False) -> Iterator[Environment]:
    """Run empty servers that are gone afterwards; a `.env` counts only if it is asked for."""
    environ = {"ALCOVA_ENV_FILE": os.devnull, **os.environ}
    with tempfile.TemporaryDirectory(prefix="alcova-test-") as var:
        settings = read_environment(environ | {"VAR_DIR": var}, None)
        settings["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
        with services(settings, for_tests=True, is_durable=is_durable) as complete:
            yield complete


def run_everything(settings: Environment) -> int:
    install_what_tests_need()
    answers = ask_all([*LINTERS, *TYPES, *DJANGO], settings)
    answers += ask_all(PRODUCTION, production_settings(settings))
    began = time.monotonic()
    code, closing_line = run_pytest(["-n", WORKERS, "--dist", "worksteal"], settings)
    answers.append(Answer("pytest", code == 0, time.monotonic() - began))
    say("\nSummary")
    for answer in answers:
        say(line(answer))
    say(closing_line)
    return 0 if all(answer.is_good for answer in answers) else 1


def run_pytest(arguments: Sequence[str], settings: Environment) -> tuple[int, str]:
    """Run pytest, passing on what it says; return its exit code and its last line."""
    colour = "--color=yes" if sys.stdout.isatty() else "--color=no"
    last = ""
    with subprocess.Popen(
        python("-m", "pytest", colour, *arguments),
        cwd=ROOT,
        env=settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            for text in process.stdout or ():
                sys.stdout.write(text)
                sys.stdout.flush()
                last = text.strip() or last
        except KeyboardInterrupt:
            stop(process)
            raise
    return process.returncode, last


def stop(process: "subprocess.Popen[str]") -> None:
    """Give the process, which Ctrl-C has reached as well, a moment; then stop it."""
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.terminate()
