"""Questions people ask: how much, where, since when, says who."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer
from rich.markup import escape
from rich.tree import Tree

from landrelease.cli import options as opt
from landrelease.cli.options import register_path
from landrelease.cli.output import Result, ahead, area, first_of, out, short, show, table

#: Areas that one line names.
_MOST_AREAS = 50


def add_to(app: typer.Typer) -> None:
    """Add this module's commands."""
    panel = "Questions"
    app.command("areas", rich_help_panel=panel)(areas)
    app.command("show", rich_help_panel=panel)(show_record)
    app.command("history", rich_help_panel=panel)(history)
    app.command("lineage", rich_help_panel=panel)(lineage)
    app.command("search", rich_help_panel=panel)(search)
    # a longitude west of Greenwich begins with a minus sign and is no option
    app.command("near", rich_help_panel=panel, context_settings={"ignore_unknown_options": True})(
        near
    )
    app.command("balance", rich_help_panel=panel)(balance)
    app.command("treaty", rich_help_panel=panel)(treaty)


def areas(
    register: opt.Register = None,
    as_of: opt.AsOf = None,
    known_at: opt.KnownAt = None,
    search: Annotated[str | None, typer.Option(help="Words in the id, name or district.")] = None,
    hazard_kind: Annotated[str | None, typer.Option("--hazard-kind", help="SHA or CHA.")] = None,
    status: Annotated[
        str | None, typer.Option(help="open, suspended, closed or handed_over.")
    ] = None,
    district: Annotated[str | None, typer.Option(help="Name or P-code.")] = None,
    as_json: opt.AsJson = False,
) -> None:
    """List hazardous areas on a date, as known at a time."""
    from landrelease.services import land

    wanted = land.AreaFilter(
        search=search, hazard_kind=hazard_kind, status=status, district=district
    )
    show(land.areas(register_path(register), as_of, known_at, wanted), as_json, _areas)


def show_record(
    record_id: opt.RecordId,
    register: opt.Register = None,
    as_of: opt.AsOf = None,
    known_at: opt.KnownAt = None,
    as_json: opt.AsJson = False,
) -> None:
    """Show one record, as it stands or stood on a date, with what is linked to it."""
    from landrelease.services import records

    show(records.show(register_path(register), record_id, as_of, known_at), as_json, _record)


def history(
    record_id: opt.RecordId,
    register: opt.Register = None,
    as_json: opt.AsJson = False,
) -> None:
    """Show every version of a record: when, who, why, on which source."""
    from landrelease.services import records

    show(records.history(register_path(register), record_id), as_json, _history)


def lineage(
    record_id: opt.RecordId,
    register: opt.Register = None,
    as_json: opt.AsJson = False,
) -> None:
    """Show where an area came from and what became of it, as one tree."""
    from landrelease.services import lineage as families

    show(families.lineage(register_path(register), record_id), as_json, _lineage)


def search(
    text: Annotated[str, typer.Argument(help="A local id, or words of a record.")],
    kind: Annotated[str | None, typer.Option(help="Only this kind of record.")] = None,
    register: opt.Register = None,
    as_json: opt.AsJson = False,
) -> None:
    """Find records by their local id or the words in them."""
    from landrelease.services import records

    show(records.search(register_path(register), text, kind), as_json, _found)


def near(
    longitude: Annotated[float, typer.Argument(metavar="LON", help="Degrees east.")],
    latitude: Annotated[float, typer.Argument(metavar="LAT", help="Degrees north.")],
    radius_m: Annotated[float, typer.Option("--radius", help="Metres.", min=0)] = 500.0,
    register: opt.Register = None,
    as_of: opt.AsOf = None,
    known_at: opt.KnownAt = None,
    as_json: opt.AsJson = False,
) -> None:
    """Say what is known near a point; no record is not evidence of no contamination."""
    from landrelease.services import land

    path = register_path(register)
    found = land.near(path, longitude, latitude, radius_m, as_of=as_of, known_at=known_at)
    show(found, as_json, _near)


def balance(
    register: opt.Register = None,
    as_of: opt.AsOf = None,
    known_at: opt.KnownAt = None,
    scope: Annotated[
        str | None, typer.Option(help="An area or a district; without it, all.")
    ] = None,
    as_json: opt.AsJson = False,
) -> None:
    """Account for every square metre: reported, released, remaining."""
    from landrelease.services import land

    show(land.balance(register_path(register), as_of, known_at, scope), as_json, _balance)


