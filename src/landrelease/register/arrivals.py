"""When entries arrived here, proved: the next one written here tells it of those before.

No hash holds `received_at`, since a merge sets it anew. An entry that was written here arrived when
it was recorded, which its hash holds. Those that came from another copy did not; the entry that is
written next holds the hash of their times.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from landrelease.domain.words import ARRIVALS
from landrelease.register.contract import Problem
from landrelease.register.state import microseconds, moment_text

#: An entry was written here, and did not come by a merge.
WRITTEN_HERE = "received_at = recorded_at"

_TOLD = re.compile(rf'"{ARRIVALS}":"([^"]*)"')
_LAST_WRITTEN = f"SELECT entry_no FROM entry WHERE {WRITTEN_HERE} ORDER BY entry_no DESC LIMIT 1"
_CAME_SINCE = f"""
SELECT entry_id, received_at FROM entry
WHERE NOT {WRITTEN_HERE} AND entry_no > coalesce(({_LAST_WRITTEN}), 0) ORDER BY entry_no
"""
_CAME = f"SELECT entry_id, received_at FROM entry WHERE NOT {WRITTEN_HERE} ORDER BY entry_no"


def untold(connection: sqlite3.Connection) -> str | None:
    """Return the hash of arrivals that no entry tells yet, for the next one; None without any.

    The first entry that this version writes tells all of them, even none: from there on one that
    is not told is a fault.
    """
    if connection.execute("SELECT arrivals_told FROM register_info").fetchone()[0]:
        came = connection.execute(_CAME_SINCE).fetchall()
        return _digest(came) if came else None
    connection.execute("UPDATE register_info SET arrivals_told = 1")
    return _digest(connection.execute(_CAME))


def _digest(came: Iterable[tuple[str, str]]) -> str:
    found = hashlib.sha256()
    for entry_id, received_at in came:
        found.update(f"{entry_id} {received_at}\n".encode("utf-8", "surrogateescape"))
    return found.hexdigest()


class Arrivals:
    """Proves when entries arrived, one entry at a time in the order of arrival."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._last = ""
        self._came: list[tuple[str, str]] = []
        self._begun = False

    def add(self, columns: Mapping[str, Any]) -> None:
        """See one entry."""
        entry_id, received = str(columns["entry_id"]), str(columns["received_at"])
        if not _is_moment(received):
            self._differs(entry_id, f"received_at = {received!r} is no moment as it is written")
        elif received < self._last:
            self._differs(
                entry_id, f"it arrived at {received}, and the entry above it later, at {self._last}"
            )
        else:
            self._last = received
        if received != columns["recorded_at"]:
            self._came.append((entry_id, received))
        else:
            self._compare(entry_id, _TOLD.search(str(columns["body"])))

    def _compare(self, entry_id: str, told: re.Match[str] | None) -> None:
        """Hold what came before an entry that was written here against what that tells."""
        if told and told[1] != _digest(self._came):
            self._differs(entry_id, "entries before it arrived at other moments than it tells")
        if self._begun and not told:
            for came, received in self._came:
                self._differs(came, f"it arrived, it says, at {received}, and no entry tells of it")
        if self._begun or told:
            self._begun, self._came = True, []

    def _differs(self, entry_id: str, text: str) -> None:
        self.problems.append(Problem("received_differs", entry_id, text))


def _is_moment(text: str) -> bool:
    try:
        return moment_text(microseconds(text)) == text
    except (ValueError, OverflowError):
        return False
