"""Where records stand on their way to approval, if the workflow ever was on."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from landrelease.domain.actions import REPEATING
from landrelease.domain.workflow import UNCHECKED, Spell, asked, spells, state_of, waits
from landrelease.register.contract import Record
from landrelease.register.state import VOID, microseconds


@dataclass(frozen=True, slots=True)
class Approval:
    """When approval was asked for, as known at a moment, and what it makes of entries."""

    connection: sqlite3.Connection
    on: tuple[Spell, ...]

    @classmethod
    def known_at(cls, connection: sqlite3.Connection, known_us: int) -> Approval:
        """Read the switches that were known at a moment, in microseconds since 1970.

        Only the register's own record switches; a row that calls itself a register does not, nor
        does an act that repeats a version which another copy of the register has switched since.
        """
        rows = connection.execute(
            "SELECT v.recorded_us, e.body ->> '$.workflow' FROM register_info AS i"
            " JOIN record AS r ON r.record_id = i.register_id AND r.kind = 'register'"
            " JOIN version AS v USING (record_no) JOIN entry AS e USING (entry_no)"
            f" WHERE v.role < {VOID} AND v.received_us <= ?"
            " AND e.action NOT IN (SELECT value FROM json_each(?))"
            " ORDER BY v.recorded_us, v.entry_id",
            (known_us, json.dumps(sorted(REPEATING))),
        )
        return cls(connection, spells((moment, bool(on)) for moment, on in rows))

    @property
    def is_on(self) -> bool:
        """Whether approval is asked for from here on."""
        return bool(self.on) and self.on[-1][1] == float("inf")

    def states(self, versions: Iterable[tuple[int, int]]) -> dict[int, str]:
        """Return the state of those entries that are on their way to approval, or approved.

        Parameters
        ----------
        versions : iterable of (int, int)
            Number of the entry and when it was recorded, in microseconds since 1970.
        """
        if not self.on:
            return {}
        recorded = dict(versions)
        rows = self.connection.execute(
            "SELECT entry_no, action FROM entry WHERE entry_no IN (SELECT value FROM json_each(?))",
            (json.dumps(list(recorded)),),
        )
        states = (
            (entry_no, state_of(action, asked=asked(self.on, recorded[entry_no])))
            for entry_no, action in rows
        )
        return {entry_no: state for entry_no, state in states if state is not None}

    def waiting(self, versions: Iterable[tuple[int, int]]) -> frozenset[int]:
        """Return the entries among some versions that need approval and have none."""
        return frozenset(n for n, state in self.states(versions).items() if waits(state))

    def of_versions(self, records: Iterable[Record]) -> dict[str, str]:
        """Return the state of each of these versions of records, by record id."""
        if not self.on:
            return {}
        states = (
            (r.record_id, state_of(r.action, asked=asked(self.on, microseconds(r.recorded_at))))
            for r in records
            if r.kind not in UNCHECKED
        )
        return {record_id: state for record_id, state in states if state is not None}

    def current(self) -> dict[str, str]:
        """Return the state of every record that stands, in order of their making."""
        if not self.on:
            return {}
        rows = self.connection.execute(
            "SELECT r.record_id, v.entry_no, v.recorded_us FROM record AS r JOIN version AS v"
            " ON v.record_no = r.record_no AND v.entry_no = r.current_entry_no"
            " WHERE r.kind NOT IN (SELECT value FROM json_each(?)) ORDER BY r.record_no",
            (json.dumps(sorted(UNCHECKED)),),
        ).fetchall()
        states = self.states(row[1:] for row in rows)
        return {found: states[entry_no] for found, entry_no, _ in rows if entry_no in states}
