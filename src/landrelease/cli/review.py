"""What waits for a person: conflicts, changes, outside edits, names to erase, merging."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from landrelease.cli import options as opt
from landrelease.cli.options import author, register_path
from landrelease.cli.output import Result, ahead, area, first_of, inquired, out, short, show, table

#: Conflicts that the terminal lists of each code, and of one code alone; `--json` gives all.
_MOST_OF_ONE, _MOST_CONFLICTS = 10, 200

#: Places of one part of a name that the terminal lists; `--json` gives all.
_MOST_PLACES = 20
#: Records of one conflict that a line names.
_MOST_RECORDS = 10


def add_to(app: typer.Typer) -> None:
    """Add this module's commands."""
    panel = "Review"
    app.command("conflicts", rich_help_panel=panel)(conflicts)
    app.command("changes", rich_help_panel=panel)(changes)
    app.command("totals", rich_help_panel=panel)(totals)
    app.command("outside", rich_help_panel=panel)(outside)
    app.command("merge", rich_help_panel=panel)(merge)
    app.command("erase", rich_help_panel=panel)(erase)


def conflicts(
    code: Annotated[str | None, typer.Option("--code", help="Conflicts of one code only.")] = None,
    register: opt.Register = None,
    as_json: opt.AsJson = False,
) -> None:
    """List what contradicts itself, is undated, or names no area; grave ones on top."""
    from landrelease.services import review

    show(review.conflicts(register_path(register), code), as_json, _conflicts)


def changes(
    since: Annotated[str, typer.Option("--since", help="A day or moment (UTC, ISO 8601).")],
    register: opt.Register = None,
    as_json: opt.AsJson = False,
) -> None:
    """List what was recorded or merged here since a moment, by whom and why."""
    from landrelease.services import review

    show(review.changes(register_path(register), since), as_json, _changes)


def totals(
    register: opt.Register = None,
    as_of: opt.AsOf = None,
    known_at: opt.KnownAt = None,
    file: Annotated[
        Path | None, typer.Option("--out", help="Write them to this new XLSX file.")
    ] = None,
    as_json: opt.AsJson = False,
) -> None:
    """Total land released and devices found by year and place, and work not mapped yet."""
    from landrelease.services import totals as counting

    path = register_path(register)
    when = (as_of, known_at)
    result = counting.write_totals(path, file, *when) if file else counting.totals(path, *when)
    show(result, as_json, _totals)


def outside(
    edit: Annotated[
        int | None, typer.Argument(metavar="[EDIT]", help="Number of the edit.")
    ] = None,
    decision: Annotated[str | None, typer.Argument(help="adopt or undo.")] = None,
    why: Annotated[str, typer.Option("--why", help="The reason, in your words.")] = "",
    register: opt.Register = None,
    by: opt.Author = None,
    as_json: opt.AsJson = False,
) -> None:
    """List edits made in QGIS and other programs, or adopt or undo one."""
    from landrelease.services import review

    path = register_path(register)
    if edit is None:
        show(review.outside_edits(path), as_json, _edits)
        return
    result = review.review_edit(path, edit, decision or "", why=why, by=author(by))
    show(
        result, as_json, lambda r: out.print(f"edit {r['edit']}: {r['decision']}; {r['entry_id']}")
    )


def merge(
    other: Annotated[Path, typer.Argument(metavar="OTHER", help="A copy of this register.")],
    register: opt.Register = None,
    by: opt.Author = None,
    as_json: opt.AsJson = False,
) -> None:
    """Take in what another copy of this register recorded meanwhile; what stays there is told."""
    from landrelease.services import review

    result = review.merge(register_path(register), other, by=author(by))
    show(result, as_json, _merged)


def erase(
    why: opt.Why,
    record_id: Annotated[
        str | None,
        typer.Argument(metavar="ID", help="Record of the person; none: the names given."),
    ] = None,
    name: Annotated[
        list[str] | None, typer.Option("--name", help="A name to blank and look for.")
    ] = None,
    register: opt.Register = None,
    by: opt.Author = None,
    as_json: opt.AsJson = False,
) -> None:
    """Erase a person's identity and names; exit 1 if a name still stands, and say where."""
    from landrelease.services import review

    path = register_path(register)
    result = review.erase(path, record_id, why=why, by=author(by), names=name or ())
    show(result, as_json, _erased)
    if not result["complete"]:
        raise typer.Exit(1)


def _erased(result: Result) -> None:
    whose = f"identity {result['identity']}" if result["identity"] else "the names given"
    out.print(f"{whose} erased")
    if result["complete"]:
        out.print("no file of the register holds the name any more, in whatever form it was found")
    else:
        _places("still stands in", result["standing"], "not erased")
    if any(one["field"] == "author" for one in result["standing"]):
        out.print(
            "Names of authors stay: who acted is part of the ledger. Give a function or initials "
            "with --by from now on."
        )
    _doubtful(result)


def _doubtful(result: Result) -> None:
    """What a person has to look at, since no program can tell whom it means."""
    if gone := result["attachments_erased"]:
        out.print(f"{len(gone)} attached files named the person and went: attach them without it")
    if unsearched := result["attachments_unsearched"]:
        out.print(
            f"{len(unsearched)} attached files are photos, PDFs or packed, and were not searched:"
            " look at them"
        )
    if alone := result["alone"]:
        _places("one part alone in", alone[:_MOST_PLACES], "left: may be somebody else")
        out.print(
            f"{len(alone):,} places hold one part of the name alone, which stays; where it means"
            " the person, erase it with --name"
        )


