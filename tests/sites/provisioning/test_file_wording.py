"""Whatever is wrong is said in Portuguese: no message of pydantic's or tomllib's gets out."""

import ast
import copy
import inspect
import tomllib
from datetime import date, datetime, time
from decimal import Decimal
from tomllib import _parser

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from sites.provisioning.crosschecks import findings
from sites.provisioning.schema import CompanyFile
from sites.provisioning.values import NotAccepted
from sites.provisioning.wording import REASONS, SYNTAX, reason
from tests.sites.provisioning.examples import SMALLEST

ERRORS_OF_CORE_SCHEMA = {
    "model": {"model_type"},
    "model-fields": {"extra_forbidden", "missing"},
    "model-field": set(),
    "default": set(),
    "nullable": set(),
    "definition-ref": set(),
    "str": {"string_type", "string_too_short", "string_too_long"},
    "int": {"int_type", "greater_than_equal", "less_than_equal"},
    "tuple": {"tuple_type"},
    "enum": {"enum"},
    "literal": {"literal_error"},
    "function-after": {"value_error"},
    "function-before": {"value_error"},
    "function-plain": {"value_error"},
}
"""Every kind of node in pydantic's schema of the file, and the errors that it can end in."""

NOT_VALIDATION = {"metadata", "serialization", "function", "json_schema_input_schema"}


def core_schemas():
    """Return every node of the file's core schema that takes part in validation."""
    whole = CompanyFile.__pydantic_core_schema__
    named = {each["ref"]: each for each in whole.get("definitions", [])}
    found, waiting = [], [whole.get("schema", whole)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list | tuple):
            waiting += node
        elif isinstance(node, dict):
            if isinstance(node.get("type"), str):
                found.append(node)
            waiting += [child for key, child in node.items() if key not in NOT_VALIDATION]
            if node.get("type") == "definition-ref":
                waiting.append(named.pop(node["schema_ref"], None))
    return found


def test_each_error_that_the_schema_can_raise_has_a_sentence():
    kinds = {node["type"] for node in core_schemas()}

    assert kinds <= set(ERRORS_OF_CORE_SCHEMA)
    possible = {error for kind in kinds for error in ERRORS_OF_CORE_SCHEMA[kind]}
    assert possible == set(REASONS)


def test_no_node_of_the_schema_has_a_constraint_without_a_sentence():
    constraints = {
        "str": {"min_length", "max_length", "strip_whitespace"},
        "int": {"ge", "le", "strict"},
        "tuple": {"items_schema", "variadic_item_index"},
    }
    for node in core_schemas():
        known = {"type", "metadata", "ref", "serialization"} | constraints.get(node["type"], set())
        if node["type"] in constraints:
            assert set(node) <= known


def test_each_message_of_the_toml_parser_has_a_sentence():
    raised = [
        node.args[-1]
        for node in ast.walk(ast.parse(inspect.getsource(_parser)))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") in {"suffixed_err", "TOMLDecodeError"}
    ]
    messages = [_beginning(message) for message in raised]

    found = [message for message in messages if message is not None]
    assert len(found) > 20
    for message in found:
        assert any(message.startswith(beginning) for beginning, _sentence in SYNTAX), message


def _beginning(node):
    """Return the text with which a literal or an f-string begins, or None."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    return parts[0].value if isinstance(parts[0], ast.Constant) else None


EXAMPLE = tomllib.loads(SMALLEST, parse_float=Decimal)
STRANGE = st.one_of(
    st.none().map(lambda _none: {}),
    st.sampled_from([[], [1], [{}], [[]], {"pt": 1}, {"a": {"b": []}}, {"pt": "%s %(x)d"}]),
    st.sampled_from([date(2026, 6, 12), time(22), datetime(2026, 6, 12)]),  # noqa: DTZ001 (TOML's)
    st.sampled_from([True, 0, -1, 10**400, Decimal("1e999"), Decimal("nan"), Decimal("0.1")]),
    st.sampled_from(["", " ", "2h", "pt-br", "any", "owner", "x" * 6000, "a\0b", "%s", "a\n\nb"]),
).map(copy.deepcopy)


@st.composite
def broken(draw):
    """Return the smallest file with some of its values exchanged, gone or added."""
    data = copy.deepcopy(EXAMPLE)
    for _change in range(draw(st.integers(1, 4))):
        places = [place for place in _places(data) if place[0]]
        holder, key = draw(st.sampled_from(places))
        match draw(st.sampled_from(["exchange", "remove", "add", "double"])):
            case "exchange":
                holder[key] = draw(STRANGE)
            case "remove":
                del holder[key]
            case "add" if isinstance(holder, dict):
                holder[draw(st.sampled_from(["en", "kind", "days", "zz%s", "a b"]))] = draw(STRANGE)
            case "double" if isinstance(holder, list):
                holder.append(copy.deepcopy(holder[key]))
    return data


def _places(value):
    keys = value if isinstance(value, dict) else range(len(value))
    for key in keys:
        yield value, key
        if isinstance(value[key], dict | list):
            yield from _places(value[key])


@settings(max_examples=200, deadline=None)
@given(broken())
def test_any_wrong_file_is_refused_in_sentences_of_ours(data):
    sentences = [why for _path, why in findings(data)]
    try:
        CompanyFile.model_validate(data, context={"folder": "."})
    except ValidationError as error:
        for each in error.errors(include_url=False):
            assert each["type"] in REASONS
            assert isinstance(each.get("ctx", {}).get("error", NotAccepted()), NotAccepted)
            sentences.append(reason(each))

    assert all(sentence[-1] in ".?" and "%(" not in sentence[:20] for sentence in sentences)


@pytest.mark.parametrize("kind", ["foreign", "value_error"])
def test_error_of_somebody_else_is_not_quoted(kind):
    error = {"type": kind, "loc": (), "msg": "English", "input": 1}
    error |= {"ctx": {"error": ValueError("English")}} if kind == "value_error" else {}

    with override("pt-br"):
        assert reason(error) == "Este valor não é aceito."
