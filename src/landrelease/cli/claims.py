"""What files claim of land against the rules, and a person's word on many of them at once."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from landrelease.cli import options as opt
from landrelease.cli.options import assignments, author, register_path
from landrelease.cli.output import Result, out, show, table
from landrelease.errors import UsageError

_MOST_ROWS = 200


def add_to(app: typer.Typer) -> None:
    """Add this module's command."""
    app.command("claims", rich_help_panel="Review")(claims)


def claims(
    decision: Annotated[
        str | None, typer.Argument(metavar="accept|dismiss", help="Settle; without it, list.")
    ] = None,
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="ID", help="Ids or local ids of records.")
    ] = None,
    import_id: Annotated[
        str | None, typer.Option("--import", help="All that this import claims.")
    ] = None,
    kind: Annotated[str | None, typer.Option(help="Only this kind of record.")] = None,
    why: Annotated[str, typer.Option("--why", help="The reason, in your words.")] = "",
    set_fields: Annotated[
        list[str] | None,
        typer.Option("--set", help="What the rules ask for, as rests_on=T-1 (may repeat)."),
    ] = None,
    on: Annotated[str | None, typer.Option("--on", help="Date from which it holds.")] = None,
    source: Annotated[str | None, typer.Option(help="Title of the paper it rests on.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would happen, write nothing.")
    ] = False,
    register: opt.Register = None,
    by: opt.Author = None,
    as_json: opt.AsJson = False,
) -> None:
    """List what files claim against the rules of land, or settle chosen claims with a reason.

    What the rules refuse stays a claim and is listed with the reason; exit 1 if all of it does.
    """
    from landrelease.services import claims as claiming

    path, chosen = register_path(register), claiming.Chosen(ids or (), import_id, kind)
    if decision is None:
        show(claiming.listing(path, chosen), as_json, _listed)
        return
    if decision not in claiming.DECISIONS:
        raise UsageError("decision_unknown", f"{decision!r}", "write accept or dismiss, then ids")
    how = claiming.Settling(decision, why, assignments(set_fields), on, source)
    if dry_run:
        result = claiming.preview(path, chosen, how)
    else:
        result = claiming.settle(path, chosen, how, by=author(by))
    show(result | {"dry_run": dry_run}, as_json, _settled)
    if result["left"] and not result["settled"]:
        raise typer.Exit(1)


def _listed(result: Result) -> None:
    if not result["claims"]:
        out.print("No file claims anything against the rules.")
        return
    rows = [
        (_name(c), c["field"], f"{_brief(c['held'])} → {_brief(c['value'])}", c["message"])
        for c in result["claims"][:_MOST_ROWS]
    ]
    table(["record", "field", "held → claimed", "why it is held back"], rows)
    out.print(f"{result['count']:,} claims. Settle some: landrelease claims accept ID --why «…»")


def _settled(result: Result) -> None:
    would = "would be " if result["dry_run"] else ""
    done = {"accept": "taken over", "dismiss": "dismissed"}[result["decision"]]
    for one in result["settled"][:_MOST_ROWS]:
        out.print(f"{would}{done}: {_name(one)} ({', '.join(one['fields'])})", markup=False)
    for one in result["left"][:_MOST_ROWS]:
        told = f"left: {_name(one)} ({', '.join(one['fields'])}): {one['message']} [{one['code']}]"
        out.print(told, markup=False, style="yellow")
    settled, left = len(result["settled"]), len(result["left"])
    out.print(f"{settled:,} records {would}settled, {left:,} claims left")


def _name(row: Result) -> str:
    return str(row["local_id"] or row["record_id"])


def _brief(value: Any) -> str:
    if isinstance(value, dict):
        return "an outline"
    return "nothing" if value is None else str(value)
