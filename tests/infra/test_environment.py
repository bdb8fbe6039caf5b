"""What is given from outside replaces the embedded parts, one by one."""

import errno
import secrets

import pytest

from infra.local.checkout import Checkout
from infra.local.console import Problem
from infra.local.environment import read_environment, services
from infra.local.given import check_answers
from infra.local.valkey import Valkey
from tests.infra.conftest import processes_below

DATABASE = {
    "DATABASE_URL": "postgres://alcova_app@db.example/alcova",
    "DATABASE_OWNER_URL": "postgres://alcova_owner@db.example/alcova",
    "DATABASE_OPS_URL": "postgres://alcova_ops@db.example/alcova",
}
REDIS = {"REDIS_URL": "redis://cache.example/0"}


def settings_of(checkout: Checkout, **environ: str) -> dict[str, str]:
    return read_environment({"VAR_DIR": str(checkout.var), **environ}, None)


def test_defaults_are_those_of_development(checkout):
    settings = settings_of(checkout)

    assert settings["DJANGO_SETTINGS_MODULE"] == "config.settings.dev"
    assert settings["PLATFORM_DOMAIN"] == "localhost"
    assert settings["PORT"] == "8000"


def test_secret_key_is_made_once_and_kept_private(checkout):
    first, second = settings_of(checkout), settings_of(checkout)

    assert first["SECRET_KEY"] == second["SECRET_KEY"]
    assert len(first["SECRET_KEY"]) >= 50
    assert (checkout.var / "secret-key").stat().st_mode & 0o777 == 0o600


def test_full_disk_leaves_no_half_a_secret_key(checkout, monkeypatch):
    def no_space(_size: int) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(secrets, "token_urlsafe", no_space)
        with pytest.raises(OSError, match="No space left"):
            settings_of(checkout)

    assert list(checkout.var.iterdir()) == []
    assert len(settings_of(checkout)["SECRET_KEY"]) >= 50


def test_file_completes_the_environment_which_counts_more(checkout):
    file = checkout.var / "settings.env"
    file.write_text('# ours\nPORT=8001\nexport PLATFORM_DOMAIN="motel.test"\nREDIS_URL=\n')

    settings = settings_of(checkout, ALCOVA_ENV_FILE=str(file), PORT="8002")

    assert settings["PORT"] == "8002"
    assert settings["PLATFORM_DOMAIN"] == "motel.test"
    assert "REDIS_URL" not in settings


def test_file_of_the_checkout_counts_unless_another_is_named(checkout):
    default, named = checkout.var / ".env", checkout.var / "named.env"
    default.write_text("PORT=8001\n")
    named.write_text("PORT=8002\n")
    environ = {"VAR_DIR": str(checkout.var)}

    assert read_environment(environ, default)["PORT"] == "8001"
    assert read_environment(environ | {"ALCOVA_ENV_FILE": str(named)}, default)["PORT"] == "8002"


def test_named_file_must_exist(checkout):
    with pytest.raises(Problem, match=r"nowhere\.env \(ALCOVA_ENV_FILE\) does not exist"):
        settings_of(checkout, ALCOVA_ENV_FILE="nowhere.env")


@pytest.mark.parametrize("name", DATABASE)
@pytest.mark.parametrize(
    "url",
    [
        "not a url",
        "mysql://app@db.example/alcova",
        "postgres://db.example",
        "postgres:///",
        "postgres://db.example:port/alcova",
    ],
)
def test_database_must_be_postgres(checkout, name, url):
    with pytest.raises(Problem, match=f"^{name} is not an address of PostgreSQL: write it as "):
        settings_of(checkout, **DATABASE | {name: url}, **REDIS)


@pytest.mark.parametrize("url", ["not a url", "memcached://cache.example", "unix://", "redis:///0"])
def test_redis_must_be_redis(checkout, url):
    with pytest.raises(Problem, match=r"^REDIS_URL is not an address of Redis or Valkey: write it"):
        settings_of(checkout, **DATABASE, REDIS_URL=url)


def test_given_servers_that_do_not_answer_are_named_in_one_sentence(checkout):
    nobody = dict.fromkeys(DATABASE, "postgres://alcova_app@127.0.0.1:1/alcova")
    with pytest.raises(Problem) as refusal:
        check_answers({**nobody, **REDIS})
    assert str(refusal.value).startswith("The database that DATABASE_URL names cannot be used: ")
    assert len(str(refusal.value).splitlines()) == 1

    given = settings_of(checkout, REDIS_URL="redis://127.0.0.1:1/0")
    expected = r"^The Redis server that REDIS_URL names cannot be used: "
    with services(given) as settings, pytest.raises(Problem, match=expected):
        check_answers(settings)


@pytest.mark.parametrize("port", ["eight", "0", "65536", "-1"])
def test_port_must_be_one(checkout, port):
    with pytest.raises(Problem, match="must be a number from 1 to 65535"):
        settings_of(checkout, PORT=port)


def test_given_database_and_redis_replace_both_servers(checkout):
    given = settings_of(checkout, **DATABASE, **REDIS)

    with services(given) as settings:
        assert settings == given
        assert processes_below(checkout.var) == []


def test_given_database_replaces_postgres_only(checkout):
    with services(settings_of(checkout, **DATABASE)) as settings:
        assert settings["DATABASE_URL"] == DATABASE["DATABASE_URL"]
        assert settings["REDIS_URL"].startswith(f"unix://{checkout.var}")
        assert Valkey(checkout).is_ready()
        assert not (checkout.var / "postgres").exists()


def test_given_redis_replaces_valkey_only(checkout):
    with services(settings_of(checkout, **REDIS), for_tests=True) as settings:
        assert settings["REDIS_URL"] == REDIS["REDIS_URL"]
        assert settings["DATABASE_URL"].startswith("postgres://alcova_app@/alcova?host=%2F")
        assert not Valkey(checkout).is_ready()


def test_database_must_be_given_for_all_roles(checkout):
    given = settings_of(checkout, DATABASE_URL=DATABASE["DATABASE_URL"], **REDIS)

    expected = "DATABASE_OWNER_URL and DATABASE_OPS_URL are missing: set all three, or none"
    with pytest.raises(Problem, match=expected), services(given):
        pass
