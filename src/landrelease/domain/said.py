"""A row against what its file said before and what a person said since: three ways to one record.

What a file said of a record last time is the base. Where a row repeats it, the row says nothing
new, and a later word by hand stands. Where it says something new of a field that nobody changed by
hand, the field changes; where both say something new, the record stays as the person left it, and
the row's word is a claim until a person settles it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

Body = Mapping[str, Any]
Claim = Mapping[str, Any]

#: Both a file and a person said something new of a field.
BY_HAND = "changed_by_hand"

#: A file says of a field what it said before, and a person has said otherwise since: no news, kept
#: so that the file is known to have said it.
REPEATED = "said_before"

_CHANGED = "a person changed it since; look which is right, then accept or dismiss the claim"
_AGAIN = "the file said so before, and a person has changed it since"

#: The columns of a file that no field takes; each of them is told apart.
_COLUMNS = "attributes"

#: The text of a position as it was entered goes with the position.
_GOES_WITH = {"geometry_entered": "geometry"}


class Told(NamedTuple):
    """A version of a record, oldest first: ``by`` is the import whose row it was, None by hand."""

    entry_id: str
    by: str | None
    body: Body
    occurred_on: str | None
    supersedes: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What a file said last of a record, and what was made of it.

    Attributes
    ----------
    words : Mapping
        Field → value as the file said it; what is only claimed counts as said.
    kept : Mapping
        The version that it made: where the two differ, the record kept something else.
    by_hand : frozenset of str
        Fields that a person changed since.
    stood : frozenset of str
        Fields in which it did not follow the file, because a person had changed them before.
    occurred_on : str or None
        The date of what it said.
    same_layer : bool
        Whether it was a file of the same layer; a file of another repeats nothing of its own.
    """

    words: Body
    kept: Body
    by_hand: frozenset[str]
    stood: frozenset[str]
    occurred_on: str | None
    same_layer: bool = True

    def is_held(self, name: str, value: Any) -> bool:
        """Whether a field has its value by hand, and the file said otherwise."""
        if value == self.words.get(name):
            return False
        return name in self.stood or (name in self.by_hand and value != self.kept.get(name))


@dataclass(slots=True)
class Laid:
    """A row laid upon a record.

    Attributes
    ----------
    body : dict
        What the record is to say, before the rules of land are asked.
    claims : list of Mapping
        What the row says otherwise, and the record does not follow.
    agrees : bool
        Whether the file now says what a person said before it.
    """

    body: dict[str, Any]
    claims: list[Claim] = field(default_factory=list)
    agrees: bool = False


def said_before(
    versions: Sequence[Told], layer: Collection[str], occurred_on: str | None = None
) -> Said | None:
    """Return what a file of a layer said last of a record, at a date if it said something of it.

    Parameters
    ----------
    versions : sequence of Told
        Versions of the record, oldest first, without those of imports that were undone.
    layer : collection of str
        Imports of the layer. Where none of them spoke of the record, the last of any counts.
    occurred_on : str, optional
        Partial date of the row.

    Examples
    --------
    >>> row, hand = {"name": "Mill"}, {"name": "Old mill"}
    >>> told = [Told("1", "may", row, None), Told("2", None, hand, None, "1")]
    >>> said = said_before(told, {"may"})
    >>> said.words, said.is_held("name", "Old mill")
    ({'name': 'Mill'}, True)
    """
    own = [at for at, one in enumerate(versions) if one.by in layer]
    spoke = own or [at for at, one in enumerate(versions) if one.by is not None]
    if not spoke:
        return None
    at = _last_until(versions, spoke, occurred_on)
    base = versions[at]
    claims = [claim for claim in base.body.get("claims", ()) if _is_own(claim, layer)]
    kept = {name: value for name, value in base.body.items() if name != "claims"}
    words = {**kept, **{claim["field"]: claim["value"] for claim in claims}}
    stood = frozenset(one["field"] for one in claims if one["code"] in (BY_HAND, REPEATED))
    return Said(words, kept, _by_hand(versions, at, words), stood, base.occurred_on, bool(own))


def said_of_event(versions: Sequence[Told], layer: Collection[str]) -> Said | None:
    """Return what a file said last of an event, with the last date that it gave.

    A row that repeats its date, where a person gave another since, makes a version without one.

    Examples
    --------
    >>> told = [Told("1", "may", {}, "2021"), Told("2", None, {}, "2023", "1"),
    ...         Told("3", "june", {"note": "x"}, None, "2")]
    >>> said_of_event(told, {"may", "june"}).occurred_on
    '2021'
    """
    said = said_before(versions, layer)
    if said is None or said.occurred_on is not None:
        return said
    dates = [one.occurred_on for one in versions if one.by in layer and one.occurred_on]
    return replace(said, occurred_on=dates[-1]) if dates else said


def _last_until(versions: Sequence[Told], spoke: Sequence[int], occurred_on: str | None) -> int:
    """The last version until a date; a file of an earlier month may have come after it."""
    until = [at for at in spoke if (versions[at].occurred_on or "") <= (occurred_on or "")]
    if occurred_on is None or not until:
        return spoke[-1]
    return max(until, key=lambda at: (versions[at].occurred_on or "", at))


