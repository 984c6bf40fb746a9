"""Walking the points of one survey: each is written out, or reached from another by a leg."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from landrelease.errors import FieldError
from landrelease.exchange.coordinates import Frame, Position
from landrelease.exchange.place_rules import GeometryRule
from landrelease.exchange.positions import leg, written
from landrelease.geometry import distance_m

#: Points that stand outside the outline.
_BESIDE = ("reference", "benchmark", "other")

#: Parts of a row that make a leg; the others write a position out.
_LEG = ("bearing", "distance_m", "declination")

#: A closing error above this share of the way round is a warning, if the mapping sets no other.
_CLOSING_SHARE = 0.01

#: Vertices further apart are named, as in the checks that GICHD published.
_LONG_EDGE_M = 5000.0


@dataclass
class Point:
    """One surveyed point as its row gives it; ``type`` is None where its word is unknown."""

    row: int
    type: str | None
    type_entered: str
    name: str
    measured_from: str
    cells: Mapping[str, Any]
    position: Position | None = None

    def beside(self) -> bool:
        """Whether the point stands outside the outline."""
        return self.type in _BESIDE

    def called(self) -> str:
        """The point as messages call it."""
        return f"row {self.row + 1}" + (f", point {self.name!r}" if self.name else "")

    def as_dict(self) -> dict[str, Any]:
        """The point as plain values."""
        x, y = (self.position.x, self.position.y) if self.position else (None, None)
        said = {"type": self.type, "name": self.name, "longitude": x, "latitude": y}
        return {key: value for key, value in said.items() if value not in (None, "")}


@dataclass
class Traverse:
    """Vertices in their order, what keeps them from being an outline, and the closing error."""

    vertices: list[Position] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)
    closed_at: Position | None = None

    def notes(self, tolerance_m: float | None) -> list[tuple[str, str]]:
        """What is worth saying of a sound outline: its closing error and its long edges."""
        found = []
        edges = _edges_m([*self.vertices, *self.vertices[:1]])
        longest = max(edges, default=0.0)
        if longest > _LONG_EDGE_M:
            found.append(("vertex_gap", f"an edge of {longest:,.0f} m"))
        if self.closed_at is not None and self.vertices:
            found.append(_closing(self.vertices[0], self.closed_at, sum(edges), tolerance_m))
        return found


def walk(points: Sequence[Point], rule: GeometryRule, frame: Frame) -> Traverse:
    """Give every point its position, and the outline its vertices.

    A row with coordinates is where they say. One with a bearing and a distance alone is reached
    from the point that it names, else from the point before it, else from the rule's origin.
    """
    found = Traverse()
    named: dict[str, Position] = {}
    before = Position(*rule.origin, "EPSG:4326") if rule.origin is not None else None
    for point in points:
        try:
            point.position = _position(point, rule, frame, named, before)
        except FieldError as problem:
            found.problems.append((problem.code, f"{point.called()}: {problem.message}"))
            continue
        closing = _is_closing(point, points)
        before = point.position
        if not closing:
            named.setdefault(point.name.casefold(), point.position)
        _add(found, point, closing)
    return found


def _add(found: Traverse, point: Point, closing: bool) -> None:
    if point.type is None:
        detail = f"{point.called()}: {point.type_entered!r}"
        found.problems.append(("point_type_unknown", detail))
    elif closing:
        found.closed_at = point.position
    elif not point.beside() and point.position is not None:
        found.vertices.append(point.position)


def _is_closing(point: Point, points: Sequence[Point]) -> bool:
    """Whether the row leads back to the start: so called, or named as the first vertex is."""
    first = next((one for one in points if not one.beside()), point)
    if point is first:
        return False
    again = bool(point.name) and point.name.casefold() == first.name.casefold()
    again |= point.type == first.type == "start"
    return point.type == "closing" or (again and point is points[-1])


def _position(
    point: Point,
    rule: GeometryRule,
    frame: Frame,
    named: Mapping[str, Position],
    before: Position | None,
) -> Position:
    own = {name: cell for name, cell in point.cells.items() if name not in _LEG}
    if rule.origin is None and any(_filled(cell) for cell in own.values()):
        return written(rule, frame, point.cells)
    if not any(_filled(point.cells.get(name)) for name in _LEG[:2]):
        raise FieldError("position", None, "the row has no coordinates", code="geometry_missing")
    start = named.get(point.measured_from.casefold()) if point.measured_from else before
    if start is None:
        raise FieldError(
            "measured_from",
            point.measured_from or None,
            "no such point was placed before it" if point.measured_from else "no point before it",
            code="from_point_unknown",
        )
    return leg(rule, frame, point.cells, start)


def _filled(cell: Any) -> bool:
    return cell is not None and str(cell).strip() != ""


def _edges_m(positions: Sequence[Position]) -> list[float]:
    return [distance_m(a.x, a.y, b.x, b.y) for a, b in pairwise(positions)]


def _closing(
    start: Position, end: Position, around_m: float, tolerance_m: float | None
) -> tuple[str, str]:
    error_m = distance_m(start.x, start.y, end.x, end.y)
    allowed_m = _CLOSING_SHARE * around_m if tolerance_m is None else tolerance_m
    share = f"1:{around_m / error_m:,.0f}" if error_m > 0.005 else "nothing"
    detail = f"{error_m:.2f} m after {around_m:,.1f} m, {share}"
    return ("closing_error" if error_m <= allowed_m else "ring_not_closed"), detail
