"""Layers, tables and entries: take in, give out, undo."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from landrelease.cli import options as opt
from landrelease.cli.issues import told_against, told_issues
from landrelease.cli.options import assignments, author, register_path
from landrelease.cli.output import Result, area, first_of, inquired, out, progress, show, table


def add_to(app: typer.Typer) -> None:
    """Add this module's commands."""
    panel = "Layers and tables"
    app.command("import", rich_help_panel=panel)(import_file)
    app.command("export", rich_help_panel=panel)(export)
    app.command("record", rich_help_panel=panel)(record)
    app.command("void", rich_help_panel=panel)(void)
    app.command("quarantine", rich_help_panel=panel)(quarantine)
    app.command("problems", rich_help_panel=panel)(problems)


def import_file(
    file: Annotated[Path, typer.Argument(help="GeoJSON, GeoPackage, Shapefile, KML, CSV, XLSX …")],
    register: opt.Register = None,
    by: opt.Author = None,
    layer: Annotated[
        str | None, typer.Option(help="Layer or sheet, where a file holds several.")
    ] = None,
    kind: Annotated[
        str | None, typer.Option(help="Kind of record, such as hazardous_area.")
    ] = None,
    set_fields: Annotated[
        list[str] | None, typer.Option("--set", help="Fill a field of every row: field=value.")
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option(help="Mapping file (YAML): which column is what.")
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run", help="Show what would happen and print the mapping; write nothing."
        ),
    ] = False,
    changes: Annotated[
        Path | None,
        typer.Option(help="Write what is new, changed and vanished to a new CSV or XLSX file."),
    ] = None,
    as_json: opt.AsJson = False,
) -> None:
    """Take in a layer or table; every row is accounted for, bad ones wait in quarantine."""
    from landrelease.services import layers

    call = layers.ImportCall(
        file=file,
        layer=layer,
        kind=kind,
        set_fields=assignments(set_fields),
        mapping=mapping,
        changes=changes,
    )
    with progress(f"reading {file.name}"):
        if dry_run:
            result = layers.preview(register_path(register), call)
        else:
            result = layers.take_in(register_path(register), call, by=author(by))
    show(result, as_json, _imported)


def export(
    file: Annotated[Path, typer.Argument(help="File to write; its suffix chooses the format.")],
    register: opt.Register = None,
    kind: Annotated[str | None, typer.Option(help="One kind of record; without it, all.")] = None,
    as_of: opt.AsOf = None,
    audience: opt.Audience = "public",
    force: Annotated[
        bool, typer.Option("--force", help="Replace a file that is there; never a GeoPackage.")
    ] = False,
    as_json: opt.AsJson = False,
) -> None:
    """Write records to a file that other programs read, without what the audience may not see."""
    from landrelease.services import exporting

    result = exporting.export(
        register_path(register), file, kind=kind, as_of=as_of, audience=audience, replace=force
    )
    show(result, as_json, _exported)


def record(
    file: Annotated[
        str, typer.Argument(metavar="FILE.json", help="Entries made elsewhere; - reads stdin.")
    ],
    register: opt.Register = None,
    by: opt.Author = None,
    as_json: opt.AsJson = False,
) -> None:
    """Append records made elsewhere, all or none; the rules of land release apply.

    FILE.json holds a list of entries, or an object with that list under `entries`. Each needs its
    `kind` and a `body`. The `record_id` or `local_id` of a record makes a new version of it: fields
    left out stay as they were, null empties one.

    \b
    {"entries": [{
      "kind": "accident", "occurred_on": "2024-05-12",
      "reason": "told by the village",
      "source": {"title": "Report 7", "quote": "one man was hurt"},
      "body": {
        "local_id": "AC-7", "killed": 0, "injured": 1,
        "geometry": {"type": "Point", "coordinates": [103.1, 18.1]}
      }
    }]}
    """
    from landrelease.services import recording

    result = recording.record_file(register_path(register), file, by=author(by))
    show(result, as_json, _recorded)


def void(
    why: opt.Why,
    record_id: Annotated[str | None, typer.Argument(metavar="[ID]", help="Id or local id.")] = None,
    import_id: Annotated[str | None, typer.Option("--import", help="Undo a whole import.")] = None,
    register: opt.Register = None,
    by: opt.Author = None,
    as_json: opt.AsJson = False,
) -> None:
    """Void a record, or undo a whole import; nothing is deleted."""
    from landrelease.services import recording

    result = recording.void(
        register_path(register), record_id=record_id, import_id=import_id, why=why, by=author(by)
    )
    show(result, as_json, _voided)


