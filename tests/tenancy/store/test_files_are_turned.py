"""What is published in the database is soon no file any more, by whoever wrote it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from infra.local.locks import wait_until
from tenancy.store.files import PageFiles
from tenancy.store.filing import KINDS, headers_of
from tenancy.store.pages import StoredPage
from tenancy.store.versions import Versions

WAIT = 10
RAISE = "UPDATE wagtailcore_site SET site_name = site_name || '!' WHERE tenant_id = %s"
LOWER = "UPDATE wagtailcore_site SET site_name = rtrim(site_name, '!') WHERE tenant_id = %s"


@pytest.fixture
def processes(tmp_path: Path, committed: Any, lua: Any) -> Iterator[list[Versions]]:
    """Start what two web processes of a machine have: each follows, and each turns files."""
    found = [Versions(), Versions()]
    files = [PageFiles(tmp_path, scheme="https", versions=each) for each in found]
    for versions, each in zip(found, files, strict=True):
        versions.start()
        each.start()
    page = StoredPage(
        tenant_id=lua.pk,
        version=found[0].of(lua.pk),
        status=200,
        headers=tuple(headers_of(KINDS[0], "pt-br")),
        plain=b"a page",
    )
    files[0].offer("https://lua.example", "/", page)
    yield found
    for versions, each in zip(found, files, strict=True):
        versions.stop()
        each.stop()
    committed(LOWER, lua.pk)


@pytest.mark.parametrize("alive", [0, 1], ids=["who wrote", "another"])
def test_a_change_that_is_committed_turns_the_files(processes, tmp_path, committed, lua, alive):
    host = tmp_path / "now/hosts" / "lua.example"
    assert wait_until(host.exists, WAIT)
    processes[1 - alive].stop()
    committed(RAISE, lua.pk)
    assert wait_until(lambda: not host.exists(), WAIT)
    assert host.is_symlink()
