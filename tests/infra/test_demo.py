"""`./run demo` says what is wrong in one sentence, and where everything is."""

import shutil
import socket
from collections import namedtuple

import pytest

from infra.local import demo
from infra.local.addresses import overview
from infra.local.console import Problem

Usage = namedtuple("Usage", ["total", "used", "free"])


@pytest.fixture(params=[("127.0.0.1", socket.AF_INET), ("::1", socket.AF_INET6)], ids=str)
def taken_port(request):
    host, family = request.param
    with socket.socket(family) as server:
        try:
            server.bind((host, 0))
        except OSError:
            pytest.skip(f"this machine has no {host}")
        server.listen()
        yield server.getsockname()[1]


def test_taken_port_is_named_with_a_way_out(taken_port):
    expected = f"Port {taken_port} is taken: choose another, PORT={taken_port + 1} ./run demo"
    with pytest.raises(Problem, match=expected):
        demo.check_port(taken_port)


def test_free_port_is_accepted(taken_port):
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        free = server.getsockname()[1]

    demo.check_port(free)


def test_full_disk_is_named_with_what_is_needed(checkout, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(1, 1, 5_000_000))

    with pytest.raises(Problem, match="has 5 MB left, but the demo needs 200 MB"):
        demo.check_space(checkout)


@pytest.mark.parametrize(
    ("free", "sentence"),
    [(0, "^The disk of .* is full: It failed.$"), (9_000_000, "^It failed.$")],
)
def test_disk_that_fills_up_on_the_way_is_named_as_the_cause(checkout, monkeypatch, free, sentence):
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(1, 1, free))

    with pytest.raises(Problem, match=sentence), demo.explained_by_full_disk(checkout):
        raise Problem("It failed.")


def test_second_demo_over_the_same_data_is_refused(checkout):
    with (
        demo.only_one(checkout),
        pytest.raises(Problem, match="already runs in this checkout"),
        demo.only_one(checkout),
    ):
        pass


def test_overview_names_every_address_with_the_port():
    text = overview({"PORT": "8001", "PLATFORM_DOMAIN": "localhost"})

    for address in (
        "http://lua.localhost:8001/",
        "http://lua-centro.localhost:8001/",
        "http://sol.localhost:8001/",
        "http://lua.painel.localhost:8001/admin/",
        "http://sol.painel.localhost:8001/admin/",
        "http://painel.localhost:8001/admin/",
        "operator@alcova.test",
        "demo-alcova",
    ):
        assert address in text
