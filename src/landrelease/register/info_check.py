"""Check that the register says of itself what its ledger says."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

from landrelease.domain.words import join
from landrelease.register.contract import Problem
from landrelease.register.words import TEXT


def info_problems(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Yield what `register_info` and `control` hold otherwise than the first entry says.

    Every register begins with the entry that made it; a copy keeps its id and its replica.
    """
    register_id, replica, *said = connection.execute(
        "SELECT register_id, replica, name, country, bbox FROM register_info"
    ).fetchone()
    first = f"SELECT record_id, replica, body, {TEXT} FROM entry AS e ORDER BY entry_no LIMIT 1"
    due_id, due_replica, text, words = connection.execute(first).fetchone()
    body = join(text, None, None, words).body
    bbox = body.get("country_bbox")
    due = (body.get("name"), body.get("country"), None if bbox is None else json.dumps(bbox))
    found = dict(zip(("name", "country", "bbox"), zip(said, due, strict=True), strict=True))
    found |= {"id": (register_id, due_id), "replica": (replica, due_replica)}
    for name, (here, there) in found.items():
        if here != there:
            text = f"its {name} is {here!r}, the ledger says {there!r}"
            yield Problem("register_info_differs", "register_info", text)
    if connection.execute("SELECT id, own_write FROM control").fetchall() != [(1, 0)]:
        text = "edits of other programs are not logged as long as it is so"
        yield Problem("control_differs", "control", text)
