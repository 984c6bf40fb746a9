"""What an action does to a hazard, and from which day an entry therefore counts.

A partial date is a period. What adds or keeps a hazard counts from its first day, what removes
one from its last: the cautious reading. Days are ordinals (`datetime.date.toordinal`), so that a
store compares whole numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any, Literal

from landrelease.domain.dates import PartialDate
from landrelease.domain.kinds import kinds
from landrelease.errors import FieldError, NotFoundError
from landrelease.terms import kept, load_terms

Effect = Literal["adds", "removes", "neither"]

#: Status of an area that holds no work any more; reached only by a recorded activity.
ENDED = frozenset({"closed", "handed_over"})

#: Acts that are told in a record and repeat its version: they say nothing new of it.
REPEATING = frozenset({"identity.erased", "outside_edit.rejected"})

#: What an import said that was undone was taken back: the drawing that returns surveys nothing.
RESTORED = "record.restored"

#: Status that an area has after an action.
STATUS_AFTER = {
    "hazardous_area.closed": "closed",
    "hazardous_area.handed_over": "handed_over",
    "hazardous_area.suspended": "suspended",
    "hazardous_area.reopened": "open",
}

#: The first day there is: what counts always counts from here.
ALWAYS = date.min.toordinal()


@dataclass(frozen=True, slots=True)
class Period:
    """From which day an entry counts, and the period in which it happened.

    Attributes
    ----------
    effective_day, first_day, last_day : int
        Ordinal days; an undated entry has the effective day as its whole period.
    undated : bool
        Whether nothing says when it happened.
    """

    effective_day: int
    first_day: int
    last_day: int
    undated: bool


@cache
def actions() -> dict[str, dict[str, Any]]:
    """All actions by name."""
    found: dict[str, dict[str, Any]] = load_terms("actions")["actions"]
    return found


def check_action(name: str) -> str:
    """Return the name of an action.

    Raises
    ------
    NotFoundError
        The vocabulary has no such action.
    """
    if name not in actions():
        known = ", ".join(actions())
        raise NotFoundError("action_unknown", f"there is no action {name!r}", f"one of {known}")
    return name


def check_action_of(name: str, kind: str) -> str:
    """Return the name of an action that can be of a kind of record.

    Raises
    ------
    NotFoundError
        The vocabulary has no such action.
    FieldError
        It is an action of another kind (``action_unfit``).

    Examples
    --------
    >>> check_action_of("record.amended", "accident")
    'record.amended'
    >>> check_action_of("land.released", "organisation")
    Traceback (most recent call last):
    landrelease.errors.FieldError: error[action_unfit]: action = 'land.released': is no action of \
a organisation; leave it out
    """
    owners = _owners().get(check_action(name))
    if owners and kind not in owners:
        raise FieldError(
            "action", name, f"is no action of a {kind}", "leave it out", "action_unfit"
        )
    return name


@kept
def _owners() -> dict[str, set[str]]:
    """Kinds whose own an action is: its noun is their name, or it is their first action."""
    owners: dict[str, set[str]] = {}
    for spec in kinds().values():
        own = {name for name in actions() if name.split(".", 1)[0] == spec.name}
        if not spec.first_action.startswith("record."):
            own.add(spec.first_action)
        for name in own:
            owners.setdefault(name, set()).add(spec.name)
    return owners


def agrees(action: str, was: str | None, status: str | None) -> bool:
    """Whether an action leaves an area in a status; one that says nothing of it keeps it as it was.

    Examples
    --------
    >>> agrees("hazardous_area.closed", "open", "closed")
    True
    >>> agrees("hazardous_area.closed", "open", "open")
    False
    >>> agrees("hazardous_area.amended", "open", "closed")
    False
    """
    return status == STATUS_AFTER.get(action, was)


def effect_of(kind: str, action: str, status: str | None = None) -> Effect:
    """Return what an entry does to a hazard.

    A product takes land away whatever the action that amends it, and so does any version of an
    area that says it is closed; every other version of an area keeps the hazard.

    Examples
    --------
    >>> effect_of("land_release_product", "record.amended")
    'removes'
    >>> effect_of("hazardous_area", "record.amended", "open")
    'adds'
    """
    if kind == "land_release_product":
        return "removes"
    if kind == "hazardous_area":
        return "removes" if status in ENDED else "adds"
    known = actions().get(action)  # a national action that is not in this vocabulary has none
    effect: Effect = known["effect"] if known else "neither"
    return effect


@lru_cache(maxsize=4096)
def period_of(effect: Effect, occurred_on: str | None, recorded_on: str) -> Period:
    """Return the period of an entry and the day from which it counts.

    Parameters
    ----------
    effect : str
        What it does to a hazard.
    occurred_on : str or None
        Partial date.
    recorded_on : str
        Day it was recorded, ``YYYY-MM-DD``.

    Examples
    --------
    >>> date.fromordinal(period_of("removes", "2019", "2021-05-06").effective_day)
    datetime.date(2019, 12, 31)
    >>> date.fromordinal(period_of("removes", None, "2021-05-06").effective_day)
    datetime.date(2021, 5, 6)
    """
    if occurred_on is None:
        day = date.fromisoformat(recorded_on).toordinal() if effect == "removes" else ALWAYS
        return Period(day, day, day, True)
    happened = PartialDate.parse(occurred_on, "occurred_on")
    first, last = happened.first.toordinal(), happened.last.toordinal()
    return Period(last if effect == "removes" else first, first, last, False)
