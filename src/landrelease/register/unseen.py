"""What a void does to versions that it never saw: of two copies, one voided what the other wrote.

A void takes out what was recorded until then. What tells of a hazard, or holds land back, stays
where another copy wrote it and the void cannot have seen it, with the versions that it replaced: a
hazard does not leave the list because somebody voided an older word of it. Whoever then voids the
record has both in view.
Of every other kind the void wins, also where the other copy's clock was ahead: a release that a
person took back does not return because somebody amended it who never knew. Whoever records it
again in view of the void is obeyed.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from landrelease.register.chains import Chains
from landrelease.register.state import VOID
from landrelease.register.views import COLUMNS, Version, Views, parted, views_of

#: What tells of a hazard, or holds land back; a void of a product brings its hazard back.
_STAYS = frozenset({"hazardous_area", "accident", "indication", "non_conformity"})

#: By rule the same inquiry is opened in every copy, so the later word on it stands.
_ROWS = f"""
SELECT {COLUMNS}
FROM record AS r JOIN version AS v USING (record_no) JOIN entry AS e USING (entry_no)
WHERE r.kind != 'inquiry' AND EXISTS (
  SELECT 1 FROM version AS o WHERE o.record_no = r.record_no AND o.role = {VOID})
"""
_IMPORT_UNDONE = """
SELECT v.entry_no, min(u.received_us) FROM version AS v JOIN undone AS u ON u.scope = 'import'
  AND u.target_no = v.import_no AND v.recorded_us <= u.recorded_us
WHERE v.record_no IN (SELECT value FROM json_each(?)) GROUP BY v.entry_no
"""
#: Voids of records that do not stand, the last first.
_FALLEN = f"""
SELECT {COLUMNS}
FROM record AS r JOIN version AS v USING (record_no) JOIN entry AS e USING (entry_no)
WHERE r.current_entry_no IS NULL AND v.role = {VOID}
  AND r.record_id IN (SELECT value FROM json_each(?))
ORDER BY v.recorded_us DESC, v.entry_id DESC
"""
_HEAD = "SELECT replica, seq, hash FROM head WHERE hash = ?"


class _End(NamedTuple):
    """The end of a chain."""

    replica: str
    seq: int
    hash: str


class Apart(NamedTuple):
    """A version that some void never saw, where its moment alone does not tell what becomes of it.

    Attributes
    ----------
    voided_us : int or None
        When it was taken out, by a void that saw it or wins over it or with its import; None where
        it stands.
    met_us : int
        When this register held both the version and every void of its record.
    to_judge : bool
        Whether a person is to judge: it stands, or fell to a void that never saw it.
    """

    record_no: int
    record_id: str
    entry_id: str
    voided_us: int | None
    met_us: int
    to_judge: bool


def settle_touched(connection: sqlite3.Connection) -> None:
    """Settle what voids never saw among the touched records, after they were marked by time."""
    found = written_apart(connection, " AND r.record_no IN (SELECT record_no FROM touched)")
    connection.executemany(
        "UPDATE version SET voided_us = ? WHERE record_no = ? AND entry_id = ?",
        [(one.voided_us, one.record_no, one.entry_id) for one in found],
    )


def written_apart(connection: sqlite3.Connection, which: str = "") -> list[Apart]:
    """Return the versions that some void of their record never saw; none in a single chain.

    Parameters
    ----------
    which : str
        A further condition on the record ``r`` in SQL; never made of what a user typed.
    """
    if not parted(connection):
        return []
    records = list(views_of(connection, connection.execute(_ROWS + which).fetchall()))
    numbers = json.dumps([views.voids[0].record_no for views in records])
    undone = dict(connection.execute(_IMPORT_UNDONE, (numbers,)).fetchall())
    return [
        one
        for views in records
        for one in (_stay if views.voids[0].kind in _STAYS else _fall)(views, undone)
    ]


def void_out_of_view(
    connection: sqlite3.Connection, record_ids: Collection[str], head: str | None
) -> dict[str, str]:
    """Return the void of each fallen record that is in no view of what is written after a head.

    Who records such a record again knows of it: the new version says so by replacing the void.
    """
    if not parted(connection):
        return {}
    last = _End(*connection.execute(_HEAD, (head,)).fetchone())
    rows = connection.execute(_FALLEN, (json.dumps(list(record_ids)),)).fetchall()
    chains, found = Chains(connection), dict[str, str]()
    for void in (Version(*row) for row in rows):
        if void.hash != head and not chains.follows(last, void):
            found.setdefault(void.record_id, void.entry_id)
    return found


def _stay(views: Views, undone: Mapping[int, int]) -> Iterator[Apart]:
    """Versions that stay against voids which never saw them, with those that they replaced."""
    kept = {void.entry_id: _kept_from(void, views) for void in views.voids}
    for version in views.states:
        if any(version.entry_id in one for one in kept.values()):
            by = [
                void
                for void in views.voids
                if version.recorded_us <= void.recorded_us
                and version.entry_id not in kept[void.entry_id]
            ]
            voided_us = _first(by, undone.get(version.entry_no))
            yield _apart(version, views, voided_us, to_judge=voided_us is None)


def _kept_from(void: Version, views: Views) -> set[str]:
    """The versions that a void never saw, with those that they replaced: their past stays."""
    unseen = (
        version
        for version in views.states
        if version.recorded_us <= void.recorded_us and not views.saw(void, version)
    )
    return {one.entry_id for version in unseen for one in views.behind(version)}


def _fall(views: Views, undone: Mapping[int, int]) -> Iterator[Apart]:
    """Versions that fall to voids which they never saw, whatever the clocks say."""
    for version in views.states:
        never_saw = [void for void in views.voids if not views.saw(version, void)]
        unseen = any(not views.saw(void, version) for void in never_saw)
        ahead = any(version.recorded_us > void.recorded_us for void in never_saw)
        if unseen or ahead:
            by = [void for void in views.voids if version.recorded_us <= void.recorded_us]
            voided_us = _first([*by, *never_saw], undone.get(version.entry_no))
            yield _apart(version, views, voided_us, to_judge=unseen)


def _first(by: Collection[Version], undone_us: int | None) -> int | None:
    times = [void.received_us for void in by]
    return min([*times, undone_us] if undone_us is not None else times, default=None)


def _apart(version: Version, views: Views, voided_us: int | None, *, to_judge: bool) -> Apart:
    met_us = max(one.received_us for one in (version, *views.voids))
    names = (version.record_no, version.record_id, version.entry_id)
    return Apart(*names, voided_us, met_us, to_judge)
