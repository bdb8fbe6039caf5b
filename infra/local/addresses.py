"""What a person opens in a browser, and signs in as, when the demo runs."""

import http.client
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from infra.local.console import Problem
from infra.local.locks import wait_until
from infra.local.logs import last_line
from infra.local.processes import Process

PASSWORD = "demo-alcova"  # noqa: S105 (printed on purpose; any other environment refuses it)
FIRST_PAGE_TIMEOUT = 90.0


class Address(NamedTuple):
    """A page to begin with; `host` is below the platform's domain."""

    title: str
    host: str
    path: str


ADDRESSES = (
    Address("Motel Lua", "lua", "/"),
    Address("Motel Lua Centro", "lua-centro", "/"),
    Address("Motel Sol", "sol", "/"),
    Address("Painel · Grupo Lua", "lua.painel", "/admin/"),
    Address("Painel · Sol", "sol.painel", "/admin/"),
    Address("Painel · Alcova", "painel", "/admin/"),
)
LOG_INS = (
    ("Grupo Lua", ("owner@lua.test", "manager@lua.test", "editor@lua.test")),
    ("Sol", ("owner@sol.test", "manager@sol.test", "editor@sol.test")),
    ("Alcova", ("operator@alcova.test",)),
)


def wait_for_pages(settings: Mapping[str, str], web: Process) -> None:
    """Wait until every address answers, asking two at a time: the server has two workers."""
    with ThreadPoolExecutor(2) as askers:
        for _page in askers.map(lambda address: wait_for_page(address, settings, web), ADDRESSES):
            pass  # the first problem is raised here


def wait_for_page(address: Address, settings: Mapping[str, str], web: Process) -> None:
    answer: int | str = "nothing yet"

    def is_decided() -> bool:
        nonlocal answer
        answer = ask(address, settings)
        return answer in range(200, 400) or not web.is_alive()

    if not wait_until(is_decided, FIRST_PAGE_TIMEOUT):
        raise Problem(f"{url(address, settings)} does not open ({answer}): see {web.log}")
    if not web.is_alive():
        raise Problem(f"The web server does not start: {last_line(web.log)} ({web.log})")


def ask(address: Address, settings: Mapping[str, str]) -> int | str:
    """Return the status of the address's answer, or why there is none."""
    connection = http.client.HTTPConnection("127.0.0.1", int(settings["PORT"]), timeout=30)
    try:
        connection.request("GET", address.path, headers={"Host": host(address, settings)})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        return str(error)
    finally:
        connection.close()


def host(address: Address, settings: Mapping[str, str]) -> str:
    return f"{address.host}.{settings['PLATFORM_DOMAIN']}:{settings['PORT']}"


def url(address: Address, settings: Mapping[str, str]) -> str:
    return f"http://{host(address, settings)}{address.path}"


def overview(settings: Mapping[str, str]) -> str:
    """Return the addresses and log-ins, as a table."""
    lines = ["", "Alcova", ""]
    lines += [f"  {address.title:<22}{url(address, settings)}" for address in ADDRESSES]
    lines += ["", f"  Log-ins ({PASSWORD})", ""]
    lines += [f"  {title:<22}{'  '.join(people)}" for title, people in LOG_INS]
    return "\n".join([*lines, "", "  Ctrl-C", ""])
