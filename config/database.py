"""A connection that the server has closed is noticed for free, before a request needs it."""

import select
from typing import Any

from django.core.signals import request_started
from django.db import connections


def drop_closed_connections(**kwargs: Any) -> None:
    """Close connections whose socket has something to read while nothing was asked.

    That is the server's farewell, or the end of the stream: the next query reconnects. Unlike
    CONN_HEALTH_CHECKS it costs no round trip to the database.
    """
    for connection in connections.all(initialized_only=True):
        inner = connection.connection
        if inner is None or connection.in_atomic_block or getattr(inner, "closed", True):
            continue
        poll = select.poll()
        poll.register(inner.pgconn.socket, select.POLLIN)
        if poll.poll(0):
            connection.close()


request_started.connect(drop_closed_connections)
