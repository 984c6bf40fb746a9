"""The second file against the ledger: each identity is the one that its entries stand for."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from landrelease.domain.kinds import kinds
from landrelease.domain.words import ERASED as WORDS_ERASED
from landrelease.domain.words import IDENTITY
from landrelease.register.arrivals import WRITTEN_HERE
from landrelease.register.contract import Problem
from landrelease.register.people import Held, Identity, People, erased_ids

#: By this and its id an erasing entry tells what it left of an identity: nothing, if it took it.
ERASED = "identity:"

_NAMED = f"""
SELECT raw ->> '$.identity' AS id, raw ->> '$.{IDENTITY}' AS proof, 1 AS written_here, 0 AS entry_no
FROM quarantine WHERE raw ->> '$.identity' NOT NULL
UNION ALL
SELECT body ->> '$.identity', body ->> '$.{IDENTITY}', {WRITTEN_HERE}, entry_no
FROM entry WHERE kind IN (SELECT value FROM json_each(?)) AND body ->> '$.identity' NOT NULL
UNION ALL
SELECT substr(told.key, {len(ERASED) + 1}), told.value, {WRITTEN_HERE}, entry_no
FROM entry, json_each(body, '$.{WORDS_ERASED}') AS told
WHERE action = 'identity.erased' AND told.key LIKE '{ERASED}%'
ORDER BY entry_no
"""


@dataclass(slots=True)
class _Told:
    """What entries tell of one identity.

    Attributes
    ----------
    due : str or None
        What was told last by an entry that was written here, beside this very file.
    proofs : set of str or None
        All that was told of it; None by entries of schema 6 and before.
    """

    due: str | None = None
    proofs: set[str | None] = field(default_factory=set)

    def allows(self, proof: str) -> bool:
        """Whether a row of this proof may stand."""
        if self.due is not None:
            return proof == self.due
        return None in self.proofs or proof in self.proofs


@dataclass(frozen=True, slots=True)
class Compared:
    """What the second file holds against what entries tell.

    Attributes
    ----------
    problems : sequence of Problem
        Identities that are not as they were written, that nothing names, or that are lost. A
        register that was handed over without its second file, and begins one of its own, misses
        none of those before; nor does one that took in another.
    absent : int
        Identities that entries and waiting rows name and that are not here: they were left out
        when the register was handed over, stand beside another copy, or are lost.
    """

    problems: Sequence[Problem] = ()
    absent: int = 0


def compare(connection: sqlite3.Connection, people: People) -> Compared:
    """Compare the second file, if there is one, with the ledger by one reading of both."""
    erased, kept = erased_ids(connection), people.held()
    held = kept or Held(None, {}, {})
    told = _told(connection, held.file_id)
    standing = held.identities | _come(held, told)
    found = list(_problems(held, told, standing, erased)) if kept else []
    proved = {k for k, one in told.items() if any(one.proofs) and "" not in one.proofs}
    return Compared(found, len(proved - standing.keys() - erased))


def _problems(
    held: Held, told: Mapping[str, _Told], standing: Mapping[str, Identity], erased: Set[str]
) -> Iterator[Problem]:
    for key in sorted(erased & standing.keys()):
        yield Problem("identity_not_erased", key, "still in the second file; erase it once more")
    for key in sorted(standing.keys() - erased):
        if found := _problem(told.get(key), standing[key].proof(held.file_id or "")):
            yield Problem(found[0], key, found[1])
    for key in sorted(told.keys() - standing.keys() - erased):
        if told[key].due:
            yield Problem("identity_missing", key, "is not in the second file, and none erased it")


def settle(connection: sqlite3.Connection, people: People) -> None:
    """End what a crash cut short: identities that the ledger has stand, others never came."""
    if held := people.coming():
        people.take_in(_come(held, _told(connection, held.file_id)))


def _problem(told: _Told | None, proof: str) -> tuple[str, str] | None:
    if told is None:
        return "identity_stray", "stands in the second file, and no entry names it"
    if told.due == "":
        return "identity_not_erased", "still in the second file; erase it once more"
    if not told.allows(proof):
        return "identity_altered", "is not as it was written, and no erasing tells it"
    return None


def _come(held: Held, told: Mapping[str, _Told]) -> dict[str, Identity]:
    """What was to come and has: the ledger holds its hash."""
    return {
        key: one
        for key, one in held.coming.items()
        if key in told and told[key].due == one.proof(held.file_id or "")
    }


def _told(connection: sqlite3.Connection, file_id: str | None) -> dict[str, _Told]:
    personal = json.dumps([one.name for one in kinds().values() if one.personal])
    found: defaultdict[str, _Told] = defaultdict(_Told)
    for key, proof, written_here, _ in connection.execute(_NAMED, (personal,)):
        one = found[key]
        one.proofs.add(proof)
        if written_here and proof is not None and (not proof or proof.startswith(f"{file_id}:")):
            one.due = proof
    return dict(found)
