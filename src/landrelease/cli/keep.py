"""Keeping a register: make, prove, back up, restore, rebuild."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from landrelease.cli import options as opt
from landrelease.cli.options import author, register_path
from landrelease.cli.output import Result, out, progress, show, table


def add_to(app: typer.Typer) -> None:
    """Add this module's commands."""
    panel = "Keeping the register"
    app.command("init", rich_help_panel=panel)(init)
    app.command("verify", rich_help_panel=panel)(verify)
    app.command("backup", rich_help_panel=panel)(backup)
    app.command("restore", rich_help_panel=panel)(restore)
    app.command("rebuild", rich_help_panel=panel)(rebuild)


def init(
    register: Annotated[Path, typer.Argument(help="Path of the new register (FILE.gpkg).")],
    country: Annotated[str | None, typer.Option(help="ISO 3166-1 alpha-3 code.")] = None,
    name: Annotated[str | None, typer.Option(help="Name of the programme.")] = None,
    workflow: Annotated[
        bool, typer.Option("--workflow", help="Records need a second person's approval.")
    ] = False,
    by: opt.Author = None,
    as_json: opt.AsJson = False,
) -> None:
    """Make a new, empty register."""
    from landrelease.services import keeping

    result = keeping.init(register, country=country, name=name, by=author(by), workflow=workflow)
    show(result, as_json, lambda r: out.print(f"register made: {r['register']}"))


def verify(
    register: opt.Register = None,
    head: Annotated[
        str | None, typer.Option(help="Prove that the head printed on a report is in this ledger.")
    ] = None,
    as_json: opt.AsJson = False,
) -> None:
    """Prove that the ledger is unbroken and the current layers agree with it; exit 1 if not."""
    from landrelease.services import keeping

    with progress("checking every entry"):
        result = keeping.verify(register_path(register), head=head)
    show(result, as_json, _verified)
    if not result["ok"]:
        raise typer.Exit(1)


def backup(
    destination: Annotated[Path, typer.Argument(metavar="DEST", help="New file or folder.")],
    register: opt.Register = None,
    as_json: opt.AsJson = False,
) -> None:
    """Copy the register while it may be in use, and print its heads."""
    from landrelease.services import keeping

    result = keeping.backup(register_path(register), destination)
    show(result, as_json, _backed_up)


def restore(
    source: Annotated[Path, typer.Argument(metavar="BACKUP", help="A backup file.")],
    destination: Annotated[
        Path, typer.Argument(metavar="DEST", help="Where to put it; must not exist.")
    ],
    as_json: opt.AsJson = False,
) -> None:
    """Put a backup back, after proving its hashes."""
    from landrelease.services import keeping

    result = keeping.restore(source, destination)
    show(
        result,
        as_json,
        lambda r: out.print(f"restored to {r['register']}; {r['entries']} entries proved"),
    )


def rebuild(
    register: opt.Register = None,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            envvar="LANDRELEASE_AUTHOR",
            help="Who does this; only repeated in the answer: a rebuild adds no entry.",
        ),
    ] = None,
    as_json: opt.AsJson = False,
) -> None:
    """Make the current layers anew from the ledger; what is recorded stays as it is."""
    from landrelease.services import keeping

    with progress("rebuilding the layers"):
        result = keeping.rebuild(register_path(register), by=by)
    show(result, as_json, lambda r: out.print(f"layers rebuilt from {r['entries']} entries"))


def _backed_up(result: Result) -> None:
    out.print(f"backup: {result['backup']}")
    _heads(result["heads"])


def _verified(result: Result) -> None:
    mark = "[green]ok[/]" if result["ok"] else "[red]found wrong[/]"
    out.print(f"{mark}: {result['entries']:,} entries")
    _heads(result["heads"])
    if result["outside_edits"]:
        waiting = f"{result['outside_edits']} edits by another program wait for review"
        out.print(f"[yellow]{waiting}[/]: `landrelease outside`")
    if result["identities_absent"]:
        names = f"what is said of {result['identities_absent']:,} people is not beside the register"
        out.print(f"[yellow]{names}[/]: right if it was handed over so, or merged; else restore it")
    if result["problems"]:
        table(
            ["code", "id", "message"],
            [(p["code"], p["id"], p["message"]) for p in result["problems"]],
        )


def _heads(heads: list[Result]) -> None:
    for head in heads:
        out.print(f"head {head['hash']} (replica {head['replica']}, {head['seq']:,} entries)")
