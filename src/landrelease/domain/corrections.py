"""A correction of a record, dated when it held: what it changes, and what it leaves as it was.

A body is the whole state, so a correction dated before later versions is laid upon what the record
was on that day, and carried on through those versions as long as they say of the field what was
said before. It changes the state in the fields that it names and in no other. An opening outdoes
the endings within its time: they count no more, so what else they say is carried on as well.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from landrelease.domain.actions import ENDED, effect_of, period_of
from landrelease.domain.dates import PartialDate
from landrelease.errors import RefusedError

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Correction:
    """Where a correction stands among the versions of its record.

    Attributes
    ----------
    corrects : int
        Place of the version that it is laid upon.
    body : dict
        The whole state after it; an emptied field is None.
    carried : tuple of (int, dict)
        Places of later versions that must say it too, each with its whole state.
    """

    corrects: int
    body: dict[str, Any]
    carried: tuple[tuple[int, dict[str, Any]], ...] = ()


def lay(
    kind: str,
    stages: Sequence[tuple[int, Body]],
    changes: Body,
    occurred_on: str | None,
    recorded_on: str,
    outdone: Container[int] = (),
) -> Correction:
    """Lay a correction upon the versions of a record.

    Parameters
    ----------
    kind : str
        Kind of the record.
    stages : sequence of (int, Mapping)
        Ordinal day from which each version counts and its body, in the order of effect; at least
        one.
    changes : Mapping
        What the correction says: field → value, None empties a field.
    occurred_on : str or None
        Partial date from which it holds; None corrects what stands now.
    recorded_on : str
        The day of recording, ``YYYY-MM-DD``.
    outdone : container of int, optional
        Places of the endings that it outdoes, as `outdone` tells.

    Raises
    ------
    RefusedError
        The date is a period in which an area was opened that had ended (``date_ambiguous``).

    Examples
    --------
    >>> from datetime import date
    >>> stages = [(date(2019, 1, 1).toordinal(), {"status": "open"}),
    ...           (date(2022, 6, 1).toordinal(), {"status": "closed"})]
    >>> found = lay("hazardous_area", stages, {"name": "Mill"}, "2020", "2026-11-23")
    >>> found.body, found.carried
    ({'status': 'open', 'name': 'Mill'}, ((1, {'status': 'closed', 'name': 'Mill'}),))
    """
    at = len(stages) - 1
    if occurred_on is not None:
        at = _at(stages, _day(kind, changes, occurred_on, recorded_on))
        merged = {**stages[max(at, 0)][1], **changes}
        if merged.get("status") in ENDED:
            at = _at(stages, _day(kind, merged, occurred_on, recorded_on))
            _check_ended({**stages[max(at, 0)][1], **changes}, occurred_on)
    before = stages[max(at, 0)][1]
    later = [
        _Later(i, stages[i][1], i in outdone, _last_of_day(stages, i))
        for i in range(at + 1, len(stages))
    ]
    return Correction(max(at, 0), {**before, **changes}, tuple(_carried(before, changes, later)))


def outdone(
    kind: str,
    changes: Body,
    occurred_on: str | None,
    versions: Sequence[tuple[int, str | None, str | None]],
) -> frozenset[int]:
    """Places of the endings within the time of which a correction says that the area is open.

    On the day from which it counts the area may still be open, so that nothing seems to change;
    yet who says «open» of a time in which it was closed means the opening, and it wins. An ending
    without a date may be of any day until it was recorded, unless it only repeats a dated one that
    lies after the opening.

    Parameters
    ----------
    kind, changes, occurred_on
        As in `lay`.
    versions : sequence of (int, str or None, str or None)
        Of each version the ordinal day from which it counts, its partial date and its status.

    Examples
    --------
    >>> from datetime import date
    >>> ended = [(date(2018, 12, 31).toordinal(), "2018-12", "closed")]
    >>> [len(outdone("hazardous_area", {"status": "open"}, day, ended))
    ...  for day in ("2018-12-05", "2019")]
    [1, 0]
    >>> undated = [(date(2026, 11, 30).toordinal(), None, "closed")]
    >>> len(outdone("hazardous_area", {"status": "open"}, "2026-11-20", undated))
    1
    """
    if kind != "hazardous_area" or changes.get("status") != "open" or occurred_on is None:
        return frozenset()
    own = PartialDate.parse(occurred_on, "occurred_on")
    ended = [(at, day, on) for at, (day, on, status) in enumerate(versions) if status in ENDED]
    dated = {at: PartialDate.parse(on, "occurred_on") for at, _, on in ended if on is not None}
    again = any(time.first > own.last for time in dated.values())
    begun = own.first.toordinal()
    return frozenset(
        at
        for at, day, _ in ended
        if (own.overlaps(dated[at]) if at in dated else begun <= day and not again)
    )


def date_carried(kind: str, was: Body, body: Body, occurred_on: str | None) -> str | None:
    """Return the date of a version that is carried on, so that it counts from the same day.

    A version «closed» of 2021 counts from the last day of that year, and «open» of 2021 from the
    first. Without a date of its own it stands where the version stands that it corrects.

    Examples
    --------
    >>> date_carried("hazardous_area", {"status": "closed"}, {"status": "closed"}, "2021")
    '2021'
    >>> date_carried("hazardous_area", {"status": "closed"}, {"status": "open"}, "2021") is None
    True
    """
    if occurred_on is None:
        return None
    days = {_day(kind, one, occurred_on, "") for one in (was, body)}
    return occurred_on if len(days) == 1 else None


@dataclass(frozen=True, slots=True)
class _Later:
    """A version after a correction: whether it is outdone, and whether it ever stands."""

    at: int
    body: Body
    outdone: bool
    stands: bool


def _last_of_day(stages: Sequence[tuple[int, Body]], at: int) -> bool:
    """Whether a version ever stands: of several from one day only the last does."""
    return at + 1 == len(stages) or stages[at + 1][0] > stages[at][0]


def _check_ended(body: Body, occurred_on: str) -> None:
    """An area that was opened within the period: the correction would open or end it elsewhere."""
    if body.get("status") not in ENDED:
        raise RefusedError(
            "date_ambiguous",
            f"occurred_on = {occurred_on}: within that time the area was both ended and open",
            "give the day, or the month in which it was only one of them",
        )


def _day(kind: str, body: Body, occurred_on: str, recorded_on: str) -> int:
    effect = effect_of(kind, "record.amended", body.get("status"))
    return period_of(effect, occurred_on, recorded_on).effective_day


def _at(stages: Sequence[tuple[int, Body]], day: int) -> int:
    """The place of the version that stands on a day; -1 before the first."""
    return sum(since <= day for since, _ in stages) - 1


def _carried(
    before: Body, changes: Body, later: Sequence[_Later]
) -> list[tuple[int, dict[str, Any]]]:
    open_changes = {name: value for name, value in changes.items() if _may_go_on(name, value)}
    said, found = dict(before), []
    for version in later:
        if version.outdone:  # and with it goes what only repeats the ending
            said["status"], open_changes["status"] = version.body["status"], changes["status"]
        if not version.stands:
            continue
        unsaid = [name for name in open_changes if version.body.get(name) != said.get(name)]
        for name in unsaid:  # the later version says something of its own
            del open_changes[name]
        after = {**version.body, **open_changes}
        if any(after[name] != version.body.get(name) for name in open_changes):
            found.append((version.at, after))
    return found


def _may_go_on(name: str, value: Any) -> bool:
    """An ending is not carried into versions that say the area is open: that is for a person."""
    return name != "status" or value not in ENDED
