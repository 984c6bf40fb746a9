"""Activities as they stand at a date, by the names that land calls them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import orjson
import shapely
from numpy.typing import NDArray

from landrelease.domain.work_rules import not_done
from landrelease.register.former import by_name
from landrelease.register.shapes import from_geojson
from landrelease.register.state import of_kind, standing

_WORKS = f"""
SELECT r.record_id, r.local_id, json_extract(e.body, '$.activity_type'),
  json_extract(e.body, '$.geometry'), json_extract(e.body, '$.area'),
  json_extract(e.body, '$.status'), json_extract(e.body, '$.started_on'),
  json_extract(e.body, '$.ended_on'), json_extract(e.body, '$.task'), r.record_id
FROM ({standing(of_kind("activity"))}) AS s
JOIN record AS r USING (record_no) JOIN entry AS e USING (entry_no)
"""


class Work(NamedTuple):
    """What decides which land an activity may change; ``ground`` is GeoJSON, of any shape."""

    activity_type: str
    ground: str | None
    area: str | None
    status: str | None
    started_on: str | None
    ended_on: str | None
    task: str | None
    record_id: str

    @property
    def not_done(self) -> str | None:
        """Its status, where that says that it cannot have changed land."""
        return not_done(self._asdict())


#: Reads the works when the first check asks for them; the others get the same.
Works = Callable[[], Mapping[str, Work]]


def grounds(works: Iterable[Work]) -> NDArray[Any]:
    """Return the shapes of works that are drawn or placed, mended where they are invalid."""
    shapes = from_geojson([orjson.loads(str(work.ground)) for work in works])
    found: NDArray[Any] = shapely.make_valid(shapes)
    return found


def works_standing(connection: sqlite3.Connection, when: Mapping[str, int]) -> dict[str, Work]:
    """Return every activity that stands, by its record id, and by local ids that are its own."""
    named = by_name(connection, "activity", _WORKS, when)
    return {name: Work(*row) for name, row in named.items()}
