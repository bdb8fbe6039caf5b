"""How measurements are told and kept, and what each column of a copied tenant holds."""

import json

import pytest

from benchmarks.kit.filler import expression
from benchmarks.kit.report import TITLE, Goal, Report, tell, with_section


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