def _places(where: str, places: Sequence[Result], title: str) -> None:
    rows = [(s["where"], s["field"], s["record_id"] or "", s["id"]) for s in places]
    table([where, "field", "record", "entry or row"], rows, title=title)


#: What a merge leaves in the copy, which must not be deleted before it is settled there.
_LEFT = {
    "quarantined": "rows that wait: import their file here, or mend them there and merge again",
    "outside_edits": "edits by other programs: adopt or undo them there, then merge again",
    "identities": "people's names and words: keep its .people.sqlite, which a merge brings not",
}


def _merged(result: Result) -> None:
    out.print(f"{result['new']:,} new entries, {len(result['conflicts'])} conflicts to judge")
    if result["fell"]:
        out.print(f"voided with their import, undone in a copy: {len(result['fell']):,}")
    if result["brought"]:
        out.print(f"{result['brought']:,} waiting rows came along: landrelease quarantine")
    left = {name: count for name, count in result["left"].items() if name in _LEFT and count}
    for name, count in left.items():
        out.print(f"[yellow]left in {result['left']['file']}[/] {count:,} {_LEFT[name]}")
    inquired(result)


def _conflicts(result: Result) -> None:
    found, counts = result["conflicts"], result["by_code"]
    if len(counts) > 1:
        table(["code", "conflicts"], list(counts.items()))
    shown = [code for code in counts if any(one["code"] == code for one in found)]
    most = _MOST_OF_ONE if len(shown) > 1 else _MOST_CONFLICTS
    for code in shown:
        count = counts[code]
        some = [one for one in found if one["code"] == code][:most]
        rows = [(c["message"], _records(c)) for c in some]
        table(["what", "records"], rows, title=code)
        if count > len(rows):
            out.print(f"… and {count - len(rows):,} more: --code {code}, or --json gives all")
    out.print(f"both released and still hazardous: {area(result['contested_m2'])}")
    _loose("Without a date", result["undated"])
    _loose("Linked to nothing", result["unlinked"])
    undated, unlinked = len(result["undated"]), len(result["unlinked"])
    out.print(
        f"{result['count']:,} conflicts; {undated:,} records without a date,"
        f" {unlinked:,} linked to nothing"
    )


def _loose(title: str, records: Sequence[Result]) -> None:
    """Records by kind and by what they lack, with the first of each."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for one in records:
        key = one["kind"], " or ".join(one.get("lacks", ()))
        groups.setdefault(key, []).append(one["local_id"] or short(one["record_id"]))
    rows = [
        (kind.replace("_", " "), f"no {lacks}" if lacks else "no date", len(names), shown)
        for (kind, lacks), names in groups.items()
        if (shown := first_of(names, _MOST_RECORDS))
    ]
    if rows:
        table(["kind", "lacks", "records", "the first"], rows, title=title)


def _records(conflict: Result) -> str:
    pairs = zip(conflict["records"], conflict["local_ids"], strict=True)
    return first_of([local or short(record) for record, local in pairs], _MOST_RECORDS)


def _changes(result: Result) -> None:
    rows = [
        (
            e["received_at"][:19],
            e["recorded_at"][:19],
            e["action"],
            e["kind"],
            e["local_id"] or short(e["record_id"]),
            e["author"],
            e["reason"],
        )
        for e in result["entries"][:200]
    ]
    table(["here since", "recorded", "action", "kind", "record", "by", "why"], rows)
    out.print(f"{result['count']:,} entries since {result['since']}")


def _totals(result: Result) -> None:
    for name in ("released", "devices", "reported"):
        rows = result[name]
        if rows:
            columns = _telling(rows)
            heads = [column.replace("_", " ").replace("m2", "m²") for column in columns]
            table(heads, [[row[column] for column in columns] for row in rows], title=name)
    ahead(result)
    if "file" in result:
        out.print(f"written: {result['file']}")
        if result["withheld"]:
            out.print(f"[yellow]withheld[/] {result['withheld']:,}: words that name a person")


def _telling(rows: Sequence[Result]) -> list[str]:
    """Columns that say something in some row, so that a terminal has room for them."""
    names = [name for name in rows[0] if name != "records"]
    return [name for name in names if any(row[name] for row in rows)]


def _edits(result: Result) -> None:
    if not result["edits"]:
        out.print("No other program changed the layers since the last review.")
        return
    rows = [
        (e["edit_id"], e["edited_at"][:16], e["layer"], e["operation"], _called(e), *line)
        for e in result["edits"]
        for line in _changed(e)
    ]
    table(["edit", "at", "layer", "what", "record", "field", "before", "after"], rows)
    out.print("Review one: landrelease outside EDIT adopt|undo --why «…»")


def _called(edit: Result) -> str:
    return str(edit["local_id"] or edit["record_id"] or "new")


def _changed(edit: Result) -> Sequence[tuple[object, ...]]:
    changes = edit["changes"] or [{"field": None, "before": None, "after": None}]
    return [(one["field"], one["before"], one["after"]) for one in changes]
