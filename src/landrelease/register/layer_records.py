"""Reading the layers of current records: what lies where, and what a column says."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from landrelease.domain.folding import folded
from landrelease.domain.kinds import kind_spec
from landrelease.register import geopackage, layers
from landrelease.register.contract import Record
from landrelease.register.inserting import quoted
from landrelease.register.records import Records

_NAMES_AREA = "area IN (SELECT value FROM json_each(?))"


class LayerRecords(Records):
    """The questions that the layers of an open register answer."""

    def tables_taken(self) -> set[str]:
        """Return the names of tables that are no layers: no kind can be called so."""
        query = (
            "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT IN"
            " (SELECT table_name FROM gpkg_contents)"
        )
        return {row[0] for row in self._all(query)}

    def layer(self, kind: str) -> Iterator[tuple[str, bytes | None, dict[str, Any]]]:
        """Iterate over a current layer: record id, WKB or None, and the columns."""
        spec = kind_spec(kind)
        names = layers.column_names(kind)
        start = 1 if spec.has_geometry else 0
        query = f'SELECT {quoted(names)} FROM "{kind}" ORDER BY fid'
        for row in self._each(query):
            blob = row[0] if start else None
            yield (
                row[start],
                geopackage.wkb_of(blob),
                dict(zip(names[start:], row[start:], strict=True)),
            )

    def placed(self, kind: str, bbox: tuple[float, float, float, float]) -> list[tuple[str, bytes]]:
        """Return the records of a current layer that touch a box, with their WKB.

        ``bbox`` is as in `records`.
        """
        return self._with_wkb(layers.touching(kind), layers.sides(bbox))

    def placed_at(
        self, kind: str, places: Iterable[tuple[float, float]]
    ) -> list[tuple[str, bytes]]:
        """Return the records of a current layer whose box holds one of some places, with their WKB.

        One look into the spatial index for each place, so that few places cost little in a
        register of many records.
        """
        return self._with_wkb(layers.holding(kind), (json.dumps(list(places)),))

    def _with_wkb(
        self, rows_of_layer: str, values: Sequence[Any] | Mapping[str, Any]
    ) -> list[tuple[str, bytes]]:
        rows = self._all(f"SELECT l.record_id, l.geom FROM {rows_of_layer}", values)
        found = ((record_id, geopackage.wkb_of(blob)) for record_id, blob in rows)
        return [(record_id, wkb) for record_id, wkb in found if wkb is not None]

    def unplaced(self, kind: str) -> int:
        """Return how many records of a kind stand without a geometry."""
        found = self._one(f'SELECT count(*) FROM "{kind_spec(kind).name}" WHERE geom IS NULL')
        return int(found[0]) if found else 0

    def unplaced_naming(self, kind: str, areas: Iterable[str]) -> list[Record]:
        """Return records of a kind without a geometry in the layer that name one of some areas."""
        return self._of_layer(kind, f"geom IS NULL AND {_NAMES_AREA}", areas)

    def naming(self, kind: str, areas: Iterable[str]) -> list[Record]:
        """Return records of a kind that name one of some areas in the layer."""
        return self._of_layer(kind, _NAMES_AREA, areas)

    def with_status(self, kind: str, statuses: Iterable[str]) -> set[str]:
        """Return the ids of records of a kind that have one of these statuses in the layer."""
        query = (
            f'SELECT record_id FROM "{kind_spec(kind).name}"'
            " WHERE status IN (SELECT value FROM json_each(?))"
        )
        return {row[0] for row in self._all(query, (json.dumps(sorted(statuses)),))}

    def _of_layer(self, kind: str, which: str, names: Iterable[str]) -> list[Record]:
        query = f'SELECT record_id FROM "{kind_spec(kind).name}" WHERE {which}'
        rows = self._all(query, (json.dumps([name for name in names if name]),))
        return self.some(record_id for (record_id,) in rows)

    def extent(self, kind: str) -> tuple[float, float, float, float] | None:
        """Return west, south, east, north of a kind's records; None where none has a geometry."""
        index = f"rtree_{kind_spec(kind).name}_geom"
        query = f'SELECT min(minx), min(miny), max(maxx), max(maxy) FROM "{index}" HAVING count(*)'
        found = self._one(query)
        return None if found is None else (found[0], found[1], found[2], found[3])

    def named_like(self, kind: str, text: str) -> set[str]:
        """Return the current records of a kind whose name or place holds a text."""
        names = [name for name in ("name", "place") if name in kind_spec(kind).fields]
        told = " || char(10) || ".join(f"coalesce({name}, '')" for name in names) or "''"
        rows = self._all(
            f'SELECT record_id FROM "{kind}" WHERE record_id NOTNULL AND instr(folded({told}), ?)',
            (folded(text),),
        )
        return {record_id for (record_id,) in rows}
