"""Many rows into a table: columns that are empty in all of them are left out.

For each None, Python's `sqlite3` looks in vain for whatever may adapt it to SQL. Of a layer of
thirty columns a source fills five, and that search took most of the time of writing them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any


def insert_rows(
    connection: sqlite3.Connection,
    table: str,
    names: Sequence[str],
    rows: Sequence[Sequence[Any]],
    otherwise: str = "",
) -> None:
    """Insert rows; what is None becomes NULL, so no column may have another default.

    Parameters
    ----------
    names : sequence of str
        The columns, in the order of each row's values.
    otherwise : str
        What follows the values in SQL, such as ``ON CONFLICT …``.

    Examples
    --------
    >>> connection = sqlite3.connect(":memory:")
    >>> _ = connection.execute("CREATE TABLE area (name, district, note)")
    >>> insert_rows(connection, "area", ("name", "district", "note"), [("A", None, None)])
    >>> connection.execute("SELECT * FROM area").fetchall()
    [('A', None, None)]
    """
    if not rows:
        return
    columns = zip(names, zip(*rows, strict=True), strict=True)
    filled = {name: values for name, values in columns if values.count(None) < len(values)}
    marks = ", ".join("?" * len(filled))
    connection.executemany(
        f'INSERT INTO "{table}" ({quoted(filled)}) VALUES ({marks}) {otherwise}',
        zip(*filled.values(), strict=True),
    )


def quoted(names: Iterable[str]) -> str:
    """Return column names for SQL."""
    return ", ".join(f'"{name}"' for name in names)
