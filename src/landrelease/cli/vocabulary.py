"""National kinds and code lists that the register keeps."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from landrelease.cli import options as opt
from landrelease.cli.options import author, register_path
from landrelease.cli.output import Result, out, show, table


def add_to(app: typer.Typer) -> None:
    """Add this module's commands."""
    terms = typer.Typer(no_args_is_help=True, help="National kinds and code lists in the register.")
    terms.command("adopt")(adopt)
    terms.command("list")(listing)
    app.add_typer(terms, name="terms", rich_help_panel="Keeping the register")


def adopt(
    folder: Annotated[Path, typer.Argument(help="Folder with kinds.yaml, codes.yaml or both.")],
    source: Annotated[
        str | None, typer.Option(help="Where lists come from that do not say it.")
    ] = None,
    edition: Annotated[str | None, typer.Option(help="Their edition or year.")] = None,
    why: Annotated[str, typer.Option("--why", help="The reason, in your words.")] = "",
    register: opt.Register = None,
    by: opt.Author = None,
    as_json: opt.AsJson = False,
) -> None:
    """Keep a folder's kinds and code lists in the register, for everyone who opens it."""
    from landrelease.services import vocabulary

    path, given = register_path(register), {"source": source, "edition": edition}
    show(vocabulary.adopt(path, folder, by=author(by), why=why, **given), as_json, _adopted)


def listing(register: opt.Register = None, as_json: opt.AsJson = False) -> None:
    """List the national kinds, fields and code lists that the register keeps."""
    from landrelease.services import vocabulary

    show(vocabulary.listing(register_path(register)), as_json, _listed)


def _adopted(result: Result) -> None:
    for one in result["adopted"]:
        out.print(f"{one['name']} adopted; entry {one['entry_id']}")
    if not result["adopted"]:
        out.print("the register keeps all of it already")
    for name in result["left"]:
        out.print(f"left: {name} is shipped with the program and stays as it is", style="yellow")


def _listed(result: Result) -> None:
    if not result["lists"]:
        out.print("The register keeps no national list. [dim]landrelease terms adopt FOLDER[/]")
        return
    rows = [
        (one["name"], one["what"], ", ".join(one["adds"]), one["source"], one["edition"])
        for one in result["lists"]
    ]
    table(["name", "what", "adds", "source", "edition"], rows)
