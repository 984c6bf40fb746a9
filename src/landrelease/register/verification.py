"""Check that the ledger is whole and that the layers say what it says."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from landrelease.domain.kinds import kinds
from landrelease.errors import LandReleaseError
from landrelease.register.attachments import problems as attachment_problems
from landrelease.register.chain import Chain
from landrelease.register.contract import Head, Problem, Verification
from landrelease.register.derived_check import derived_problems
from landrelease.register.layer_check import layer_problems
from landrelease.register.schema import ENTRY_COLUMNS
from landrelease.register.words import ENTRIES, ENTRY, Proof


def verify(connection: sqlite3.Connection, head: str | None = None) -> Verification:
    """Check every hash, every chain and every layer; to be called inside a transaction."""
    try:
        return _verify(connection, head)
    except sqlite3.OperationalError:
        # some text is no UTF-8 any more: read it all the same, so that it can be named
        connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
        try:
            return _verify(connection, head)
        finally:
            connection.text_factory = str


def _verify(connection: sqlite3.Connection, head: str | None) -> Verification:
    chain = Chain()
    proof = Proof(connection)
    for columns, salt, text in _entries(connection):
        chain.add(columns)
        proof.add(columns, salt, text)
    problems = [*chain.problems, *_head_problems(connection, chain), *proof.problems]
    if head is not None and not chain.holds(head):
        text = "the ledger does not hold it: its tail was cut, or it is another register's"
        problems.append(Problem("head_unknown", head, text))
    for kind in kinds():
        problems += _checked(kind, layer_problems, connection, kind)
    problems += _checked("version", derived_problems, connection)
    problems += _checked("attachment", attachment_problems, connection)
    query = "SELECT count(*) FROM outside_edit WHERE NOT reviewed"
    edits = connection.execute(query).fetchone()[0]
    return Verification(chain.count, chain.heads(), tuple(problems), edits, chain.forks())


def _checked(what: str, check: Callable[..., Iterable[Problem]], *given: Any) -> list[Problem]:
    try:
        return list(check(*given))
    except (ValueError, KeyError, TypeError, LandReleaseError, sqlite3.DatabaseError) as problem:
        return [Problem("check_failed", what, f"cannot be compared with the ledger: {problem}")]


def _entries(connection: sqlite3.Connection) -> Iterator[tuple[dict[str, Any], Any, Any]]:
    """The ledger as it is held, and the salt and text of each entry's words."""
    for row in connection.execute(f"SELECT {ENTRY} FROM {ENTRIES} ORDER BY entry_no"):
        *columns, salt, text = row
        yield dict(zip(ENTRY_COLUMNS, columns, strict=True)), salt, text


def _head_problems(connection: sqlite3.Connection, chain: Chain) -> list[Problem]:
    rows = connection.execute("SELECT replica, seq, hash FROM head ORDER BY 1, 2, 3")
    kept = tuple(Head(*row) for row in rows)
    if kept == chain.heads():
        return []
    return [Problem("heads_differ", "head", "the kept heads are not the ends of the chains")]
