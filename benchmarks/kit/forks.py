"""Clients that are processes of their own, made by forking this one, and begin together."""

import os
import pickle
import time
from collections.abc import Callable
from multiprocessing import get_context

from django.db import connections

from benchmarks.kit.load import CannotMeasure

PATIENCE = 60.0


Act = Callable[[int], object]


def rate(act: Act, *, clients: int, seconds: float, first: Act | None = None) -> float:
    """Return how many times a second so many clients do something together.

    Each is a process with a connection of its own; `act` gets the client's number. It is done a few
    times before it is counted, and before that what there is to do `first`.
    """
    context = get_context("fork")
    gate = context.Barrier(clients)
    tasks = [task for task in (first, act, act, act) if task]
    children = [_start([*tasks, act], number, gate, seconds) for number in range(clients)]
    done = [_result(*child) for child in children]
    return sum(times / took for times, took in done)


def _start(acts: list[Act], number: int, gate, seconds: float) -> tuple[int, int]:  # type: ignore[no-untyped-def]  # multiprocessing's barrier has no type of its own
    reads, writes = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writes)
        return pid, reads
    said: object
    try:
        said = _work(acts, number, gate, seconds)
    except Exception as error:  # noqa: BLE001 (told to the parent)
        gate.abort()
        said = repr(error)
    with os.fdopen(writes, "wb") as pipe:
        pickle.dump(said, pipe)
    os._exit(0)  # what was inherited, connections included, is the parent's to close


def _work(acts: list[Act], number: int, gate, seconds: float) -> tuple[int, float]:  # type: ignore[no-untyped-def]  # the same
    connections["default"] = connections.create_connection("default")
    *earlier, act = acts
    for each in earlier:
        each(number)
    gate.wait(PATIENCE)
    began = time.perf_counter()
    times, now = 0, began
    while now - began < seconds:
        act(number)
        times += 1
        now = time.perf_counter()
    connections["default"].close()
    return times, now - began


def _result(pid: int, reads: int) -> tuple[int, float]:
    with os.fdopen(reads, "rb") as pipe:
        said = pipe.read()
    os.waitpid(pid, 0)
    found = pickle.loads(said) if said else "a client ended without a word"  # noqa: S301 (our own)
    if isinstance(found, str):
        raise CannotMeasure(found)
    times, took = found
    return int(times), float(took)
