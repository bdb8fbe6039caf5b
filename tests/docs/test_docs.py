"""The documentation names only what there is, and leaves out no setting and no check."""

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple
from urllib.parse import unquote

import pytest
from django.core.management import get_commands
from django.db import models
from django.test.utils import isolate_apps

from config.env import ROLE_VARIABLES
from infra.local.__main__ import VERBS
from infra.local.checkout import ROOT
from manage import role_for
from tenancy.catalog import EVERY_TABLE, OPERATIONAL_TABLES
from tenancy.scoped import TenantManager

PAGES = sorted(
    [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")],
    key=lambda page: str(page.relative_to(ROOT)),
)
OPERATORS = (ROOT / "docs" / "operators.md").read_text(encoding="utf-8")
TEXTS = {str(page.relative_to(ROOT)): page.read_text(encoding="utf-8") for page in PAGES}

FENCE = re.compile(r"^( *)```([^\n]*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\(([^()\s]+)\)")
PATH = re.compile(
    r"`((?:config|sites|suites|theme|tenancy|tests|infra|docker|docs|locale|benchmarks)/[\w./-]*"
    r"|manage\.py|pyproject\.toml|requirements\.lock)`"
)
ROW = re.compile(r"^\| `([A-Z][A-Z0-9_]*)` \| (.*?) \| (.*?) \|$", re.MULTILINE)

READERS = {"env", "environ", "os.environ", "settings"}
"""What settings are read from, in the sources below."""
SOURCES = ("config/*.py", "config/settings/*.py", "infra/local/*.py", "docker/*.py", "manage.py")
NOT_SETTINGS = {
    "PATH": "the system's",
    "PYTEST_XDIST_WORKER": "set by pytest-xdist",
    "PYTHONDONTWRITEBYTECODE": "Python's own",
}
OF_THE_SCRIPT = {"PYTHON"}
"""Read by the script `run`, before there is any Python."""

MADE_BY_EXAMPLES = {
    "count_suites",
    "theme/static/theme/css/blocks/opening_hours.css",
    "theme/templates/theme/blocks/opening_hours.html",
}
"""Commands and files that the examples would add."""


class Code(NamedTuple):
    """A fenced block of code, where it is, and what its first line says of it."""

    page: str
    kind: str
    text: str


def code(*kinds: str) -> list[Code]:
    return [
        Code(name, info.strip(), dedent(text))
        for name, page in TEXTS.items()
        for _indent, info, text in FENCE.findall(page)
        if info.strip() in kinds
    ]


def prose(page: str) -> str:
    """Return a page without its blocks of code."""
    return FENCE.sub("", page)


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.*)$", prose(page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in headings}


def commands() -> Iterator[tuple[str, list[str]]]:
    """Yield every command line of ours in blocks marked `sh`, and its words."""
    for block in code("sh"):
        for line in block.text.replace("\\\n", " ").splitlines():
            words = shlex.split(line, comments=True)
            for start in ("./run", "manage.py"):
                if start in words:
                    yield block.page, words[words.index(start) :]
                    break


def section(title: str) -> str:
    return OPERATORS.split(f"\n## {title}\n", 1)[1].split("\n## ")[0]


def documented() -> dict[str, str]:
    """Return the variables in the tables of settings, and their defaults."""
    rows = ROW.findall(section("Settings"))
    return {name: default.strip("`") for name, default, _meaning in rows}


def readings() -> Iterator[tuple[str, ast.expr, ast.Call | None]]:
    """Yield each variable that the sources read, what from, and the call that reads it."""
    for path in sorted(path for pattern in SOURCES for path in ROOT.glob(pattern)):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(value=place), args=[ast.Constant(name), *_]):
                    found, call = name, node
                case ast.Subscript(value=place, slice=ast.Constant(name)):
                    found, call = name, None
                case _:
                    continue
            if ast.unparse(place) in READERS and re.fullmatch(r"[A-Z][A-Z0-9_]+", str(found)):
                yield str(found), place, call


def compose_variables() -> set[str]:
    text = (ROOT / "docker" / "compose.yml").read_text(encoding="utf-8")
    return set(re.findall(r"\$\{([A-Z][A-Z0-9_]*)", text))


@pytest.mark.parametrize("name", TEXTS)
def test_links_lead_somewhere(name):
    page = ROOT / name

    for target in LINK.findall(prose(TEXTS[name])):
        if re.match(r"[a-z]+:", target):
            continue
        path, _hash, anchor = unquote(target).partition("#")
        place = (page.parent / path).resolve() if path else page
        assert place.exists(), target
        assert not anchor or anchor in anchors(place), target


