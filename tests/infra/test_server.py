"""Embedded servers live exactly as long as somebody uses them."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from psycopg import OperationalError, connect

from infra.local import demo
from infra.local.accounts import nobody
from infra.local.checkout import ROOT, Checkout
from infra.local.console import Problem
from infra.local.environment import embedded, running, services
from infra.local.locks import wait_until
from infra.local.postgres import Postgres
from infra.local.valkey import Valkey
from tests.infra.conftest import is_empty_soon, is_ended, processes_below

USE_SERVERS = """
import sys, time
from infra.local.environment import services
with services({"VAR_DIR": sys.argv[1]}, for_tests=True):
    print("up", flush=True)
    time.sleep(60)
"""
BECOME_ANOTHER_PROGRAM = """
import os, sys
from infra.local.environment import services
with services({"VAR_DIR": sys.argv[1]}, for_tests=True):
    os.execv(sys.executable, [sys.executable, "-c", "print('up', flush=True); input()"])
"""


def user_of_servers(code: str, checkout: Checkout) -> "subprocess.Popen[str]":
    """Start a process that uses both servers; return when they are up."""
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(checkout.var)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline() == "up\n"
    return process


def postmaster(postgres: Postgres) -> psutil.Process:
    return psutil.Process(int((postgres.data / "postmaster.pid").read_text().split()[0]))


def count_rows(postgres: Postgres) -> int:
    """Add a row to a table that is made the first time; return how many there are."""
    with connect(postgres.urls()["DATABASE_OWNER_URL"]) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS visits ()")
        connection.execute("INSERT INTO visits DEFAULT VALUES")
        row = connection.execute("SELECT count(*) FROM visits").fetchone()
    assert row
    return int(row[0])


def test_server_keeps_its_data_between_two_runs(checkout):
    for run in (1, 2):
        postgres = Postgres(checkout)
        with postgres.running():
            assert count_rows(postgres) == run

    assert processes_below(checkout.var) == []


def test_servers_run_until_the_last_user_leaves(checkout):
    first, second = Valkey(checkout), Valkey(checkout)

    with second.running():
        with first.running():
            pass
        assert second.is_ready()

    assert not second.is_ready()
    assert processes_below(checkout.var) == []


def test_killed_user_leaves_nothing_behind(checkout):
    user = user_of_servers(USE_SERVERS, checkout)
    assert len(processes_below(checkout.var)) > 4

    with user:
        user.kill()

    assert is_empty_soon(checkout.var)


def test_killed_user_does_not_take_the_servers_from_another(checkout):
    user = user_of_servers(USE_SERVERS, checkout)
    postgres = Postgres(checkout, for_tests=True)

    with postgres.running():
        with user:
            user.kill()
        assert count_rows(postgres) == 1

    assert is_empty_soon(checkout.var)


def test_program_that_takes_the_place_of_a_user_keeps_the_servers(checkout):
    with user_of_servers(BECOME_ANOTHER_PROGRAM, checkout) as user:
        assert Valkey(checkout).is_ready()
        assert Postgres(checkout, for_tests=True).is_ready()
        user.communicate("\n")

    assert is_empty_soon(checkout.var)


def test_killed_database_comes_back_with_its_data(checkout):
    postgres = Postgres(checkout)

    with postgres.running():
        count_rows(postgres)
        killed = postmaster(postgres)
        killed.kill()
        assert wait_until(lambda: not postgres.is_ready(), 5)
        assert wait_until(postgres.is_ready, 15)
        assert count_rows(postgres) == 2


def test_server_killed_with_its_guard_comes_back(checkout):
    servers = embedded({"VAR_DIR": str(checkout.var)})
    with running(servers) as urls:
        guards = [each for each in processes_below(checkout.var) if "guard.py" in each.cmdline()[3]]
        for process in [each for guard in guards for each in (guard, *guard.children())]:
            process.kill()
        assert is_empty_soon(checkout.var)

        demo.revive(servers)

        assert all(server.is_ready() for server in servers)
        assert count_rows(Postgres(checkout)) == 1
        assert servers[1].urls().items() <= urls.items()

    assert len(guards) == 2
    assert processes_below(checkout.var) == []


def test_server_that_does_not_come_back_is_tried_again(checkout, monkeypatch, capsys):
    valkey = Valkey(checkout)
    with valkey.running():
        with monkeypatch.context() as broken:
            broken.setattr(valkey, "command", lambda: ["false"])
            for process in processes_below(checkout.var):
                process.kill()
            assert is_empty_soon(checkout.var)
            demo.revive([valkey])
            assert "valkey does not start" in capsys.readouterr().err

        demo.revive([valkey])

        assert valkey.is_ready()


def test_servers_without_their_guards_are_replaced(checkout):
    settings = {"VAR_DIR": str(checkout.var)}
    user = user_of_servers(USE_SERVERS, checkout)
    guards = [found for found in processes_below(checkout.var) if "guard.py" in found.cmdline()[3]]
    for process in [*guards, psutil.Process(user.pid)]:
        process.send_signal(signal.SIGKILL)
    user.communicate()
    orphan = postmaster(Postgres(checkout, for_tests=True))

    with services(settings, for_tests=True):
        assert is_ended(orphan)
        assert count_rows(Postgres(checkout, for_tests=True)) == 1

    assert len(guards) == 2
    assert processes_below(checkout.var) == []


def test_number_of_a_dead_server_used_by_another_process_is_no_obstacle(checkout):
    postgres = Postgres(checkout, for_tests=True)
    with postgres.running():
        content = (postgres.data / "postmaster.pid").read_text()
    stale = content.replace(content.split()[0], str(os.getpid()), 1)
    (postgres.data / "postmaster.pid").write_text(stale)

    with postgres.running():
        assert count_rows(postgres) == 1


def test_server_that_cannot_start_says_why(checkout):
    postgres = Postgres(checkout, for_tests=True)
    with postgres.running():
        pass
    (postgres.data / "postgresql.conf").write_text("no_such_setting = on\n")

    with (
        pytest.raises(Problem, match=r"postgres does not start: .*postgres.log"),
        postgres.running(),
    ):
        pass

    assert is_empty_soon(checkout.var)


def test_cluster_of_another_version_is_named(checkout):
    postgres = Postgres(checkout, for_tests=True)
    with postgres.running():
        pass
    (postgres.data / "PG_VERSION").write_text("14\n")

    with pytest.raises(Problem, match="was written by PostgreSQL 14"), postgres.running():
        pass


def test_deep_directory_gets_its_sockets_elsewhere(checkout):
    deep = Checkout(checkout.var / ("d" * 60) / ("e" * 60))

    valkey = Valkey(deep)
    with valkey.running():
        assert valkey.is_ready()

    assert not deep.run_dir.is_relative_to(checkout.var)
    assert deep.run_dir.stat().st_mode & 0o777 == 0o700
    for path in deep.run_dir.iterdir():
        path.unlink()
    deep.run_dir.rmdir()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another account")
def test_root_without_user_namespaces_runs_it_as_nobody(checkout):
    checkout.var.chmod(0o755)
    postgres = Postgres(checkout, for_tests=True, account=nobody())

    with postgres.running():
        assert postmaster(postgres).username() == "nobody"
        assert count_rows(postgres) == 1


def test_database_refuses_connections_over_the_network(checkout):
    postgres = Postgres(checkout, for_tests=True)

    with postgres.running(), pytest.raises(OperationalError):
        connect("postgres://alcova_app@127.0.0.1:5432/alcova", connect_timeout=2)

    assert not list(Path(postgres.data).glob("*.unfinished"))
