"""Key services, and processes that work beside each other."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection

from privacy import epochs
from privacy.clients import kms as client
from tenancy.context import tenant_scope
from tests.connections import settings_of, threads_connected
from tests.fakes.kms import Kms, running

Work = Callable[[], Any]


@pytest.fixture(autouse=True)
def _fresh_process() -> Iterator[None]:
    """Have the process know no key, as if it had just started."""
    epochs.forget()
    yield
    epochs.forget()


@pytest.fixture
def as_client(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Return a way to have KMS at an address, with those keys; it is asked without pauses."""
    monkeypatch.setattr(
        "botocore.retries.standard.ExponentialBackoff.delay_amount", lambda self, context: 0
    )

    def use(url: str, *key_ids: str) -> None:
        settings.KMS_ENDPOINT_URL, settings.KMS_KEY_ID = url, list(key_ids)
        settings.KMS_REGION = "sa-east-1"
        settings.KMS_ACCESS_KEY_ID, settings.KMS_SECRET_ACCESS_KEY = "tests", "tests"
        client.breaker.close()
        client._client_of.cache_clear()

    yield use
    client.breaker.close()
    client._client_of.cache_clear()


@pytest.fixture
def kms(as_client: Callable[..., None]) -> Iterator[Kms]:
    """Have a strict KMS keep the vault's keys, under one key of its own."""
    with running(Kms()) as service:
        as_client(service.url, service.add_key())
        yield service
    assert service.refused == []


@pytest.fixture
def committed(lua: Any, sol: Any) -> Iterator[None]:
    """Have threads work as processes in service do: what they write stays, until the test ends."""
    with threads_connected(settings_of("app")):
        yield
    params = connection.get_connection_params()
    names = ("dbname", "user", "password", "host", "port")
    wanted = {name: params[name] for name in names if params.get(name)}
    with psycopg.connect(**wanted, autocommit=True) as owner:
        owner.execute("DELETE FROM privacy_vaultentry")
        owner.execute("DELETE FROM privacy_tenantkey")
        owner.execute("DELETE FROM tenancy_auditentry WHERE action LIKE 'privacy.%'")


class Background:
    """Work in threads, each with a connection of its own, for one tenant."""

    def __init__(self, tenant: Any) -> None:
        self.tenant = tenant
        self.answers: list[Any] = []

    def start(self, *works: Work) -> list[threading.Thread]:
        """Begin all works at the same moment."""
        together = threading.Barrier(len(works))
        threads = [threading.Thread(target=self._do, args=(work, together)) for work in works]
        for thread in threads:
            thread.start()
        return threads

    def run(self, *works: Work) -> list[Any]:
        """Do all works at the same time; return what they came to, or raised."""
        self.answers = []
        for thread in self.start(*works):
            thread.join()
        return self.answers

    def _do(self, work: Work, together: threading.Barrier) -> None:
        try:
            together.wait()
            with tenant_scope(self.tenant):
                self.answers.append(work())
        except Exception as error:  # noqa: BLE001 (the test looks at it)
            self.answers.append(error)
        finally:
            connection.close()


@pytest.fixture
def at_lua(committed: None, lua: Any) -> Background:
    return Background(lua)
