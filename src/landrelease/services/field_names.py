"""Fields that no kind has: kept, and told, since a slip takes a figure out of the sums."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from landrelease.domain.kinds import COMMON_FIELDS, KindSpec, kind_spec

#: How alike two names must be, of 1, for one to be offered for the other.
_ALIKE = 0.75


def unknown_fields(
    bodies: Mapping[int, tuple[str, str, Mapping[str, Any]]],
) -> Iterator[dict[str, Any]]:
    """Yield a warning for each field of a body that its kind does not have.

    What a person's record holds beside its fields is private and expected; there only a name that
    is nearly one of a field is told.

    Parameters
    ----------
    bodies : Mapping
        Number of an entry → its record, kind and body as given.

    Yields
    ------
    dict
        ``{"entry", "record_id", "code", "severity", "message"}``

    Examples
    --------
    >>> given = {"hazard_kind": "SHA", "stated_area_m": 50}
    >>> [found] = unknown_fields({0: ("r", "hazardous_area", given)})
    >>> found["message"].partition(";")[0]
    "'stated_area_m' is no field of a hazardous area and is kept under attributes"
    """
    for number, (record_id, kind, body) in bodies.items():
        spec = kind_spec(kind)
        for name, value in body.items():
            if name in spec.fields or name in COMMON_FIELDS or value is None:
                continue
            near = _nearest(name, spec)
            if near is not None or not spec.personal:
                yield {
                    "entry": number,
                    "record_id": record_id,
                    "code": "field_unknown",
                    "severity": "warning",
                    "message": _words(name, spec, near),
                }


def _nearest(name: str, spec: KindSpec) -> str | None:
    names = [*spec.fields, *COMMON_FIELDS]
    found = get_close_matches(name.strip().casefold().replace(" ", "_"), names, 1, _ALIKE)
    return found[0] if found else None


def _words(name: str, spec: KindSpec, near: str | None) -> str:
    kept = "with the identity" if spec.personal else "under attributes"
    meant = f"write {near!r} if that is meant" if near else "give it there to say that it is meant"
    return f"{name!r} is no field of a {spec.label.lower()} and is kept {kept}; {meant}"