_SINCE = (
    ("fell", "Corrected since, and gone with the import all the same"),
    ("taken_back", "Changed since: as before the import, save what was changed"),
    ("stands", "Still there"),
)


def _voided(result: Result) -> None:
    """Say what a void took out and, of an import, what others had changed since."""
    out.print(f"records voided: {len(result['voided']):,}")
    for name, title in _SINCE:
        if rows := result[name]:
            out.print(f"[yellow]{title}[/]: {len(rows):,}")
            shown = [(r["local_id"] or r["record_id"], r["kind"], _what(r)) for r in rows]
            table(["record", "kind", "what"], shown)


def _what(row: Result) -> str:
    """What became of a record, in a sentence."""
    if "fields" not in row:
        return str(row["why"])
    back = f"taken back: {', '.join(row['fields'])}" if row["fields"] else "nothing to take back"
    return f"{back}; kept: {', '.join(row['kept'])}" if row["kept"] else back


def quarantine(
    register: opt.Register = None,
    import_id: Annotated[str | None, typer.Option("--import", help="Rows of one import.")] = None,
    layer: Annotated[str | None, typer.Option(help="Rows of one layer, for --out.")] = None,
    out_file: Annotated[
        Path | None,
        typer.Option("--out", help="Write them to CSV, XLSX or GeoJSON, to be mended by hand."),
    ] = None,
    as_json: opt.AsJson = False,
) -> None:
    """List rows that could not be taken in, or give them out to be mended and imported again."""
    from landrelease.services import mending

    path = register_path(register)
    if out_file is None:
        show(mending.quarantine(path, import_id), as_json, _quarantine)
    else:
        result = mending.give_out(path, out_file, import_id=import_id, layer=layer)
        show(result, as_json, _given_out)


def problems(
    code: Annotated[str | None, typer.Argument(help="One code; all of them otherwise.")] = None,
    as_json: opt.AsJson = False,
) -> None:
    """Say what each problem of an import means, and what cures it."""
    from landrelease.services import mending

    show(mending.problems(code), as_json, _problems)


#: How many rows a person is shown before the rest is only counted.
_SHOWN_ROWS, _SHOWN_CHANGES = 50, 20


def _differences(result: Result) -> None:
    """What changes, the first of it line by line, and what vanished."""
    changes, vanished = result["changes"], result["vanished_records"]
    if changes:
        rows = [line for change in changes[:_SHOWN_CHANGES] for line in _lines(change)]
        table(["row", "record", "what", "before", "after"], rows, "Changed")
    if len(changes) > _SHOWN_CHANGES:
        more = len(changes) - _SHOWN_CHANGES
        out.print(f"… and {more:,} more changed; --changes FILE.xlsx or --json gives all")
    if result["continuing"] and not result["continued"]:
        out.print(
            f"[yellow]{len(result['continuing']):,} new rows lie where records did that are not in "
            "this file:[/] set identity.shared_ground in the mapping to take them as those records"
        )
    for other in result["other_layers"]:
        out.print(
            f"[yellow]{other['rows']:,} rows have the id or the outline of a record of the layer "
            f"{other['layer']}:[/] this file was taken as a layer of its own, so what it lacks is "
            f"not compared; if it is that layer again, set `layer: {other['layer']}` in a mapping"
        )
    for records, what in (
        (result["held_up"], "have their row in this file, but it waits in quarantine; they stay"),
        (vanished, "are not in this file, and stay"),
    ):
        if records:
            names = first_of([r["local_id"] or r["record_id"] for r in records], _SHOWN_CHANGES)
            out.print(f"{len(records):,} records {what} as they are: {names}")
    _void(result["stay_void"])


def _void(rows: Sequence[Result]) -> None:
    """Rows that leave their record void: whose decision that was, and why."""
    for one in rows[:_SHOWN_CHANGES]:
        who = f"voided by {one['voided_by']} on {one['voided_at'][:10]}: {one['why']}"
        name = one["local_id"] or one["record_id"]
        out.print(f"row {one['row']}, {name}: says nothing new, stays void; {who}", markup=False)
    if len(rows) > _SHOWN_CHANGES:
        out.print(f"{len(rows):,} rows leave their record void; --changes or --json gives all")


def _lines(change: Result) -> Iterator[tuple[object, ...]]:
    head = (change["row"], change["local_id"] or change["record_id"])
    for field in change["fields"]:
        yield (*head, field["field"], field["before"], field["after"])
    shape = change["geometry"]
    if shape is not None:
        before, after = area(shape["area_before_m2"]), area(shape["area_after_m2"])
        moved = "" if shape["moved_m"] is None else f", moved {shape['moved_m']:,.1f} m"
        yield (*head, "outline", before, f"{after}{moved}")


