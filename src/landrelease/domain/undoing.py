"""What becomes of versions by hand that rest on an import which is undone.

A version holds the whole record, so one that a person wrote upon a row of a file carries along
what the file said of all else. Field by field: what is still as the file said it becomes what it
was before the file; what somebody changed since stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

Body = Mapping[str, Any]

#: What takes land away, or may: it goes with the import that brought it, corrected or not.
FALLS = frozenset({"land_release_product", "resurvey"})


class Version(NamedTuple):
    """A version as far as its origin is concerned."""

    entry_id: str
    import_id: str | None
    supersedes: str | None
    recorded_at: str
    body: Body


class TakenBack(NamedTuple):
    """The whole state without what the import said, the fields of it, and those that stay."""

    body: dict[str, Any]
    fields: tuple[str, ...]
    kept: tuple[str, ...]


def rests_on(version: Version, import_id: str, versions: Mapping[str, Version]) -> Version | None:
    """Return the version of an import upon which persons wrote one; None for another's word.

    Examples
    --------
    >>> row = Version("1", "I", None, "2026-01", {})
    >>> noted = Version("2", None, "1", "2026-02", {})
    >>> rests_on(noted, "I", {"1": row, "2": noted}) is row
    True
    """
    at: Version | None = version
    passed: set[str] = set()
    while at is not None and at.import_id is None and at.entry_id not in passed:
        passed.add(at.entry_id)
        at = versions.get(at.supersedes or "")
    return at if at is not None and at.import_id == import_id else None


def taken_back(before: Body, said: Body, stands: Body) -> TakenBack:
    """Take what an import said out of a version that rests on it.

    Parameters
    ----------
    before, said, stands : Mapping
        The state before the import, as the import said it, and as it stands.

    Examples
    --------
    >>> taken_back({"status": "open"}, {"status": "closed", "name": "Mil"},
    ...            {"status": "closed", "name": "Mill", "district": "Jajce"})
    TakenBack(body={'status': 'open', 'name': 'Mill', 'district': 'Jajce'}, \
fields=('status',), kept=('name',))
    """
    of_import = [name for name in {**before, **said} if before.get(name) != said.get(name)]
    fields = tuple(name for name in of_import if stands.get(name) == said.get(name))
    kept = tuple(name for name in of_import if name not in fields)
    back = {name: before.get(name) for name in fields}
    whole = {name: value for name, value in {**stands, **back}.items() if value is not None}
    return TakenBack(whole, fields, kept)


def state_before(said: Version, day: int, free: Sequence[tuple[int, Version]]) -> Version | None:
    """Return the version that stood before an import's, of those that do not rest on it.

    Parameters
    ----------
    day : int
        Ordinal day from which the version counts that rests on the import's.
    free : sequence of (int, Version)
        Ordinal days and versions, in the order of effect.
    """
    held = [one for since, one in free if since <= day and one.recorded_at < said.recorded_at]
    return held[-1] if held else None
