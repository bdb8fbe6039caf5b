"""Statements that each connection parses and plans once, which takes longer than to run them."""

import hashlib
import re
from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary, WeakSet

from django.db import ProgrammingError, connection
from psycopg.errors import DuplicatePreparedStatement, InvalidSqlStatementName

PLACE = re.compile(r"%\((\w+)\)s")

_known: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()
"""What each connection has prepared."""
_pooled: WeakSet[Any] = WeakSet()
"""Connections on which what was prepared is not found again: a pooler is between."""


class Statement:
    """SQL with named places, each of which says its type (`%(at)s::timestamptz`).

    In a transaction, and behind a pooler of transactions, it is sent as it is. `prepare` and
    `execute` are what is sent otherwise.
    """

    def __init__(self, sql: str) -> None:
        names = list(dict.fromkeys(PLACE.findall(sql)))
        numbered = PLACE.sub(lambda place: f"${names.index(place[1]) + 1}", sql)
        places = ", ".join(f"%({name})s" for name in names)
        self.sql = sql
        self._name = f"alcova_{hashlib.sha256(sql.encode()).hexdigest()[:16]}"
        self.prepare = f"PREPARE {self._name} AS {numbered}"
        self.execute = f"EXECUTE {self._name}({places})"

    def run(self, cursor: Any, params: Mapping[str, Any]) -> None:
        """Run the statement; its results are the cursor's."""
        inner = connection.connection
        if connection.in_atomic_block or inner in _pooled:
            cursor.execute(self.sql, params)
            return
        try:
            self._insist(cursor, inner)
            cursor.execute(self.execute, params)
        except ProgrammingError as error:
            if not isinstance(error.__cause__, InvalidSqlStatementName):
                raise
            _pooled.add(inner)
            cursor.execute(self.sql, params)

    def _insist(self, cursor: Any, inner: Any) -> None:
        prepared = _known.setdefault(inner, set())
        if self._name in prepared:
            return
        try:
            cursor.execute(self.prepare)
        except ProgrammingError as error:
            # somebody else was on this connection of a pooler's: the name is of the same text
            if not isinstance(error.__cause__, DuplicatePreparedStatement):
                raise
        prepared.add(self._name)
