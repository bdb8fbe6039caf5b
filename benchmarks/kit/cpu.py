"""CPU time and memory of processes, in all of their threads."""

import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import psutil

NANO = 1e-9


def of_this_process() -> float:
    """Return the seconds of CPU that this process has used."""
    return time.process_time()


def of_process(pid: int) -> float:
    """Return the seconds of CPU that a process has used: exactly on Linux, else in 10 ms."""
    threads = list(Path(f"/proc/{pid}/task").glob("*/schedstat"))
    if threads:
        return sum(int(each.read_text().split()[0]) for each in threads) * NANO
    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system)


def of_all(processes: Iterable[psutil.Process]) -> float:
    return sum(of_process(each.pid) for each in processes)


def resident(processes: Iterable[psutil.Process]) -> list[int]:
    """Return the bytes in memory of each process."""
    return [int(each.memory_info().rss) for each in processes]


def of_connection(connection: Any) -> float:
    """Return the seconds of CPU of this process, and of PostgreSQL's for a connection of Django."""
    connection.ensure_connection()
    return of_this_process() + of_process(connection.connection.info.backend_pid)


def unique(processes: Iterable[psutil.Process]) -> list[int]:
    """Return the bytes in memory that each process shares with no other."""
    return [int(each.memory_full_info().uss) for each in processes]