def _imported(result: Result) -> None:
    parts = ("added", "changed", "unchanged", "repaired", "quarantined")
    counts = ", ".join(f"{result[part]:,} {part}" for part in parts)
    out.print(f"{result['read']:,} rows read: {result['accepted']:,} accepted ({counts})")
    if result["resolved"]:
        out.print(f"{result['resolved']:,} rows that waited in quarantine come back mended")
    _differences(result)
    _claimed(result["contradictions"])
    told_issues(result)
    told_against(result)
    if result.get("mapping_yaml"):
        out.print(result["mapping_yaml"], markup=False)
    inquired(result)
    if result.get("import_id"):
        out.print(f"import {result['import_id']}; undo it: landrelease void --import ID --why …")


def _claimed(claims: Sequence[Result]) -> None:
    """What the file says and the register does not do; of an earlier date, nobody is asked."""
    for one in claims[:_SHOWN_CHANGES]:
        name = one["local_id"] or one["record_id"]
        out.print(f"row {one['row']}, {name}: {one['field']} is only claimed: {one['message']}")
    past = sum(one["past"] for one in claims)
    if past < len(claims):
        out.print(
            f"{len(claims) - past:,} claims wait in `conflicts` until a person records them; "
            "no land left"
        )
    if past:
        out.print(
            f"{past:,} claims are of a date before a later version of their record, which stands: "
            "its history keeps them, and nobody is asked"
        )


def _recorded(result: Result) -> None:
    out.print(f"{len(result['recorded'])} recorded, {result['unchanged']} already known")
    inquired(result)
    for one in result["warnings"]:
        told = (
            f"warning entries[{one['entry']}] {one['record_id']}: {one['message']} [{one['code']}]"
        )
        out.print(told, markup=False, style="yellow")


def _exported(result: Result) -> None:
    for layer in result["layers"]:
        out.print(f"{layer['kind']}: {layer['count']:,} records, {area(layer.get('area_m2'))}")
    for reason in result["not_shown"]:
        out.print(f"[yellow]not shown[/] {reason['count']:,} {reason['text']}")
    for one in result["withheld"]:
        told = f"left empty: {one['field']} of {one['kind']} {one['record_id'] or ''}"
        out.print(told, markup=False, soft_wrap=True)
    for sentence in result["lost"]:
        out.print(f"[yellow]lost[/] {sentence}")
    out.print(f"written: {result['file']} for audience {result['audience']}")


def _quarantine(result: Result) -> None:
    if not result["rows"]:
        out.print("Nothing is in quarantine.")
        _warned(result)
        return
    for row in result["rows"][:_SHOWN_ROWS]:
        own = f" ({row['local_id']})" if row["local_id"] else ""
        where = f"{row['layer']}, row {row['row']}{own}"
        out.print(f"{where}: {row['code']}: {row['message']}", soft_wrap=True, markup=False)
    if result["count"] > _SHOWN_ROWS:
        out.print(f"… and {result['count'] - _SHOWN_ROWS:,} more; --json gives all")
    counts = Counter((row["code"], row["cure"]) for row in result["rows"])
    table(["code", "rows", "cure"], [(code, n, how) for (code, how), n in counts.most_common()])
    out.print(
        f"{result['count']:,} rows wait; write them with --out FILE.xlsx, mend them there, and "
        "import that file"
    )
    _warned(result)


def _warned(result: Result) -> None:
    """What was taken in with a warning, and in which rows."""
    if not result["warnings"]:
        return
    rows = [
        (w["file_name"] or w["layer"], w["code"], w["count"], first_of([*map(str, w["rows"])], 5))
        for w in result["warnings"]
    ]
    table(["file", "warning", "times", "rows"], rows, "Taken in with a warning")
    out.print("what each means: landrelease problems CODE")


def _given_out(result: Result) -> None:
    out.print(f"{result['count']:,} rows of {result['layer']} written to {result['file']}")
    if result["personal"]:
        out.print(f"[yellow]{result['personal']:,} rows are about people: keep the file closely")
    out.print("mend the cells, keep the column quarantine_row, and import the file")


def _problems(result: Result) -> None:
    if len(result["problems"]) == 1:
        (one,) = result["problems"]
        out.print(f"{one['code']} ({one['severity']}): {one['says']}", soft_wrap=True)
        out.print(f"cure: {one['cure']}", soft_wrap=True)
        return
    rows = [(p["code"], p["severity"], p["says"], p["cure"]) for p in result["problems"]]
    table(["code", "", "what it means", "cure"], rows)
