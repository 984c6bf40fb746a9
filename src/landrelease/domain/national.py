"""National kinds and code lists that a register keeps: what they may add to the shipped ones.

A register is handed on, and whoever opens it reads it by its own lists. So these only add: new
kinds, new fields of a kind, new lists and codes. What the program ships stays as it is, so that no
file that comes from elsewhere can show to everyone a field that is for few.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from landrelease.domain.actions import actions
from landrelease.domain.kinds import AUDIENCES, FIELD_TYPES, KindSpec, spec_of
from landrelease.domain.words import RESERVED
from landrelease.errors import FieldError, LandReleaseError
from landrelease.terms import shipped

Terms = Mapping[str, Any]
_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
_GEOMETRIES = ("point", "polygon", "any", "none")


@dataclass
class National:
    """What national lists add.

    Attributes
    ----------
    kinds, codes : dict
        Laid over the vocabulary of that name: kind → its terms, list → its terms.
    left : list of str
        What would change something shipped, as ``kinds.accident.label``; it is not added.
    wrong : list of FieldError
        What cannot be a kind, a field or a list.
    """

    kinds: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, Any] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    wrong: list[FieldError] = field(default_factory=list)

    def overlay(self) -> dict[str, Terms]:
        """Return what `landrelease.terms.lay` takes; shipped lists keep their own source."""
        if not (self.kinds or self.codes):
            return {}
        known = shipped("codes")
        codes = {
            name: {"codes": terms["codes"]} if name in known else terms
            for name, terms in self.codes.items()
        }
        return {"kinds": {"kinds": self.kinds}, "codes": codes}


def additions(kinds: Terms, codes: Terms) -> National:
    """Return what two national files add to the shipped vocabulary.

    Parameters
    ----------
    kinds, codes : Mapping
        As they stand in ``kinds.yaml`` (under its key ``kinds``) and ``codes.yaml``.

    Examples
    --------
    >>> soil = {"type": "code", "codes": "soil"}
    >>> kinds = {"hazardous_area": {"label": "Field", "fields": {"soil": soil}}}
    >>> found = additions(kinds, {"soil": {"source": "Survey", "codes": {"karst": {}}}})
    >>> list(found.kinds["hazardous_area"]["fields"]), list(found.codes), found.left
    (['soil'], ['soil'], ['kinds.hazardous_area.label'])
    """
    found = National()
    known = shipped("kinds")["kinds"]
    for name, terms in codes.items():
        _add_list(found, str(name), terms)
    for name, terms in kinds.items():
        try:
            _check_name("kind", name)
            if not isinstance(terms, Mapping):
                raise FieldError("kind", name, "is no mapping")
            if name in known:
                _add_fields(found, name, terms, known[name])
            else:
                _check_kind(found, name, terms)
                found.kinds[name] = dict(terms)
        except FieldError as problem:
            found.wrong.append(problem)
    return found


def _add_list(found: National, name: str, terms: Any) -> None:
    known = shipped("codes").get(name)
    given = terms.get("codes") if isinstance(terms, Mapping) else None
    if not isinstance(given, Mapping) or not all(isinstance(d, Mapping) for d in given.values()):
        found.wrong.append(FieldError("codes", name, "a code list needs its codes", "see the docs"))
        return
    held = known["codes"] if known else {}
    found.left += [f"codes.{name}.{code}" for code in given if code in held]
    new = {str(code): dict(detail) for code, detail in given.items() if code not in held}
    if new:
        said = {key: terms[key] for key in ("source", "edition", "evidence") if key in terms}
        found.codes[name] = {**said, "codes": new}


def _add_fields(found: National, kind: str, terms: Terms, known: Terms) -> None:
    """New fields of a kind that the program ships."""
    fields = terms.get("fields") or {}
    found.left += [f"kinds.{kind}.{key}" for key in terms if key != "fields"]
    found.left += [f"kinds.{kind}.fields.{name}" for name in fields if name in known["fields"]]
    new = {name: detail for name, detail in fields.items() if name not in known["fields"]}
    if new:
        _check_kind(found, kind, {**known, "fields": new})
        found.kinds[kind] = {"fields": new}


def _check_kind(found: National, name: str, terms: Terms) -> None:
    """Refuse what cannot be read as a kind, in its own terms.

    Raises
    ------
    FieldError
        A key is missing or unknown, or a value is none of those that it can have.
    """
    for one in terms.get("fields") or {}:
        _check_name(f"{name}.fields", one)
    try:
        spec = spec_of(name, terms)
        for value, allowed, what in _values(found, spec):
            if value not in allowed:
                names = ", ".join(allowed)
                raise FieldError(f"{name}.{what}", value, "unknown", f"one of {names}")
    except (KeyError, TypeError, AttributeError) as problem:
        why = f"cannot be read: {problem}"
        raise FieldError("kind", name, why, "see terms/kinds.yaml") from None


def _values(found: National, spec: KindSpec) -> Iterator[tuple[Any, Any, str]]:
    lists = {**shipped("codes"), **found.codes}
    yield spec.geometry, _GEOMETRIES, "geometry"
    yield spec.audience, AUDIENCES, "audience"
    yield spec.first_action, actions(), "first_action"
    for one in spec.fields.values():
        yield one.type, sorted(FIELD_TYPES), f"fields.{one.name}.type"
        yield one.audience, AUDIENCES, f"fields.{one.name}.audience"
        if one.type in ("code", "codes"):
            yield one.codes, lists, f"fields.{one.name}.codes"


def _check_name(what: str, name: Any) -> None:
    taken = name in RESERVED or (
        isinstance(name, str) and name.startswith(("gpkg_", "rtree_", "sqlite_"))
    )
    if taken or not isinstance(name, str) or not _NAME.fullmatch(name):
        raise FieldError(what, name, "is no name here", "small letters a-z, digits and _")


def readable(content: Mapping[str, Any]) -> National:
    """Return what stored lists add, whatever stands in them: what is wrong adds nothing.

    Parameters
    ----------
    content : Mapping
        ``{"kinds": …, "codes": …}`` as a register keeps it.
    """
    kinds, codes = (content.get(name) for name in ("kinds", "codes"))
    try:
        return additions(
            kinds if isinstance(kinds, Mapping) else {}, codes if isinstance(codes, Mapping) else {}
        )
    except (LandReleaseError, TypeError, AttributeError):
        return National()
