"""A first mapping of an unknown table, for a person to read and correct."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from landrelease.domain.kinds import COMMON_FIELDS, kind_spec, kinds, kinds_of_files
from landrelease.exchange.likely_ids import folded_name, likely_identity
from landrelease.exchange.mapping import ImportMapping, build_mapping
from landrelease.exchange.tables import SourceTable
from landrelease.exchange.values import read_number
from landrelease.geometry import WGS84
from landrelease.terms import load_terms

#: A longitude may be counted to 360 degrees.
_MOST_DEGREES = 360


def guess_mapping(table: SourceTable, kind: str | None = None) -> ImportMapping:
    """Guess which column is what, by its name.

    Columns named like a field of the kind, or by a name in ``terms/columns.yaml``, are mapped; all
    others stay under ``attributes``.

    Parameters
    ----------
    table : SourceTable
    kind : str, optional
        Kind of all rows; otherwise the layer's name or a column ``record_kind`` must say it.
    """
    rest = {folded_name(column): column for column in reversed(list(table.columns))}
    rest = _by_tag(table) | rest
    known = load_terms("columns")
    if kind is None and table.name in kinds_of_files():
        kind = table.name
    content: dict[str, Any] = {}
    if any(one.code == "header_row_found" for one in table.issues):
        content["header_row"] = table.header_rows
    if any(one.code == "encoding_guessed" for one in table.issues):
        content["encoding"] = table.encoding
    column = _kind_column(table, rest, known["record_kind"], kind)
    if column is not None:
        content["record_kind"] = {"column": column, "values": _kind_values(table, column)}
        kind_names = list(content["record_kind"]["values"].values())
    else:
        content["kind"] = kind
        kind_names = [kind] if kind else []
    content["identity"] = _several(rest, known["ids"])
    if not content["identity"]:
        content["identity"] = likely_identity(table, rest, kind_names)
    if table.geometry is None:
        content |= _placing(table, rest, known)
    if "vertices" in content and not content["identity"]:
        # outlines without an id of their own are known again by what their rows share
        content["identity"] = {"source_id": content["vertices"]["outline"]}
    of_areas = known["occurred_on_of_areas"] if kind_names == ["hazardous_area"] else []
    content["occurred_on"] = _take(rest, [*known["occurred_on"], *of_areas])
    content["fields"] = _fields(rest, known["fields"], kind_names)
    _add_area(content["fields"], rest, known["areas"], kind_names)
    return build_mapping({k: v for k, v in content.items() if v}, "guess")


def _by_tag(table: SourceTable) -> dict[str, str]:
    """Columns under the name that their HXL tag gives them; of two alike the first."""
    reads = load_terms("hxl")["reads"]
    tagged = reversed([(tag, column) for column, tag in table.tags.items() if tag in reads])
    return {reads[tag]: column for tag, column in tagged}


def _take(rest: dict[str, str], wanted: Iterable[str]) -> str | None:
    """Take the first column that has one of the names, whole or cut as Shapefile cuts them."""
    names = list(wanted)
    for name in (*names, *(name[:10] for name in names if len(name) > 10)):
        if name in rest:
            return rest.pop(name)
    return None


def _several(rest: dict[str, str], wanted: Mapping[str, Iterable[str]]) -> dict[str, str]:
    found = {part: _take(rest, names) for part, names in wanted.items()}
    return {part: column for part, column in found.items() if column is not None}


def _geometry(table: SourceTable, rest: dict[str, str], known: Mapping[str, Any]) -> dict[str, str]:
    for way in (("column",), ("longitude", "latitude"), ("easting", "northing", "zone"), ("text",)):
        found = _several(dict(rest), {part: known[part] for part in way})
        whole = len([part for part in found if part != "zone"]) == len(way) - ("zone" in way)
        if whole and not ("longitude" in found and _in_metres(table, found["longitude"])):
            _several(rest, {part: known[part] for part in way})
            return found
    return {}


def _placing(table: SourceTable, rest: dict[str, str], known: Mapping[str, Any]) -> dict[str, Any]:
    """What of a mapping says where the rows of a table without geometry lie."""
    vertices = _vertices(dict(rest), known["vertices"])
    found: dict[str, Any] = {"geometry": _geometry(table, rest, known["geometry"])}
    if "column" in found["geometry"]:
        found["crs"] = _system(table, rest, known["geometry"])
    elif vertices:
        found["geometry"] |= _leg(rest, known["geometry"])
        if found["geometry"]:
            found["vertices"] = _vertices(rest, known["vertices"])
    return found


def _in_metres(table: SourceTable, column: str) -> bool:
    """Whether most of a column's numbers are too large for degrees."""
    numbers = [read_number(cell).value for cell in table.columns[column]]
    known: list[float] = [number for number in numbers if number is not None]
    return sum(abs(number) > _MOST_DEGREES for number in known) * 2 > len(known)


