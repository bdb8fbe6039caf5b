"""How measurements are told and kept, what a copied tenant holds, and one benchmark, run."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from benchmarks.kit.filler import expression
from benchmarks.kit.report import TITLE, Goal, Report, tell, with_section
from benchmarks.kit.spread import percentile, ratio, with_spread
from infra.local import __main__ as verbs
from infra.local.checkout import ROOT
from tests.infra.conftest import is_empty_soon

NAMES = ("coupons", "growth", "page-store", "provisioning", "render", "reviews", "rls")


def report(title: str = "Speed", value: float = 1.0) -> Report:
    goals = [Goal("queries", value, 1.1)]
    return Report("speed", title, [f"| {value} |"], {"queries": value}, goals)


def test_the_page_gets_a_new_section_and_keeps_the_others():
    page = with_section(with_section(TITLE, report("Speed")), report("Weight"))

    assert page.startswith("# Benchmarks\n")
    assert page.count("## ") == 2


def test_a_section_is_replaced_by_its_successor_where_it_stands():
    page = with_section(with_section(TITLE, report("Speed")), report("Weight"))

    again = with_section(page, report("Speed", 2.0))

    assert again.index("## Speed") < again.index("| 2.0 |") < again.index("## Weight")
    assert again.count("| 1.0 |") == 1


@pytest.mark.parametrize(("value", "code"), [(1.1, 0), (1.11, 1)])
def test_the_last_line_is_json_and_a_missed_goal_fails(capsys, value, code):
    assert tell(report(value=value), as_json=True, write=False) == code

    assert json.loads(capsys.readouterr().out.splitlines()[-1]) == {
        "name": "speed",
        "figures": {"queries": value},
        "goals": [{"goal": "queries", "value": value, "target": 1.1, "met": code == 0}],
    }


@pytest.mark.parametrize(
    ("table", "column", "kind", "is_key", "expected"),
    [
        ("suites_suite", "tenant_id", "bigint", False, 't."tenant_id" + n'),
        ("suites_suite", "id", "uuid", True, 'md5(t."id"::text || n)::uuid'),
        ("auth_group", "id", "integer", True, 't."id" + n * %(stride)s'),
        ("auth_group", "name", "character varying", False, 't."name"'),
        ("tenancy_domain", "host", "character varying", False, "'c' || n || '-' || t.\"host\""),
        (
            "theme_siteimage",
            "file",
            "character varying",
            False,
            '\'t/\' || md5(substr(t."file", 3, 36) || n)::uuid || substr(t."file", 39)',
        ),
        ("suites_suite", "slug", "character varying", False, 't."slug"'),
    ],
)
def test_a_copy_differs_in_its_keys_only(table, column, kind, is_key, expected):
    assert expression(table, column, kind, is_key=is_key).as_string() == expected


@pytest.mark.parametrize(("value", "is_met"), [(15.0, True), (14.9, False)])
def test_a_goal_may_be_the_least(value, is_met):
    goal = Goal("times as fast", value, 15, is_least=True)

    assert goal.met is is_met
    assert "at least 15" in goal.text()
    assert set(goal.as_json()) == {"goal", "value", "target", "met"}


def test_ratios_are_those_of_the_same_round():
    assert ratio([2.0, 30.0, 4.0], [1.0, 10.0, 2.0]) == 2.0
    assert percentile([float(each) for each in range(1, 101)], 95) == 95
    assert percentile([3.0], 95) == 3.0
    assert with_spread([1.0, 2.0, 3.0]) == "2.00 (1.50–2.50)"


def test_all_benchmarks_are_listed(capsys):
    verbs.bench([])

    lines = capsys.readouterr().out.splitlines()[1:]
    assert tuple(line.split()[0] for line in lines if line) == NAMES


def test_an_unknown_benchmark_is_refused_with_the_list(capsys):
    assert verbs.bench(["page_store"]) == 2
    assert "page-store" in capsys.readouterr().out


def test_a_quick_benchmark_ends_with_its_figures_and_leaves_nothing(checkout):
    answer = subprocess.run(
        [ROOT / "run", "bench", "rls", "--quick", "--json"],
        env=environment(checkout.var),
        capture_output=True,
        text=True,
        check=False,
    )

    told = json.loads(answer.stdout.splitlines()[-1])
    assert set(told) == {"name", "figures", "goals"}
    assert told["name"] == "rls"
    assert {"goal": "extra round trips", "value": 0, "target": 0, "met": True} in told["goals"]
    assert answer.returncode == (0 if all(goal["met"] for goal in told["goals"]) else 1)
    assert is_empty_soon(checkout.var)
    assert list(checkout.var.iterdir()) == []


def environment(temporary: Path) -> dict[str, str]:
    """Return this environment without the tests' servers, and with a folder for what is kept."""
    ours = {name: value for name, value in os.environ.items() if not is_about_servers(name)}
    return {**ours, "TMPDIR": str(temporary)}


def is_about_servers(name: str) -> bool:
    return name.startswith(("DATABASE_", "REDIS_", "DJANGO_", "PYTEST_")) or name == "VAR_DIR"
