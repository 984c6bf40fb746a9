"""The part of a mapping that says where rows lie: columns, legs, and rows that make outlines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from landrelease.terms import load_terms

#: Parts of a rule of place that name columns.
_COLUMNS = (
    "column",
    "longitude",
    "latitude",
    "easting",
    "northing",
    "zone",
    "text",
    "bearing",
    "distance_m",
)

#: What a surveyed point is. The first five are vertices of the outline, in the order of the survey;
#: ``closing`` is the leg back to the start; the others lie outside it.
PointType = Literal[
    "start", "turning", "intermediate", "end", "vertex", "closing", "reference", "benchmark",
    "other",
]  # fmt: skip


class Rule(BaseModel):
    """A part of a mapping: keys that it does not know are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class GeometryRule(Rule):
    """Which columns place a row, where the file has no geometry of its own."""

    column: str | None = Field(None, description="WKT or GeoJSON text")
    longitude: str | None = None
    latitude: str | None = None
    easting: str | None = None
    northing: str | None = None
    zone: str | None = Field(None, description="column of UTM zones such as 33N")
    utm_letters: Literal["hemisphere", "band"] | None = Field(
        None, description="what an S behind a UTM zone is; otherwise the country tells"
    )
    text: str | None = Field(None, description="one column: decimal, DMS, UTM, UPS or MGRS")
    separator: str | None = Field(None, description="between positions in one cell of text")
    points: tuple[GeometryRule, ...] = Field((), description="one rule for each vertex in the row")
    origin: tuple[float, float] | None = Field(None, description="longitude, latitude")
    bearing: str | None = None
    distance_m: str | None = None
    north: Literal["true", "magnetic", "grid"] = "true"
    declination: float | str | None = Field(
        None, description="degrees that magnetic north lies east of true north, or their column"
    )
    bearing_unit: Literal["degree", "mil", "gon"] = "degree"
    swap_axes: bool = False

    @model_validator(mode="after")
    def _complete(self) -> GeometryRule:
        pairs = (("longitude", "latitude"), ("easting", "northing"), ("bearing", "distance_m"))
        for one, two in pairs:
            if (getattr(self, one) is None) != (getattr(self, two) is None):
                raise ValueError(f"{one} and {two} belong together")
        ways = [self.column, self.longitude, self.easting, self.text, self.origin]
        if sum(way is not None for way in [*ways, self.points or None]) > 1:
            raise ValueError("name one of column, longitude, easting, text, points and origin")
        if (self.north == "magnetic") != (self.declination is not None):
            raise ValueError("north: magnetic and declination belong together")
        if self.separator is not None and self.text is None:
            raise ValueError("separator stands between positions of text; name text")
        return self

    def parts(self) -> dict[str, str]:
        """Columns that the rule itself reads, by what they hold."""
        found = {name: getattr(self, name) for name in _COLUMNS}
        found["declination"] = self.declination if isinstance(self.declination, str) else None
        return {name: column for name, column in found.items() if column is not None}

    def columns(self) -> Iterator[str]:
        """Columns that the rule reads, those of its points among them."""
        yield from self.parts().values()
        for point in self.points:
            yield from point.columns()

    def starts_nowhere(self) -> bool:
        """Whether there is a leg and no position that it starts from."""
        ways = (self.column, self.longitude, self.easting, self.text, self.origin)
        return self.bearing is not None and not self.points and all(way is None for way in ways)

    def places_points(self) -> bool:
        """Whether each row can be one point of an outline."""
        ways = (self.longitude, self.easting, self.text, self.bearing)
        whole = self.column or self.points or self.separator or self.swap_axes
        return not whole and any(way is not None for way in ways)


class VerticesRule(Rule):
    """How rows of single points make outlines, as survey spreadsheets have them.

    Rows with an empty ``outline`` are points by themselves.
    """

    outline: str = Field(description="column that rows of one outline share")
    order: str | None = Field(None, description="column of numbers; otherwise as the rows stand")
    point: str | None = Field(None, description="column of names of points within their outline")
    measured_from: str | None = Field(
        None, description="column naming the point a leg starts from; otherwise the point before"
    )
    type: str | None = Field(None, description="column of point types")
    types: dict[str, PointType] = Field(
        default_factory=dict, description="value in the file → type; over the usual words"
    )
    closing_tolerance_m: float | None = Field(
        None, ge=0, description="closing error that is no warning; otherwise 1 % of the way round"
    )

    @field_validator("types", mode="before")
    @classmethod
    def _keys_are_text(cls, value: Any) -> Any:
        return {str(k): v for k, v in value.items()} if isinstance(value, dict) else value

    def columns(self) -> Iterator[str]:
        """Columns that the rule reads."""
        named = (self.outline, self.order, self.point, self.measured_from, self.type)
        yield from (column for column in named if column is not None)

    def known_types(self) -> dict[str, PointType]:
        """Point type by the word for it, folded: the usual words, and those of the mapping."""
        usual: dict[str, list[str]] = load_terms("columns")["point_types"]
        words: dict[str, Any] = {word: name for name, all_ in usual.items() for word in all_}
        return {word.strip().casefold(): name for word, name in (words | self.types).items()}