def _vertices(rest: dict[str, str], known: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Columns of points that make outlines: what they belong to, with their number or type."""
    found = _several(dict(rest), known)
    if "outline" not in found or not {"order", "type", "point"} & set(found):
        return {}
    return _several(rest, known)


def _leg(rest: dict[str, str], known: Mapping[str, Iterable[str]]) -> dict[str, str]:
    names = {part: known[part] for part in ("bearing", "distance_m")}
    return _several(rest, names) if len(_several(dict(rest), names)) == len(names) else {}


def _system(table: SourceTable, rest: dict[str, str], known: Mapping[str, Any]) -> str | None:
    """System of outlines in a column: named beside them, or told by longitude and latitude."""
    column = _take(rest, ["geometry_crs"])
    named = {cell for cell in table.columns[column] if cell} if column is not None else set()
    if len(named) == 1:
        return str(named.pop())
    return WGS84 if _geometry(table, rest, known) else None


def _kind_column(
    table: SourceTable, rest: dict[str, str], names: Iterable[str], kind: str | None
) -> str | None:
    """Take the column of kinds: where none is given, or where it says the same of every row."""
    column = _take(dict(rest), names)
    if column is None or (kind is not None and set(map(str, table.columns[column])) != {kind}):
        return None
    return _take(rest, names)


def _kind_values(table: SourceTable, column: str) -> dict[str, str]:
    """Kinds that the column names by our own names; others are left for a person to say."""
    return {str(v): str(v) for v in dict.fromkeys(table.columns[column]) if str(v) in kinds()}


def _fields(
    rest: dict[str, str], known: Mapping[str, Iterable[str]], kind_names: Iterable[str]
) -> dict[str, Any]:
    own = [name for kind in kind_names for name in kind_spec(kind).fields]
    found: dict[str, Any] = {}
    for name in dict.fromkeys([*own, *(f for f in COMMON_FIELDS if f != "geometry")]):
        column = _take(rest, [name, *known.get(name, ())])
        if column is not None:
            found[name] = column
    return found


def _add_area(
    fields: dict[str, Any], rest: dict[str, str], known: Mapping[str, Any], kinds: Iterable[str]
) -> None:
    """Take the column of stated areas whose name says the unit, where none is taken yet."""
    name = known["field"]
    if name in fields or not any(name in kind_spec(kind).fields for kind in kinds):
        return
    for unit, written in known["units"].items():
        headings = _headings(known["words"], written)
        headings += [one for one in known["alone"] if one in written]
        heading = next((one for one in headings if one in rest), None)
        if heading is not None:
            fields[name] = {"column": rest.pop(heading), "unit": unit}
            return


def _headings(words: Iterable[str], units: Iterable[str]) -> list[str]:
    """Words with a unit behind them, as people write them."""
    return [f"{word}{link}{unit}" for word in words for link in ("_", "", "_in_") for unit in units]
