"""What the container's files promise; the linters check their form."""

import re
import subprocess
import tomllib
from typing import Any

import pytest
from ruamel.yaml import YAML

from infra.local.checkout import ROOT

DOCKER = ROOT / "docker"
DATABASE_OF = {
    "migrate": ("owner", "DATABASE_OWNER_URL"),
    "web": ("app", "DATABASE_URL"),
    "worker": ("app", "DATABASE_URL"),
    "ops": ("ops", "DATABASE_OPS_URL"),
    "scheduler": ("app", "DATABASE_URL"),
}


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    compose: dict[str, Any] = YAML(typ="safe").load(DOCKER / "compose.yml")
    return compose["services"]


def requirements(text: str) -> dict[str, str]:
    """Return each requirement with its hashes by its name, comments left out."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    blocks = re.split(r"\n(?=\S)", "\n".join(lines))
    return {re.split(r"[=@ ]", block)[0]: block.strip() for block in blocks}


def test_lock_of_the_image_is_part_of_the_whole_lock():
    whole = requirements((ROOT / "requirements.lock").read_text())
    image = requirements((DOCKER / "requirements.lock").read_text())

    assert [name for name, block in image.items() if whole.get(name) != block] == []


def test_lock_of_the_image_has_all_that_serves_and_nothing_of_development():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    image = set(requirements((DOCKER / "requirements.lock").read_text()))

    def names(wanted: list[Any]) -> set[str]:
        return {re.split(r"[\[<>=~ ]", text)[0] for text in wanted if isinstance(text, str)}

    assert names(project["project"]["dependencies"]) - image == set()
    for group in project["dependency-groups"].values():
        assert names(group) & image == set()


@pytest.mark.parametrize("name", DATABASE_OF)
def test_each_process_has_the_credentials_of_one_role_only(services, name):
    role, variable = DATABASE_OF[name]

    environment = services[name]["environment"]

    assert environment["DATABASE_ROLE"] == role
    assert [key for key in environment if key.endswith("_URL") and "DATABASE" in key] == [variable]
    assert f"//alcova_{role}:" in environment[variable]


@pytest.mark.parametrize("name", DATABASE_OF)
def test_each_process_may_write_only_where_it_must(services, name):
    assert services[name]["read_only"]
    assert services[name]["cap_drop"] == ["ALL"]
    assert services[name]["security_opt"] == ["no-new-privileges:true"]


def test_only_the_web_is_reachable_and_only_from_this_machine(services):
    ports = {name: service["ports"] for name, service in services.items() if "ports" in service}

    assert ports == {"web": ["${ALCOVA_LISTEN:-127.0.0.1:8000}:8000"]}


def test_no_secret_has_a_default():
    text = (DOCKER / "compose.yml").read_text()

    secrets = re.findall(r"\$\{(\w*(?:PASSWORD|SECRET)\w*)([^}]*)\}", text)

    assert len(secrets) > 5
    assert [name for name, default in secrets if not default.startswith(":?")] == []


def test_image_runs_without_root():
    assert re.search(r"^USER [1-9]\d*$", (DOCKER / "Dockerfile").read_text(), re.MULTILINE)


def test_first_start_of_the_database_is_plain_posix_shell():
    assert subprocess.run(["sh", "-n", DOCKER / "postgres-init.sh"], check=False).returncode == 0
