"""Administrative units as the account of land uses them: each piece of ground in one of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from landrelease.domain.folding import folded
from landrelease.domain.work_rules import TOLERANCE_M2
from landrelease.geometry import area_m2, clip_to, cut, polygonal, unite

#: What a unit's own parts must leave of it to be a row of its own; less is where borders are drawn
#: apart.
_LEFT_SHARE = 0.01
#: Dimensions of a polygon.
_SURFACE = 2
#: Said of ground and figures that lie in no unit.
NO_DISTRICT = "no district"


@dataclass(frozen=True, slots=True)
class District:
    """An administrative unit that stands at a date.

    Attributes
    ----------
    title : str
        What its row is called: its name, with its P-code or id where another has the same name.
    parent : str or None
        Place in the sequence of units of the unit above it, by its record or by its ground.
    border : shapely geometry
        Its whole ground; empty where none is recorded.
    own : shapely geometry
        Its ground without that of the units inside it: what counts in its row.
    """

    record_id: str
    name: str
    code: str | None
    local_id: str | None
    says_parent: str | None
    border: Any
    own: Any = None
    title: str = ""
    parent: int | None = None

    def is_called(self, words: str) -> bool:
        """Whether it goes by an id, a P-code or a name; names in any case, with or without accents.

        Examples
        --------
        >>> District("1", "Šipovo", "BA02", None, None, None).is_called("SIPOVO")
        True
        """
        exact = (self.record_id, self.code, self.local_id)
        return words in exact or folded(self.name) == folded(words)

    @property
    def written(self) -> set[str]:
        """What it goes by as it is written, in any case."""
        names = (self.record_id, self.code, self.local_id, self.name)
        return {name.casefold() for name in names if name}

    @property
    def token(self) -> str:
        """What names it and nothing else: its P-code, else its record id."""
        return self.code or self.record_id


@dataclass(frozen=True, slots=True)
class Districts:
    """The units of a register, with their ground divided among them."""

    units: Sequence[District]
    _by_words: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    def divided(cls, units: Sequence[District]) -> Districts:
        """Give each unit its title, the unit above it, and its own ground.

        Where units are nested, the larger one keeps what its smaller ones leave, and nothing where
        that is under one hundredth of it. Neighbours that touch are not cut.

        Examples
        --------
        >>> land, east = shapely.box(0, 0, 2, 1), shapely.box(1, 0, 2, 1)
        >>> units = [District("1", "North", "N", None, None, land),
        ...          District("2", "East", "N1", None, "N", east)]
        >>> [(unit.title, unit.parent, unit.own.area) for unit in Districts.divided(units).units]
        [('North', None, 1.0), ('East', 0, 1.0)]
        """
        if not units:
            return cls([])
        borders = polygonal(np.array([unit.border for unit in units], dtype=object))
        inside, sizes = _nested(borders), np.atleast_1d(area_m2(borders))
        names = [unit.name.casefold() for unit in units]
        plain = cls(units, _words(units))
        made = []
        for at, unit in enumerate(units):
            shared = names.count(names[at]) > 1
            title = f"{unit.name} ({unit.token})" if shared else unit.name
            above = plain.place(unit.says_parent)
            around = [outer for outer, parts in enumerate(inside) if at in parts]
            if above is None or above == at:
                above = min(around, key=lambda outer: sizes[outer], default=None)
            own = _left(borders[at], borders[inside[at]], float(sizes[at]))
            made.append(replace(unit, title=title, parent=above, border=borders[at], own=own))
        return cls(made, plain._by_words)

    def called(self, words: str) -> list[int]:
        """Return the places of all units that go by an id, a P-code or a name.

        A name as it is written goes before one that differs in accents.
        """
        found = [at for at, unit in enumerate(self.units) if unit.is_called(words)]
        told = [at for at in found if words.casefold() in self.units[at].written]
        return told or found

    def place(self, words: str | None) -> int | None:
        """Return the place of the one unit that goes by some words; None for none or several.

        A record id or a P-code goes before a local id, and that before a name.
        """
        if not words:
            return None
        keys = (words, words.casefold(), folded(words))
        found = next((self._by_words[key] for key in keys if key in self._by_words), [])
        return found[0] if len(found) == 1 else None

    def named(self, *said: str | None) -> int | None:
        """Return the place of the unit that the first words name which name one alone."""
        places = (self.place(words) for words in said)
        return next((at for at in places if at is not None), None)

    def outside(self, at: int, shapes: NDArray[Any]) -> NDArray[np.bool_]:
        """Whether shapes lie wholly outside a unit; none does where its border is unknown.

        What shares no more than a border with it lies outside.
        """
        border = self.units[at].border
        if border is None or border.is_empty or not len(shapes):
            return np.zeros(len(shapes), bool)
        shapely.prepare(border)
        apart: NDArray[np.bool_] = ~shapely.is_missing(shapes) & ~shapely.is_empty(shapes)
        on_it = np.flatnonzero(apart & (shapely.get_dimensions(shapes) == _SURFACE))
        apart &= ~shapely.intersects(border, shapes)
        shared = np.flatnonzero(~apart[on_it])
        if len(shared):
            inside = area_m2(clip_to(polygonal(shapes[on_it[shared]]), border))
            apart[on_it[shared]] = np.atleast_1d(inside) <= TOLERANCE_M2
        return apart

    def within(self, at: int) -> set[int]:
        """Return the places of a unit and of all units under it."""
        found = {at}
        while more := {n for n, u in enumerate(self.units) if u.parent in found} - found:
            found |= more
        return found

    def above(self, at: int) -> District | None:
        """Return the unit above one, None where there is none."""
        parent = self.units[at].parent
        return None if parent is None else self.units[parent]

    def has_parts(self, at: int) -> bool:
        """Whether there are units under one."""
        return any(unit.parent == at for unit in self.units)


def _words(units: Sequence[District]) -> dict[str, list[int]]:
    """Units by what they are called; what is written exactly so goes before a name."""
    found: dict[str, list[int]] = {}
    for names in (_tokens, _local, _named, _folded):
        fresh: dict[str, list[int]] = {}
        for at, unit in enumerate(units):
            for word in set(names(unit)):
                fresh.setdefault(word, []).append(at)
        found = {**fresh, **found}
    return found


def _tokens(unit: District) -> Iterable[str]:
    return [word for word in (unit.record_id, unit.code) if word]


def _local(unit: District) -> Iterable[str]:
    return [unit.local_id] if unit.local_id else []


def _named(unit: District) -> Iterable[str]:
    return [unit.name.casefold()]


def _folded(unit: District) -> Iterable[str]:
    return [folded(unit.name)]


def _nested(borders: NDArray[Any]) -> list[list[int]]:
    """The units inside each unit: smaller ones, of which a point lies in it."""
    points = shapely.point_on_surface(borders)
    of_point, of_border = shapely.STRtree(borders).query(points, predicate="intersects")
    order = np.empty(len(borders), dtype=int)
    order[np.argsort(shapely.area(borders), kind="stable")] = np.arange(len(borders))
    smaller = order[of_point] < order[of_border]
    inside: list[list[int]] = [[] for _ in borders]
    for part, whole in zip(of_point[smaller], of_border[smaller], strict=True):
        inside[int(whole)].append(int(part))
    return inside


def _left(border: Any, parts: NDArray[Any], whole_m2: float) -> Any:
    if not len(parts):
        return border
    left = cut(border, unite(parts))
    return left if area_m2(left) >= _LEFT_SHARE * whole_m2 else shapely.Polygon()
