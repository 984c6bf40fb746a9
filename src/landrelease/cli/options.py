"""Options that many commands share, spelt once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from landrelease.errors import UsageError

Register = Annotated[
    Path | None,
    typer.Option(
        "-r",
        "--register",
        envvar="LANDRELEASE_REGISTER",
        help="The register: a GeoPackage file made by [bold]landrelease init[/].",
        show_envvar=True,
    ),
]
Author = Annotated[
    str | None,
    typer.Option(
        "--by",
        envvar="LANDRELEASE_AUTHOR",
        help="Who does this; stands in the ledger for ever, and erase leaves it. "
        "A function or initials will do.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on stdout, nothing else.")]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", help="State of the land on this date (YYYY, YYYY-MM or YYYY-MM-DD)."),
]
KnownAt = Annotated[
    str | None,
    typer.Option("--known-at", help="What this register held at this time (UTC, ISO 8601)."),
]
Audience = Annotated[
    str, typer.Option("--audience", help="Who will see it: public, partner or internal.")
]
RecordId = Annotated[
    str, typer.Argument(metavar="ID", help="Record id, its beginning, or local id.")
]
Why = Annotated[str, typer.Option("--why", help="The reason, in your words.")]


def register_path(register: Path | None) -> Path:
    """The register to work on.

    Raises
    ------
    UsageError
        None was named.
    """
    if register is None:
        raise UsageError(
            "register_needed",
            "no register was named",
            "give -r FILE.gpkg or set LANDRELEASE_REGISTER; landrelease init makes one",
        )
    return register


def author(by: str | None) -> str:
    """The person who acts.

    Raises
    ------
    UsageError
        Nobody was named, or the name holds what no name does, such as the end of a line.
    """
    if by is None or not by.strip():
        raise UsageError(
            "author_needed",
            "a command that writes needs a name",
            "give --by NAME or set LANDRELEASE_AUTHOR",
        )
    if not by.strip().isprintable():
        raise UsageError(
            "author_invalid",
            f"--by {by!r} holds a character that is no letter of a name",
            "write the name on one line, without control characters",
        )
    return by.strip()


def assignments(pairs: list[str] | None) -> dict[str, str]:
    """Read ``field=value`` pairs.

    Examples
    --------
    >>> assignments(["hazard_kind=SHA", "note=a=b"])
    {'hazard_kind': 'SHA', 'note': 'a=b'}
    """
    fields: dict[str, str] = {}
    for pair in pairs or []:
        name, sign, value = pair.partition("=")
        if not sign or not name.strip():
            raise UsageError("set_invalid", f"--set {pair!r}", "write --set field=value")
        fields[name.strip()] = value
    return fields
