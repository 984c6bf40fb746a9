"""What a person may write into the fields of a proposal before accepting it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from landrelease.domain.dates import PartialDate
from landrelease.errors import FieldError, LandReleaseError
from landrelease.terms import load_terms


def check_amended(category: str, name: str, value: Any) -> None:
    """Check one amended value; None empties a field that may be empty.

    Raises
    ------
    FieldError
        The category has no such field, needs it, or the value is not of its type.

    Examples
    --------
    >>> check_amended("event", "killed", 2)
    >>> try:
    ...     check_amended("event", "killed", "two")
    ... except FieldError as problem:
    ...     print(problem.code)
    field_invalid
    """
    table = load_terms("proposal_fields")
    names = table["categories"].get(category)
    if names is not None and name not in names:
        raise FieldError(
            name, value, f"no field of such a proposal ({category})", f"one of {', '.join(names)}"
        )
    if value in (None, ""):
        if name in table["needed"].get(category, ()):
            raise FieldError(
                name,
                value,
                f"a proposal of this category ({category}) needs it",
                "give a value, or reject it",
            )
        return
    check = _CHECKS.get(_type_of(name) or "")
    if check is not None:
        check(name, value)


@cache
def _type_of(name: str) -> str | None:
    types = load_terms("proposal_fields")["types"]
    return next((kind for kind, names in types.items() if name in names), None)


def _date(name: str, value: Any) -> None:
    try:
        PartialDate.parse(str(value))
    except LandReleaseError:
        raise FieldError(name, value, "not a date", "write 2024, 2024-05 or 2024-05-31") from None


def _count(name: str, value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise FieldError(name, value, "not a whole number", "write digits")


def _number(name: str, value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise FieldError(name, value, "not a number", "write digits, with a point for decimals")


def _list(name: str, value: Any) -> None:
    if not isinstance(value, list):
        raise FieldError(name, value, "not a list", 'write JSON, as in [{"name": "mine"}]')


def _flag(name: str, value: Any) -> None:
    if not isinstance(value, bool):
        raise FieldError(name, value, "neither true nor false", "write true or false")


def _states(name: str, value: Any) -> None:
    known = load_terms("states")["states"]
    wrong = next((code for code in str(value).split(";") if code not in known), None)
    if wrong is not None:
        raise FieldError(name, value, f"{wrong!r} is no state", "write ISO 3166-1 alpha-3, as KHM")


_CHECKS: dict[str, Callable[[str, Any], None]] = {
    "date": _date,
    "count": _count,
    "number": _number,
    "list": _list,
    "flag": _flag,
    "states": _states,
}
