"""The verbs of `./run`, once Python and its packages are there."""

import ast
import errno
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence

from infra.local.checkout import ROOT
from infra.local.checks import FIXERS, LINTERS, TYPES, Check, ask_all, settings_without_servers
from infra.local.console import STOP_SIGNALS, Problem, complain, say
from infra.local.demo import run_demo
from infra.local.environment import read_environment, services
from infra.local.processes import python
from infra.local.testing import run_pytest, run_tests, throwaway_services

BLOCK_TESTS = ("tests/e2e/test_block_previews.py", "tests/docs/test_blocks.py")

DURABLE = {"coupons"}
"""Benchmarks of what waits for the disk: their PostgreSQL writes as one in service does."""

FULL = {errno.ENOSPC, errno.EDQUOT}
FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}

Verb = Callable[[Sequence[str]], int]
"""Takes the arguments after the verb; returns the exit code."""


def demo(_arguments: Sequence[str]) -> int:
    return run_demo()


def checks(wanted: Sequence[Check]) -> Verb:
    def verb(_arguments: Sequence[str]) -> int:
        answers = ask_all(wanted, settings_without_servers(os.environ))
        return 0 if all(answer.is_good for answer in answers) else 1

    return verb


def manage(arguments: Sequence[str]) -> int:
    """Become manage.py, holding on to the servers: they stop when it ends."""
    with services(read_environment(os.environ, ROOT / ".env")) as settings:
        os.chdir(ROOT)
        command = python("manage.py", *arguments)
        os.execve(command[0], command, settings)  # noqa: S606 (no shell is wanted)


def migrations(arguments: Sequence[str]) -> int:
    if arguments:
        return manage(["makemigrations", "--name", *arguments])
    return manage(["makemigrations", "--check", "--dry-run"])


def shell(arguments: Sequence[str]) -> int:
    """Open a shell; the word `TENANT=SLUG` says in whose scope."""
    return manage(["shell", *(re.sub("^TENANT=", "--tenant=", word) for word in arguments)])


def bench(arguments: Sequence[str]) -> int:
    """Run a benchmark on servers of its own, or list what there is."""
    paths = sorted((ROOT / "benchmarks").glob("[!_]*.py"))
    known = {path.stem.replace("_", "-"): path for path in paths}
    if not arguments or arguments[0] not in known:
        say("./run bench NAME [--quick] [--json] [--write], where NAME is one of:\n")
        for name, path in known.items():
            about = ast.get_docstring(ast.parse(path.read_text())) or ""
            say(f"  {name:<16}{about.partition(chr(10))[0]}")
        return 2 if arguments else 0
    name, *options = arguments
    with throwaway_services(is_durable=name in DURABLE) as settings:
        settings["DJANGO_SETTINGS_MODULE"] = "config.settings.dev"
        command = python("-m", f"benchmarks.{known[name].stem}", *options)
        return subprocess.run(command, cwd=ROOT, env=settings, check=False).returncode


def pictures(arguments: Sequence[str]) -> int:
    """Take pictures of the guests' pages, those that have all of the words."""
    from infra.guests.pictures import take_pictures  # noqa: PLC0415 (Django, for themes)

    return take_pictures(arguments)


def lighthouse(_arguments: Sequence[str]) -> int:
    """Measure the guests' pages, and write down what was measured."""
    from infra.guests.lighthouse import measure  # noqa: PLC0415 (the same)

    return measure()


def blocks(_arguments: Sequence[str]) -> int:
    """Draw docs/blocks.md and its pictures anew: the tests that look at blocks write them."""
    with throwaway_services() as settings:
        return run_pytest(["-q", *BLOCK_TESTS], {**settings, "DRAW_BLOCKS": "1"})[0]


def typefaces(_arguments: Sequence[str]) -> int:
    """Cut the typefaces that browsers get from the whole ones."""
    from infra.typefaces import typefaces as cut  # noqa: PLC0415 (fontTools, for developers)

    return cut()


def translations(_arguments: Sequence[str]) -> int:
    """Bring the catalogues in locale/ up to date, and say what they lack."""
    from infra.local.translations import refresh  # noqa: PLC0415 (Babel, for developers)

    missing = refresh()
    for language, message in missing:
        say(f"{language} lacks a translation: {message.id}")
    return 1 if missing else 0


VERBS: dict[str, Verb] = {
    "demo": demo,
    "test": run_tests,
    "lint": checks(LINTERS),
    "fix": checks(FIXERS),
    "types": checks(TYPES),
    "migrations": migrations,
    "manage": manage,
    "shell": shell,
    "bench": bench,
    "pictures": pictures,
    "lighthouse": lighthouse,
    "blocks": blocks,
    "typefaces": typefaces,
    "translations": translations,
}


def explain(error: OSError) -> int:
    """Say what is wrong with the disk; anything else is a mistake of ours, and raised again."""
    if error.errno in FULL:
        what = f": {error.filename} cannot be written" if error.filename else ""
        complain(f"The disk is full{what}.")
    elif error.errno in FORBIDDEN and error.filename:
        reason = (error.strerror or "").lower()
        complain(f"{error.filename} cannot be written ({reason}): change that, or set VAR_DIR.")
    else:
        raise error
    return 1


def main() -> int:
    verb, *arguments = sys.argv[1:]
    for number in STOP_SIGNALS:
        signal.signal(number, signal.default_int_handler)
    try:
        return VERBS[verb](arguments)
    except Problem as problem:
        complain(str(problem))
        return 1
    except OSError as error:
        return explain(error)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
