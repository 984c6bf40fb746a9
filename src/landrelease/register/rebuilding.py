"""Make layers and derived tables anew from the ledger, which alone is the truth."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence

from landrelease.domain.entries import Entry
from landrelease.domain.kinds import kinds
from landrelease.domain.words import join
from landrelease.register import layers, schema
from landrelease.register.derive import Entered, derive, entered, standing_rows
from landrelease.register.ledger import move_heads
from landrelease.register.words import ENTRIES, ENTRY

_SLICE = 20_000
_log = logging.getLogger(__name__)


def rebuild(connection: sqlite3.Connection) -> None:
    """Drop and make anew; to be called inside a transaction marked as our own."""
    layers.drop_layers(connection)
    schema.recreate_derived(connection)
    layers.create_layers(connection)
    of = connection.execute("SELECT count(*) FROM entry").fetchone()[0]
    done = 0
    for batch in entered_batches(connection):
        move_heads(connection, [e.entry for e in batch])
        derive(connection, batch)
        done += len(batch)
        _log.info("made anew from the ledger: %s of %s entries", f"{done:,}", f"{of:,}")


def refit(connection: sqlite3.Connection) -> None:
    """Make those layers anew for which the vocabulary asks otherwise.

    What answers about land does not follow from the vocabulary, so it stays.
    """
    outgrown = layers.outgrown(connection)
    for table in outgrown:
        layers.drop_layer(connection, table)
    for name, spec in kinds().items():
        if name in outgrown:
            layers.create_layer(connection, spec)
    rows = connection.execute(
        "SELECT current_entry_no FROM record WHERE current_entry_no IS NOT NULL"
        " AND kind IN (SELECT value FROM json_each(?)) ORDER BY record_no",
        (json.dumps(sorted(outgrown)),),
    ).fetchall()
    numbers = [number for (number,) in rows]
    for start in range(0, len(numbers), _SLICE):
        some = numbers[start : start + _SLICE]
        _show(connection, some)
        _log.info("in new layers: %s of %s records", f"{start + len(some):,}", f"{len(numbers):,}")


def _show(connection: sqlite3.Connection, entry_nos: Sequence[int]) -> None:
    shown: dict[str, list[layers.Standing]] = defaultdict(list)
    for kind, row in standing_rows(connection, entry_nos):
        shown[kind].append(row)
    for kind, rows in shown.items():
        layers.write_rows(connection, kind, rows)


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
