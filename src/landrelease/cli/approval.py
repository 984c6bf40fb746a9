"""Collected, verified, approved: the words of a second person on what was recorded."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from landrelease.cli import options as opt
from landrelease.cli.options import author, register_path
from landrelease.cli.output import Result, out, show, table

Ids = Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Ids or local ids.")]
Import = Annotated[str | None, typer.Option("--import", help="All that an import brought.")]
Remark = Annotated[str | None, typer.Option("--why", help="What it rests on, in your words.")]


def add_to(app: typer.Typer) -> None:
    """Add this module's commands."""
    panel = "Approval"
    app.command("workflow", rich_help_panel=panel)(workflow)
    app.command("awaiting", rich_help_panel=panel)(awaiting)
    app.command("verify-record", rich_help_panel=panel)(verify_record)
    app.command("approve", rich_help_panel=panel)(approve)


def workflow(
    to: Annotated[str | None, typer.Argument(metavar="[on|off]", help="Switch it.")] = None,
    why: Annotated[str, typer.Option("--why", help="The reason, in your words.")] = "",
    register: opt.Register = None,
    by: opt.Author = None,
    as_json: opt.AsJson = False,
) -> None:
    """Say whether records need approval, or switch that from here on."""
    from landrelease.services import workflow as flow

    path = register_path(register)
    if to is None:
        show(flow.status(path), as_json, _status)
        return
    result = flow.switch(path, to, why=why, by=author(by))
    show(result, as_json, lambda r: out.print(f"approval is {'' if r['on'] else 'not '}asked for"))


def awaiting(
    kind: Annotated[str | None, typer.Option(help="Only this kind of record.")] = None,
    state: Annotated[str | None, typer.Option(help="collected or verified.")] = None,
    register: opt.Register = None,
    as_json: opt.AsJson = False,
) -> None:
    """List records that wait to be verified or approved."""
    from landrelease.services import workflow as flow

    show(flow.awaiting(register_path(register), kind=kind, state=state), as_json, _awaiting)


def verify_record(
    ids: Ids = None,
    import_id: Import = None,
    why: Remark = None,
    register: opt.Register = None,
    by: opt.Author = None,
    as_json: opt.AsJson = False,
) -> None:
    """Say that records agree with what they rest on; not by who recorded them."""
    _step("verify", ids, import_id, why, register_path(register), author(by), as_json)


def approve(
    ids: Ids = None,
    import_id: Import = None,
    why: Remark = None,
    register: opt.Register = None,
    by: opt.Author = None,
    as_json: opt.AsJson = False,
) -> None:
    """Approve verified records; only then does what they release count."""
    _step("approve", ids, import_id, why, register_path(register), author(by), as_json)


def _step(
    step: str,
    ids: list[str] | None,
    import_id: str | None,
    why: str | None,
    path: Path,
    by: str,
    as_json: bool,
) -> None:
    from landrelease.services import workflow as flow

    result = flow.take_step(path, step, ids or (), import_id=import_id, why=why, by=by)
    show(result, as_json, _stepped)


def _status(result: Result) -> None:
    asked = "is" if result["on"] else "is not"
    out.print(f"approval {asked} asked for what is recorded from here on")
    out.print(
        f"{result['collected']:,} collected, {result['verified']:,} verified,"
        f" {result['approved']:,} approved"
    )


def _awaiting(result: Result) -> None:
    if not result["records"]:
        out.print("No record waits for approval.")
        return
    rows = [
        (r["local_id"] or r["record_id"], r["kind"], r["state"], r["recorded_at"][:19], r["author"])
        for r in result["records"][:200]
    ]
    table(["record", "kind", "state", "recorded", "by"], rows)
    out.print(f"{result['count']:,} records wait; none of them takes a hazard away")


def _stepped(result: Result) -> None:
    done = {"verify": "verified", "approve": "approved"}[result["step"]]
    out.print(f"{len(result['records']):,} records {done}")
    for record in result["left"][:200]:
        out.print(f"[yellow]left[/] {record['message']}")
