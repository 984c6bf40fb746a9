"""Asking an open register: the file, its people, and rows of the one or the other."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from landrelease.register.connection import explained
from landrelease.register.former import FormerIds
from landrelease.register.people import People


class Questions:
    """An open file of a register, with what every question to it needs."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._people = People(path)
        self._former = FormerIds(connection)

    def _one(
        self, query: str, values: Sequence[Any] | Mapping[str, Any] = ()
    ) -> tuple[Any, ...] | None:
        with explained(self.path):
            found: tuple[Any, ...] | None = self._connection.execute(query, values).fetchone()
        return found

    def _all(
        self, query: str, values: Sequence[Any] | Mapping[str, Any] = ()
    ) -> list[tuple[Any, ...]]:
        with explained(self.path):
            return self._connection.execute(query, values).fetchall()

    def _each(
        self, query: str, values: Sequence[Any] | Mapping[str, Any] = ()
    ) -> Iterator[tuple[Any, ...]]:
        with explained(self.path):
            yield from self._connection.execute(query, values)
