"""The demo collects its static files once, and again when their sources are others."""

import pytest

from infra.local import statics
from infra.local.console import Problem


@pytest.fixture
def collected(checkout, monkeypatch) -> list[str]:
    """Return what was run, instead of running it."""
    ran: list[str] = []

    def manage(_name, arguments, _env, _log_dir):
        ran.append(arguments[0])
        (checkout.var / "static").mkdir(exist_ok=True)

    monkeypatch.setattr(statics, "manage", manage)
    return ran


def test_static_files_are_collected_once(checkout, collected):
    for _start in range(3):
        statics.collect({}, checkout)
    assert collected == ["collectstatic"]


def test_static_files_are_collected_again_when_a_source_changes(checkout, collected, monkeypatch):
    statics.collect({}, checkout)
    monkeypatch.setattr(statics, "fingerprint", lambda: "another")
    statics.collect({}, checkout)
    assert collected == ["collectstatic"] * 2


def test_a_collection_that_was_interrupted_is_made_again(checkout, collected, monkeypatch):
    statics.collect({}, checkout)
    monkeypatch.setattr(statics, "fingerprint", lambda: "another")
    with monkeypatch.context() as broken:
        broken.setattr(statics, "manage", fail)
        with pytest.raises(Problem):
            statics.collect({}, checkout)
    statics.collect({}, checkout)
    assert collected == ["collectstatic"] * 2


def fail(*_args) -> None:
    raise Problem("The disk is full.")


def test_the_sources_are_ours_and_what_the_packages_bring():
    names = {path.name for path in statics._files()}
    assert {"tokens.css", "exit.js", "figtree.woff2"} <= names
    assert statics.fingerprint() == statics.fingerprint()
