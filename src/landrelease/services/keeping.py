"""Make, prove, back up, restore and rebuild a register."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from landrelease.errors import FieldError
from landrelease.register import create_register, open_register, restore_register

Result = dict[str, Any]


def init(
    path: Path,
    *,
    country: str | None,
    name: str | None,
    by: str,
    bbox: tuple[float, float, float, float] | None = None,
    workflow: bool = False,
) -> Result:
    """Make a new, empty register; with ``workflow``, its records need a second person's approval.

    Raises
    ------
    FieldError
        The country is no ISO 3166-1 alpha-3 code.
    RegisterError
        Something stands there already, or the folder cannot be written.
    """
    if country is not None and not (len(country) == 3 and country.isascii() and country.isalpha()):
        raise FieldError("country", country, "expected an ISO 3166-1 alpha-3 code", "such as LAO")
    code = country.upper() if country else None
    title = name or path.stem
    with create_register(
        path, name=title, country=code, author=by, bbox=bbox, workflow=workflow
    ) as register:
        return {"register": str(path), **asdict(register.info()), "workflow": workflow}


def verify(path: Path, *, head: str | None = None) -> Result:
    """Prove the ledger and its layers; the JSON of the design."""
    with open_register(path) as register:
        found = register.verify(head=head)
    return {
        "ok": found.ok,
        "entries": found.entries,
        "heads": [asdict(h) for h in found.heads],
        "problems": [asdict(p) for p in found.problems],
        "outside_edits": found.outside_edits,
        "forks": [asdict(f) for f in found.forks],
    }


def backup(path: Path, destination: Path) -> Result:
    """Copy a register that may be in use; the copy's heads go with it."""
    with open_register(path) as register:
        target = destination / path.name if destination.is_dir() else destination
        register.backup(target)
        heads = [asdict(head) for head in register.heads()]
    return {"backup": str(target), "heads": heads}


def restore(source: Path, destination: Path) -> Result:
    """Put a backup back after proving it; what does not prove is not put back.

    Raises
    ------
    RegisterError
        ``backup_damaged``: a hash, chain or layer of the backup is wrong.
    """
    with restore_register(source, destination) as register:
        return {"register": str(destination), "entries": register.verify().entries}


def rebuild(path: Path, *, by: str | None = None) -> Result:
    """Make the layers anew from the ledger."""
    with open_register(path, write=True) as register:
        register.rebuild()
        return {"rebuilt_by": by, "entries": register.verify().entries}
