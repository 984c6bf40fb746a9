"""The program's entry: commands by room, and one place where errors become words.

Nothing heavy is imported here; each command imports what it needs when it runs, so that
``landrelease --help`` answers at once.
"""

from __future__ import annotations

import gc
import logging
import os
import sys
from typing import Annotated

import typer

from landrelease import __version__
from landrelease.cli import (
    approval,
    ask,
    attach,
    claims,
    documents,
    keep,
    layers,
    review,
    science,
    serving,
    vocabulary,
    work,
)
from landrelease.cli.calls import CALL_ERRORS, in_words
from landrelease.cli.output import LongWork
from landrelease.errors import LandReleaseError

_OBJECTS_BETWEEN_COLLECTIONS = 1_000_000

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    epilog="Time does not release land: only a recorded activity does.",
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"landrelease {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """From a report of contamination to land given back: register, outlook, plan, reports, map."""


_ROOMS = (
    *(serving, keep, vocabulary, documents, layers, attach, ask),
    *(review, claims, approval, science, work),
)
for _room in _ROOMS:
    _room.add_to(app)


def main() -> None:
    """Run the command line; expected errors are one line on stderr, with their exit status."""
    # answers are large and hold no cycles: looking for some after each 700 objects is a fifth of
    # the time of a long list
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    rooms = logging.getLogger("landrelease")
    rooms.setLevel(logging.INFO)
    rooms.addHandler(LongWork())
    try:
        status = app(prog_name="landrelease", standalone_mode=False)
        sys.exit(status if isinstance(status, int) else 0)
    except CALL_ERRORS as problem:
        _end(*in_words(problem))
    except typer.Abort:
        _end("error[interrupted]: stopped before the end; run it again", 1)
    except LandReleaseError as problem:
        _end(str(problem), problem.exit_status)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except OSError as problem:
        where = f" {problem.filename!r}" if problem.filename else ""
        _end(f"error[system]: {problem.strerror or problem}{where}", 1)
    except Exception as problem:
        if os.environ.get("LANDRELEASE_DEBUG"):
            raise
        _end(
            f"error[unexpected]: {type(problem).__name__}: {problem}; nothing was written; "
            "run again with LANDRELEASE_DEBUG=1 and report what it prints",
            1,
        )


def _end(message: str, status: int) -> None:
    if message:
        print(" ".join(message.split()), file=sys.stderr)
    sys.exit(status)