def treaty(
    state: Annotated[str, typer.Argument(help="ISO 3166-1 alpha-3 code or name.")],
    on: Annotated[str | None, typer.Option("--on", help="On this date.")] = None,
    as_json: opt.AsJson = False,
) -> None:
    """Say which treaties bind a state on a date, with the dated events and their sources."""
    from landrelease.services import treaties

    show(treaties.status(state, on), as_json, _treaty)


def _areas(result: Result) -> None:
    asked = any(a["workflow"] for a in result["areas"])
    rows = [
        (
            a["local_id"] or short(a["record_id"]),
            a["hazard_kind"],
            a["status"],
            a["district"],
            _to_tenths(a["area_m2"]),
            _to_tenths(a["remaining_m2"]),
            a["stated_area_m2"],
            *([a["workflow"]] if asked else ()),
        )
        for a in result["areas"]
    ]
    columns = ["area", "kind", "status", "district", "measured m²", "remaining m²", "stated m²"]
    table([*columns, *(["approval"] if asked else ())], rows)
    when = result["as_of"] or "now"
    out.print(f"{result['count']:,} areas as of {when}")
    ahead(result)
    _in_doubt(result["areas"])
    left = [escape(a["local_id"] or a["record_id"]) for a in result["areas"] if a["not_released"]]
    if left:
        out.print(
            f"[red]hazard remains[/] in {len(left):,} areas that ended, and were not released:"
            f" {first_of(left, _MOST_AREAS)}"
        )
    _not_shown(result)


def _to_tenths(m2: float | None) -> float | None:
    """What is left by rounding of coordinates is nothing."""
    return None if m2 is None else round(m2, 1)


def _in_doubt(areas: Sequence[Result]) -> None:
    """Say which areas hold released land that something open puts in doubt."""
    for code in dict.fromkeys(code for a in areas for code in a["in_doubt"]):
        names = [escape(a["local_id"] or a["record_id"]) for a in areas if code in a["in_doubt"]]
        out.print(
            f"[red]{code.replace('_', ' ')}[/], released land is in doubt:"
            f" {first_of(names, _MOST_AREAS)}"
        )


def _not_shown(result: Result) -> None:
    for reason in result["not_shown"]:
        out.print(f"[yellow]not shown[/] {reason['count']:,}: {reason['text']}")


def _taken(result: Result) -> None:
    """Say which record some words were taken for."""
    if result["taken_for"]:
        name = result["local_id"] or result["record_id"]
        out.print(f"«{result['taken_for']}» is taken for {name}", markup=False, style="yellow")


def _record(result: Result) -> None:
    _taken(result)
    out.print(f"[bold]{result['kind']}[/] {result.get('local_id') or ''} {result['record_id']}")
    if result["voided"]:
        out.print("[red]voided[/]: it does not stand any more; its history says when and why")
    if result["workflow"]:
        out.print(f"approval: {result['workflow']}")
    for name, value in result.get("holds", {}).items():
        words = f"until that is approved, {name} stands as: {_short(value)}"
        out.print(words, markup=False, style="yellow")
    if result.get("not_released"):
        out.print(f"[red]hazard remains[/]: {result['not_released']}")
    if doubts := result.get("in_doubt"):
        words = ", ".join(doubts).replace("_", " ")
        out.print(f"[red]in doubt[/]: {words}")
    body = result["body"]
    table(["field", "value"], [(k, _short(v)) for k, v in body.items() if k != "checks"])
    for check in body.get("checks") or []:
        out.print(f"flag: {check['message']} [{check['code']}]", markup=False, style="yellow")
    _work(result.get("work", {"activities": ()}))
    for source in result["sources"]:
        _source(source)
    for link in result.get("links", []):
        out.print(_link_line(link))


def _source(source: Result) -> None:
    """One source that the record rests on: its words, and what it says otherwise."""
    told = (source["title"], source["publisher"], source["published_on"], source["url"])
    words = f": «{' '.join(source['quote'].split())[:100]}»" if source["quote"] else ""
    out.print(f"rests on: {', '.join(filter(None, told)) or source['id']}{words}", markup=False)
    if source["says"]:
        said = "; ".join(f"{name} {value}" for name, value in source["says"].items())
        out.print(f"  says otherwise: {said}", markup=False)


