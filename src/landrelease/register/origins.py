"""Who said last what a record says of some fields: a file, or a person who says why.

A version holds the whole record, so a corrected name carries along what a file said of all else.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from landrelease.domain.words import join
from landrelease.register.words import TEXT

#: Versions with those that they replaced; no two of them need agree on the order of arrival.
_BACK = f"""
WITH RECURSIVE back(start, entry_id) AS (
  SELECT value, (SELECT entry_id FROM entry WHERE entry_no = value) FROM json_each(?)
  UNION SELECT b.start, e.supersedes FROM back AS b JOIN entry AS e USING (entry_id)
  WHERE e.supersedes IS NOT NULL)
SELECT b.start, e.entry_no, e.entry_id, e.supersedes, e.action, e.import_id IS NOT NULL,
  e.source_id, e.reason, e.body, {TEXT} FROM back AS b JOIN entry AS e USING (entry_id)
"""


class _Version(NamedTuple):
    entry_id: str
    supersedes: str | None
    action: str
    of_file: bool
    explained: bool
    body: Mapping[str, Any]


def said_by_file(
    connection: sqlite3.Connection, entry_nos: Iterable[int], fields: Sequence[str]
) -> set[int]:
    """Return those versions that say of some fields what a file said, and no person says why.

    A person says why by a version that changes one of the fields, or that changes nothing at all
    and bears a reason or a source.

    Parameters
    ----------
    entry_nos : iterable of int
        Numbers of the versions that stand.
    fields : sequence of str
        Names of the fields.
    """
    chains: dict[int, dict[str, _Version]] = defaultdict(dict)
    heads: dict[int, _Version] = {}
    for start, number, *row in connection.execute(_BACK, (json.dumps(list(entry_nos)),)).fetchall():
        version = _version(row)
        chains[start][version.entry_id] = version
        if number == start:
            heads[start] = version
    return {start for start, head in heads.items() if _of_file(head, chains[start], fields)}


def _version(row: Sequence[Any]) -> _Version:
    entry_id, supersedes, action, of_file, source_id, reason, text, said = row
    joined = join(text, None, reason, said)
    explained = bool(source_id or joined.reason)
    return _Version(entry_id, supersedes, action, bool(of_file), explained, joined.body)


def _of_file(version: _Version, chain: Mapping[str, _Version], fields: Sequence[str]) -> bool:
    passed = {version.entry_id}
    while (before := chain.get(version.supersedes or "")) and before.entry_id not in passed:
        same = all(version.body.get(name) == before.body.get(name) for name in fields)
        if not same or _confirms(version, before):
            break
        passed.add(before.entry_id)
        version = before
    return version.of_file


def _confirms(version: _Version, before: _Version) -> bool:
    """Whether a person says once more what stood, and why."""
    by_hand = version.action == "record.amended" and not version.of_file
    return by_hand and version.explained and version.body == before.body