@pytest.mark.parametrize("name", TEXTS)
def test_named_files_exist(name):
    named = set(PATH.findall(prose(TEXTS[name]))) - MADE_BY_EXAMPLES

    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("example", code("python", "python run"))
def test_python_compiles(example):
    compile(example.text, example.page, "exec")


@pytest.mark.parametrize("example", code("python run"))
@isolate_apps("suites")
def test_python_runs(example):
    names = run(example)

    for model in names.values():
        if isinstance(model, type) and issubclass(model, models.Model):
            assert isinstance(model._default_manager, TenantManager)


@isolate_apps("suites")
def test_model_of_the_example_has_its_walls():
    [example] = [block for block in code("python run") if "suites_extra_name" in block.text]

    extra = run(example)["Extra"]

    assert [constraint.name for constraint in extra._meta.constraints] == [
        "suites_extra_pk",
        "suites_extra_tenant",
        "suites_extra_suite_type_fk",
        "suites_extra_name",
    ]
    assert isinstance(extra._base_manager, TenantManager)


def run(example: Code) -> dict[str, object]:
    """Run an example as if it stood in an app, and return what it defines there."""
    names: dict[str, object] = {"__name__": "suites.models"}
    exec(compile(example.text, example.page, "exec"), names)  # noqa: S102 (our own pages)
    return {key: value for key, value in names.items() if is_defined_by(value)}


def is_defined_by(value: object) -> bool:
    return getattr(value, "__module__", "") == "suites.models"


def test_commands_exist():
    verbs = {*VERBS, "help"}
    known = get_commands().keys() | MADE_BY_EXAMPLES

    for page, (program, *words) in commands():
        if program == "./run":
            assert words[0] in verbs, (page, words)
            words = words[1:] if words[0] == "manage" else []
        assert set(names_of_commands(words)) <= known, (page, words)


def names_of_commands(words: list[str]) -> list[str]:
    """Return the command that the words run, and the one that it runs in turn."""
    inner = {"tenant": 2, "tenants": 1}.get(words[0]) if words else None
    return [*words[:1], *([words[inner]] if inner else [])]


def test_table_of_commands_is_true():
    rows = re.findall(r"^\| `manage\.py ([^`]+)` \| (\w+) \|", section("Commands"), re.MULTILINE)

    for line, role in rows:
        assert set(line.split()) & set(get_commands()), line
        assert role_for(line.split()[0]) == role, line


def test_every_variable_is_documented_and_every_documented_one_is_read():
    read = {name for name, _place, _call in readings()} - NOT_SETTINGS.keys()

    assert read | {*ROLE_VARIABLES.values()} | compose_variables() | OF_THE_SCRIPT == {
        *documented()
    }


def test_documented_defaults_are_those_of_the_code():
    defaults = {
        name: ast.literal_eval(keyword.value)
        for name, place, call in readings()
        if call is not None and ast.unparse(place) == "env"
        for keyword in call.keywords
        if keyword.arg == "default" and isinstance(keyword.value, ast.Constant)
    }
    texts = {
        name: "none" if value in ("", None) else str(value) for name, value in defaults.items()
    }

    assert {name: documented()[name] for name in defaults} == texts


def test_every_check_is_documented():
    source = (ROOT / "tenancy" / "checks.py").read_text(encoding="utf-8")

    documented_ids = re.findall(r"^\| `(tenancy\.E\d+)`", OPERATORS, re.MULTILINE)

    assert documented_ids == sorted(set(re.findall(r"tenancy\.E\d{3}", source)))


def test_every_finding_of_the_catalogue_is_documented():
    table = section("When a check fails").split("| message |")[1]
    rows = re.findall(r"^\| ([^|`-][^|]*?) \| [^|]+ \|$", table, re.MULTILINE)
    others = re.findall(r'Answer\(\s*"([^"]+)"', (ROOT / "tenancy" / "catalog.py").read_text())

    assert {row for row in rows if row != "what to do"} == {
        *EVERY_TABLE,
        *OPERATIONAL_TABLES,
        *others,
    }


def test_decisions_are_numbered_without_a_gap_and_have_all_parts():
    decisions = [name for name in TEXTS if name.startswith("docs/adr/")]

    numbers = [Path(name).name.split("-")[0] for name in decisions]
    assert numbers == [f"{number:04}" for number in range(1, len(decisions) + 1)]
    for name, number in zip(decisions, numbers, strict=True):
        parts = re.findall(r"^(?:# \d{4}|Status|## .*)", TEXTS[name], re.MULTILINE)
        expected = [f"# {number}", "Status", "## Context", "## Decision", "## Consequences"]
        assert parts == expected, name