def _link_line(link: Result) -> str:
    by = f" by {link['field']}" if link.get("field") else ""
    name = escape(link["local_id"] or link["record_id"])
    gone = ", which is not recorded here" if link.get("missing") else ""
    void = ", voided" if link.get("voided") else ""
    return f"{link['relation']}{by}: {link['kind'] or 'record'} {name}{gone}{void}"


def _lineage(result: Result) -> None:
    _taken(result)
    for root in result["trees"]:
        tree = Tree(_family_line(root))
        _grow(tree, root["children"])
        out.print(tree)


def _grow(tree: Tree, children: list[Result]) -> None:
    for child in children:
        _grow(tree.add(_family_line(child)), child["children"])


def _family_line(node: Result) -> str:
    name = escape(node["local_id"] or node["record_id"])
    told = [
        node[key] for key in ("hazard_kind", "status", "method", "activity_type") if key in node
    ]
    voided = ["voided"] if node.get("voided") else []
    words = [node["kind"], *voided, *told, node["occurred_on"] or "undated"]
    if "workflow" in node:
        words.append("waits for approval")
    line = f"{name} · {', '.join(words).replace('_', ' ')}"
    return f"[bold]{line}[/]" if node["asked_for"] else line


def _history(result: Result) -> None:
    _taken(result)
    rows = [
        (
            e["occurred_on"],
            e["recorded_at"][:19],
            e["action"],
            e["author"],
            e["reason"],
            e.get("source_title"),
        )
        for e in result["entries"]
    ]
    table(["happened", "recorded", "action", "by", "why", "source"], rows)


def _found(result: Result) -> None:
    rows = [(r["local_id"] or r["record_id"], r["kind"], r["text"]) for r in result["records"]]
    if rows:
        table(["record", "kind", "what"], rows)
        if result["more"]:
            out.print(f"The first {len(rows)} are shown, there are more: search for more of it.")
    else:
        out.print(f"No record holds «{result['search']}».", markup=False)


def _near(result: Result) -> None:
    rows = [
        (f["distance_m"], f["kind"], f["local_id"] or f["record_id"], f["text"])
        for f in result["found"]
    ]
    if rows:
        table(["metres", "kind", "record", "what"], rows)
    else:
        when = f" on {result['as_of']}" if result["as_of"] else ""
        out.print(f"No record within {result['radius_m']:g} m{when}.")
    if stray := result["outside"]:
        out.print(f"[yellow]outside the country[/] {escape(stray['message'])}")
        if stray["instead"]:
            longitude, latitude = stray["instead"]
            out.print(f"if so: landrelease near {longitude} {latitude}")
    _not_shown(result)
    out.print(result["statement"])


def _balance(result: Result) -> None:
    terms = (
        "reported",
        "resurvey",
        "cancelled",
        "reduced",
        "cleared",
        "remaining",
        "difference",
        "overlap",
    )
    table(["term", "m²"], [(term, area(result[f"{term}_m2"])) for term in terms])
    stated = result["stated"]
    out.print(
        f"stated only, not measured: {stated['areas']} areas, {area(stated['m2'])}; "
        f"{result['undated']} undated, {result['quarantined']} in quarantine, "
        f"{_count(result['conflicts'])} conflicts"
    )
    if result["unmapped_m2"]:
        out.print(
            f"{area(result['unmapped_m2'])} are told as released by products without a polygon, of"
            " areas that have one: nobody knows where, so they are a part of what remains"
        )
    ahead(result)
    if result["awaiting_m2"]:
        out.print(
            f"of what remains, {area(result['awaiting_m2'])} lie in release products that wait for"
            " approval; they release nothing before it"
        )
    _work(result["work"])


def _work(work: Result) -> None:
    if not work["activities"]:
        return
    table(
        ["activity", "method", "reported m²", "of it mapped m²", "not mapped m²"],
        [
            (
                one["local_id"] or short(one["record_id"]),
                one["method"],
                one["reported_m2"],
                one["measured_m2"],
                one["unmapped_m2"],
            )
            for one in work["activities"]
        ],
    )
    out.print(f"{area(work['unmapped_m2'])} reported and not mapped. {work['statement']}")


def _count(value: object) -> int:
    return len(value) if isinstance(value, list) else int(str(value))


def _treaty(result: Result) -> None:
    rows = [(t["treaty"], t["status"], t.get("since"), t.get("note")) for t in result["treaties"]]
    table(["treaty", "status", "since", "note"], rows, title=f"{result['state']} on {result['on']}")


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 200 else text[:197] + "…"
