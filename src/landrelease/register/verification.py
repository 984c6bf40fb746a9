"""Check that the ledger is whole and that the layers say what it says."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from landrelease.domain.kinds import kinds
from landrelease.errors import LandReleaseError
from landrelease.register.arrivals import Arrivals
from landrelease.register.attachments import problems as attachment_problems
from landrelease.register.chain import Chain
from landrelease.register.contract import Head, Problem, Verification
from landrelease.register.derived_check import derived_problems
from landrelease.register.documents import problems as document_problems
from landrelease.register.identity_check import Compared, compare
from landrelease.register.info_check import info_problems
from landrelease.register.layer_check import layer_problems
from landrelease.register.listing_check import listing_problems
from landrelease.register.people import People
from landrelease.register.quarantine import problems as quarantine_problems
from landrelease.register.schema import ENTRY_COLUMNS
from landrelease.register.words import ENTRIES, ENTRY, Proof


def verify(connection: sqlite3.Connection, people: People, head: str | None = None) -> Verification:
    """Check every hash, chain, layer and identity; to be called inside a transaction."""
    try:
        return _verify(connection, people, head)
    except sqlite3.OperationalError:
        # some text is no UTF-8 any more: read it all the same, so that it can be named
        connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
        try:
            return _verify(connection, people, head)
        finally:
            connection.text_factory = str


def _verify(connection: sqlite3.Connection, people: People, head: str | None) -> Verification:
    chain = Chain()
    proof = Proof(connection)
    heads = _Heads(connection)
    arrivals = Arrivals()
    for columns, salt, text in _entries(connection):
        chain.add(columns)
        proof.add(columns, salt, text)
        heads.add(columns)
        arrivals.add(columns)
    problems = [*chain.problems, *heads.problems(chain), *arrivals.problems, *proof.problems]
    if head is not None and not chain.holds(head):
        text = "the ledger does not hold it: its tail was cut, or it is another register's"
        problems.append(Problem("head_unknown", head, text))
    for kind in kinds():
        problems += _checked(kind, layer_problems, connection, kind)
    problems += _checked("version", derived_problems, connection)
    problems += _checked("attachment", attachment_problems, connection)
    problems += _checked("document", document_problems, connection)
    problems += _checked("quarantine", quarantine_problems, connection)
    of_people, unread = _compared(connection, people)
    problems += [*of_people.problems, *unread]
    problems += _checked("register", info_problems, connection)
    problems += _checked("layers", listing_problems, connection)
    query = "SELECT count(*) FROM outside_edit WHERE NOT reviewed"
    edits = connection.execute(query).fetchone()[0]
    return Verification(
        chain.count, chain.heads(), tuple(problems), edits, chain.forks(), of_people.absent
    )


def _checked(what: str, check: Callable[..., Iterable[Problem]], *given: Any) -> list[Problem]:
    try:
        return list(check(*given))
    except _UNREADABLE as problem:
        return [_failed(what, problem)]


def _compared(connection: sqlite3.Connection, people: People) -> tuple[Compared, list[Problem]]:
    """The second file against the ledger; where it cannot be read, that is the problem."""
    try:
        return compare(connection, people), []
    except _UNREADABLE as problem:
        return Compared(), [_failed("people", problem)]


_UNREADABLE = (ValueError, KeyError, TypeError, LandReleaseError, sqlite3.DatabaseError)


def _failed(what: str, problem: Exception) -> Problem:
    return Problem("check_failed", what, f"cannot be compared with the ledger: {problem}")


def _entries(connection: sqlite3.Connection) -> Iterator[tuple[dict[str, Any], Any, Any]]:
    """The ledger as it is held, and the salt and text of each entry's words."""
    for row in connection.execute(f"SELECT {ENTRY} FROM {ENTRIES} ORDER BY entry_no"):
        *columns, salt, text = row
        yield dict(zip(ENTRY_COLUMNS, columns, strict=True)), salt, text


class _Heads:
    """The kept heads, and what the ledger says of the same entries."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        rows = connection.execute(
            "SELECT replica, seq, hash, recorded_at FROM head ORDER BY 1, 2, 3"
        )
        self._kept = {Head(*row[:3]): row[3] for row in rows}
        self._wanted = {head.hash for head in self._kept}
        self._written: dict[str, str] = {}

    def add(self, columns: dict[str, Any]) -> None:
        """See one entry."""
        if columns["hash"] in self._wanted:
            self._written[columns["hash"]] = columns["recorded_at"]

    def problems(self, chain: Chain) -> list[Problem]:
        """Compare, when all entries were seen."""
        due = {head: self._written.get(head.hash) for head in chain.heads()}
        if self._kept == due:
            return []
        return [Problem("heads_differ", "head", "the kept heads are not the ends of the chains")]
