"""Make layers and derived tables anew from the ledger, which alone is the truth."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from landrelease.domain.entries import Entry
from landrelease.domain.words import join
from landrelease.register import layers, schema
from landrelease.register.derive import Entered, derive, entered
from landrelease.register.ledger import move_heads
from landrelease.register.words import ENTRIES, ENTRY

_SLICE = 20_000


def rebuild(connection: sqlite3.Connection) -> None:
    """Drop and make anew; to be called inside a transaction marked as our own."""
    layers.drop_layers(connection)
    schema.recreate_derived(connection)
    layers.create_layers(connection)
    for batch in entered_batches(connection):
        move_heads(connection, [e.entry for e in batch])
        derive(connection, batch)


def entered_batches(connection: sqlite3.Connection) -> Iterator[list[Entered]]:
    """Yield the ledger in slices, in the order of arrival: its columns, and bodies as said."""
    query = f"SELECT entry_no, {ENTRY} FROM {ENTRIES} WHERE entry_no > ? ORDER BY entry_no LIMIT ?"
    last = 0
    while rows := connection.execute(query, (last, _SLICE)).fetchall():
        last = rows[-1][0]
        entries = [(row[0], Entry(*row[1:-2])) for row in rows]
        bodies = [
            join(e.body, None, None, row[-1]).body
            for (_, e), row in zip(entries, rows, strict=True)
        ]
        yield entered(entries, bodies)
