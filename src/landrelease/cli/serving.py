"""The demonstration and the web application."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from landrelease.cli import options as opt
from landrelease.cli.options import author, register_path
from landrelease.cli.output import out


def add_to(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command("demo", rich_help_panel="Start here")(demo)
    app.command("serve", rich_help_panel="Start here")(serve)


Port = Annotated[int, typer.Option("--port", help="Port of the web application.", min=1, max=65535)]


def demo(
    folder: Annotated[
        Path, typer.Option("--dir", help="Folder to make the demonstration in.")
    ] = Path("demo"),
    port: Port = 8000,
    no_serve: Annotated[
        bool, typer.Option("--no-serve", help="Stop before the web application.")
    ] = False,
    as_json: opt.AsJson = False,
) -> None:
    """Walk the whole path on a fictional country, from first report to map."""
    from landrelease.cli import tour

    if not no_serve:
        from landrelease.web.serve import bind

        bind("127.0.0.1", port).close()
    register = tour.as_json(folder) if as_json else tour.tell(folder)
    if not no_serve:
        _serve(register, "127.0.0.1", port, "Demo user")


def serve(
    register: opt.Register = None,
    by: opt.Author = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Port = 8000,
) -> None:
    """Serve the map, tables, inbox and calculators to a browser on this machine."""
    _serve(register_path(register), host, port, author(by))


def _serve(register: Path, host: str, port: int, by: str) -> None:
    from landrelease.services.api import Services
    from landrelease.web.serve import run

    services = Services(register, author=by)
    services.revision()
    run(services, host, port, author=by, tell=_say_where)


def _say_where(address: str) -> None:
    out.print(f"\nlandrelease answers at [bold]{address}[/]  (Ctrl-C stops it)")
