"""The tree of hashes: every entry as it was written, each after its predecessor."""

from __future__ import annotations

from typing import Any

from landrelease.domain.canonical import entry_hash
from landrelease.errors import LandReleaseError
from landrelease.register.contract import Head, Problem

_WHOLE_NUMBERS = frozenset({"replica_seq", "source_row"})


class Chain:
    """Checks entries one at a time, predecessors first, as the ledger holds them."""

    def __init__(self) -> None:
        self.count = 0
        self.problems: list[Problem] = []
        self._seq: dict[bytes, Any] = {}
        self._ends: dict[bytes, Head] = {}
        self._forks: dict[bytes, Head] = {}

    def add(self, columns: dict[str, Any]) -> None:
        """Check one entry's hash and that it follows another."""
        self.count += 1
        if not _is_as_written(columns):
            self._found("hash_mismatch", columns, "the entry is not as it was written")
        previous, own = columns["previous_hash"], _key(columns["hash"])
        seq = columns["replica_seq"]
        before = 0 if previous is None else self._seq.get(_key(previous))
        # a damaged number may be text
        if not isinstance(before, int) or not isinstance(seq, int) or before + 1 != seq:
            text = f"no entry of replica {columns['replica']} stands before number {seq}"
            self._found("chain_broken", columns, text)
        elif previous is not None:
            self._follow(_key(previous), Head(columns["replica"], before, previous))
        self._seq[own] = seq
        self._ends[own] = Head(columns["replica"], seq, columns["hash"])

    def holds(self, head: str) -> bool:
        """Whether an entry of this hash is in the tree."""
        return _key(head) in self._seq

    def heads(self) -> tuple[Head, ...]:
        """Return the entries that no other follows."""
        return tuple(sorted(self._ends.values(), key=_place))

    def forks(self) -> tuple[Head, ...]:
        """Return the entries that two entries of one replica follow."""
        return tuple(self._forks.values())

    def _follow(self, key: bytes, before: Head) -> None:
        if self._ends.pop(key, None) is None:
            self._forks[key] = before

    def _found(self, code: str, columns: dict[str, Any], message: str) -> None:
        self.problems.append(Problem(code, str(columns["entry_id"]), message))


def _place(head: Head) -> tuple[Any, ...]:
    """The order of `Register.heads`: by number; a damaged number, which is text, comes last."""
    return head.replica, isinstance(head.seq, str), head.seq, head.hash


def _key(digest: Any) -> bytes:
    """Half of a hash, as bytes: a million of them must fit into memory."""
    try:
        return bytes.fromhex(digest)[:16]
    except (TypeError, ValueError):  # damaged
        return str(digest).encode("utf-8", "surrogateescape")


def _is_as_written(columns: dict[str, Any]) -> bool:
    for name, value in columns.items():
        expected = int if name in _WHOLE_NUMBERS else str
        if value is not None and not isinstance(value, expected):
            return False
    try:
        return bool(entry_hash(columns) == columns["hash"])
    except LandReleaseError:  # text that no encoding can carry
        return False