def _is_own(claim: Claim, layer: Collection[str]) -> bool:
    return claim.get("import_id") is None or claim["import_id"] in layer


def _by_hand(versions: Sequence[Told], base: int, words: Body) -> frozenset[str]:
    """Fields to which a person gave another value after a version, and no file since."""
    bodies = {one.entry_id: one.body for one in versions}
    found: set[str] = set()
    for at in range(base + 1, len(versions)):
        one = versions[at]
        before = bodies.get(one.supersedes or "", versions[at - 1].body)
        names = {*before, *one.body} - {"claims"}
        changed = {name for name in names if before.get(name) != one.body.get(name)}
        found -= changed
        if one.by is None:
            found |= {name for name in changed if one.body.get(name) != words.get(name)}
    return frozenset(found)


def lay(row: Body, ours: Body, said: Said, spoken: Iterable[str], *, is_again: bool) -> Laid:
    """Lay a row upon a record as it stands.

    Parameters
    ----------
    row : Mapping
        The version that the row asks for.
    ours : Mapping
        The record as it stands.
    spoken : iterable of str
        The fields of which the file says something.
    is_again : bool
        Whether the row is of the date of what was said before.

    Examples
    --------
    >>> said = Said({"name": "Mill", "note": "x"}, {}, frozenset({"name"}), frozenset(), None)
    >>> laid = lay({"name": "Mill", "note": "y"}, {"name": "Old mill", "note": "x"}, said,
    ...            ["name", "note"], is_again=True)
    >>> sorted(laid.body.items()), [claim["code"] for claim in laid.claims]
    ([('name', 'Old mill'), ('note', 'y')], ['said_before'])
    """
    laid = Laid({name: value for name, value in row.items() if name != "claims"})
    waiting = {claim["field"]: claim for claim in ours.get("claims", ())}
    again = is_again and said.same_layer
    for name in spoken:
        now, stands = row.get(name), ours.get(name)
        if now == stands:
            laid.agrees |= said.is_held(name, stands)
        elif name == _COLUMNS:
            _lay_columns(laid, now or {}, stands or {}, said, again=again)
        else:
            claim = waiting.get(name)
            _lay_field(laid, name, ours, said, claim if _says(claim, now) else None, again=again)
    return laid


def _says(claim: Claim | None, value: Any) -> bool:
    return claim is not None and bool(claim["value"] == value)


def _lay_field(
    laid: Laid, name: str, ours: Body, said: Said, waiting: Claim | None, *, again: bool
) -> None:
    """Keep a field as it stands, where a person's word is later or the file repeats its own."""
    now = laid.body.get(name)
    repeats = again and now == said.words.get(name)
    if not said.is_held(name, ours.get(name)) and (waiting is not None or not repeats):
        return
    for part in (name, *(one for one, other in _GOES_WITH.items() if other == name)):
        laid.body.pop(part, None)
        if ours.get(part) is not None:
            laid.body[part] = ours[part]
    if waiting is None:
        laid.claims.append(_claim(name, now, repeats=repeats))
    else:
        laid.claims.append({key: part for key, part in waiting.items() if key != "import_id"})


def _lay_columns(laid: Laid, now: Body, stands: Body, said: Said, *, again: bool) -> None:
    """Do the same for each of the columns that no field takes."""
    parts = [part.get(_COLUMNS) or {} for part in (said.words, said.kept)]
    by_hand = frozenset({*now, *stands}) if _COLUMNS in said.by_hand else frozenset()
    stood = frozenset({*now, *stands}) if _COLUMNS in said.stood else frozenset()
    each = Said(parts[0], parts[1], by_hand, stood, said.occurred_on, said.same_layer)
    columns = Laid(dict(now))
    for name in {**stands, **now}:
        if now.get(name) != stands.get(name):
            _lay_field(columns, name, stands, each, None, again=again)
    laid.body[_COLUMNS] = columns.body
    if columns.claims:
        repeats = all(claim["code"] == REPEATED for claim in columns.claims)
        laid.claims.append(_claim(_COLUMNS, now, repeats=repeats))


def _claim(name: str, value: Any, *, repeats: bool) -> Claim:
    code, message = (REPEATED, _AGAIN) if repeats else (BY_HAND, _CHANGED)
    return {"field": name, "value": value, "code": code, "message": message}


def open_claims(body: Body) -> list[Claim]:
    """Return the claims of a version that wait for a person."""
    return [claim for claim in body.get("claims", ()) if claim["code"] != REPEATED]


def without_repeats(body: Body, before: Body) -> Body:
    """Return a version without those repeats that alone would make it another than before."""
    had = list(before.get("claims", ()))
    claims = [c for c in body.get("claims", ()) if c["code"] != REPEATED or c in had]
    left = {name: value for name, value in body.items() if name != "claims"}
    return {**left, "claims": claims} if claims else left
