"""Links that name no one record that stands: kept as they came, and listed for a person."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from landrelease.domain.kinds import FieldSpec, kinds, link_fields
from landrelease.domain.land import Conflict
from landrelease.register.former import FORMERLY

#: Fields whose broken links are told with the land that they concern.
_TOLD_WITH_LAND = {("land_release_product", "area"), ("resurvey", "area")}


def broken_links(connection: sqlite3.Connection) -> Iterator[Conflict]:
    """Yield records of any kind that name what is not here, or what several are called."""
    for kind in kinds():
        for field in link_fields(kind):
            if (kind, field.name) not in _TOLD_WITH_LAND:
                yield from _broken(connection, kind, field)


def _broken(connection: sqlite3.Connection, kind: str, field: FieldSpec) -> Iterator[Conflict]:
    name = f'l."{field.name}"'
    source = f'"{kind}" AS l'
    if field.type == "links":
        source, name = f"{source}, json_each({name}) AS t", "t.value"
    own = "SELECT count(*) FROM record AS r WHERE r.current_entry_no IS NOT NULL"
    to = " AND (?1 IS NULL OR r.kind = ?1)"
    former = f"SELECT count(*) FROM {FORMERLY}"
    rows = connection.execute(
        f"SELECT record_id, name, alike FROM (SELECT l.record_id, {name} AS name,"
        f" ({own} AND r.record_id = {name}{to}) AS exact,"
        f" ({own} AND r.local_id = {name}{to}) + ({former} AND f.local_id = {name}{to}) AS alike"
        f" FROM {source} WHERE {name} IS NOT NULL AND l.record_id IS NOT NULL)"
        " WHERE exact = 0 AND alike != 1",
        (field.to,),
    )
    what = (field.to or "record").replace("_", " ")
    for record_id, named, alike in rows.fetchall():
        code = "link_ambiguous" if alike else "link_unknown"
        why = f"{alike} records are or were called so" if alike else "no such record stands"
        text = f"{field.name} names the {what} {named!r}: {why}"
        yield Conflict(code, (record_id,), f"{kind.replace('_', ' ')}: {text}")
