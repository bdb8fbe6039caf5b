"""A company of its own for each test, in a file that can be changed."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sites.provisioning.apply import Report, provision
from sites.provisioning.reader import read
from tenancy.context import PLATFORM_ID, tenant_scope
from tenancy.models import Tenant
from tests.conftest import FILES


class Company:
    """The company *mar*: `lua.toml` under another name."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "mar.toml"
        shutil.copy(FILES / "lua.png", folder / "lua.png")
        text = (FILES / "lua.toml").read_text()
        for old, new in (('"lua', '"mar'), ("lua.test", "mar.test"), ('"mar.png"', '"lua.png"')):
            text = text.replace(old, new)
        self.path.write_text(text)

    def edit(self, old: str, new: str) -> None:
        text = self.path.read_text()
        assert old in text, old
        self.path.write_text(text.replace(old, new))

    def provision(self, *, dry_run: bool = False) -> Report:
        return provision(read(self.path), dry_run=dry_run)

    @property
    def tenant(self) -> Tenant:
        with tenant_scope(PLATFORM_ID):
            return Tenant.objects.get(slug="mar")


@pytest.fixture
def mar(tmp_path: Path, db: None) -> Company:
    return Company(tmp_path)


@pytest.fixture
def media_files(settings, tmp_path_factory) -> Callable[[], set[Path]]:
    """Return a function that lists what the media storage holds, in a folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")
    root = Path(settings.MEDIA_ROOT)
    return lambda: {path.relative_to(root) for path in root.rglob("*") if path.is_file()}
