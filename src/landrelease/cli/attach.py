"""Files that belong to records: attach, list, give out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from landrelease.cli import options as opt
from landrelease.cli.options import author, register_path
from landrelease.cli.output import Result, out, show, table


def add_to(app: typer.Typer) -> None:
    """Add this module's commands."""
    panel = "Layers and tables"
    app.command("attach", rich_help_panel=panel)(attach)
    app.command("attachments", rich_help_panel=panel)(attachments)


def attach(
    record_id: Annotated[str, typer.Argument(metavar="ID", help="Id or local id of the record.")],
    files: Annotated[list[Path], typer.Argument(help="Photos, sketches, papers.")],
    register: opt.Register = None,
    by: opt.Author = None,
    note: Annotated[str | None, typer.Option(help="What they show.")] = None,
    audience: Annotated[
        str, typer.Option(help="The widest circle that may have them: public, partner, internal.")
    ] = "internal",
    as_json: opt.AsJson = False,
) -> None:
    """Attach files to a record; each is stored once, and verify proves it."""
    from landrelease.services.attachments import Attaching
    from landrelease.services.attachments import attach as attach_files

    how = Attaching(note=note, audience=audience)
    result = attach_files(register_path(register), record_id, files, by=author(by), how=how)
    show(
        result,
        as_json,
        lambda r: out.print(f"{len(r['attached'])} attached, {r['unchanged']} already there"),
    )


def attachments(
    record_id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="Of one record; of all otherwise.")
    ] = None,
    register: opt.Register = None,
    out_folder: Annotated[
        Path | None, typer.Option("--out", help="Write the files into this folder.")
    ] = None,
    audience: opt.Audience = "public",
    as_json: opt.AsJson = False,
) -> None:
    """List the files attached to records that an audience may have, or write them."""
    from landrelease.services.attachments import give_out, listing

    path = register_path(register)
    if out_folder is None:
        show(listing(path, audience, record_id), as_json, _listed)
    else:
        show(give_out(path, out_folder, audience, record_id), as_json, _given)


def _listed(result: Result) -> None:
    rows = [
        (a["of"], a.get("file_name"), a.get("media_type"), a.get("size_bytes"), a["audience"])
        for a in result["attachments"]
    ]
    table(["record", "file", "type", "bytes", "for"], rows)
    if result["withheld"]:
        out.print(f"{result['withheld']} not for this audience; --audience internal lists all")


def _given(result: Result) -> None:
    for file in result["files"]:
        out.print(f"{file['file']}: {', '.join(file['records'])}", markup=False)
    out.print(f"{len(result['files'])} files written, {result['withheld']} not for this audience")
