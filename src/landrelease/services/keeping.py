"""Make, prove, back up, restore and rebuild a register."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from landrelease.errors import FieldError, writing
from landrelease.register import create_register, open_register, restore_register
from landrelease.terms import load_terms

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
        The country is no ISO 3166-1 alpha-3 code, or the file does not end in ``.gpkg``.
    RegisterError
        Something stands there already, or the folder cannot be written.
    """
    if path.suffix.casefold() != ".gpkg":
        why = "a register is a GeoPackage, which other programs know by its ending"
        raise FieldError("REGISTER", str(path), why, f"name it {path.stem}.gpkg", "suffix_unknown")
    code = None if country is None else _country(country, name)
    title = name or path.stem
    with create_register(
        path, name=title, country=code, author=by, bbox=bbox, workflow=workflow
    ) as register:
        return {"register": str(path), **asdict(register.info()), "workflow": workflow}


def _country(given: str, name: str | None) -> str:
    """A state's code; one of those left to users (XAA to XZZ) only with a name of its own."""
    code = given.strip().upper()
    of_users = len(code) == 3 and code.isascii() and code.isalpha() and code.startswith("X")
    known = {*load_terms("states")["states"], *load_terms("country_bounds")["bounds"]}
    if code in known or (of_users and name):
        return code
    why = "is no ISO 3166-1 alpha-3 code of a state"
    cure = "such as LAO; a code of your own from XAA to XZZ needs --name"
    raise FieldError("country", given, why, cure, "country_unknown")


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
        "identities_absent": found.identities_absent,
        "forks": [asdict(f) for f in found.forks],
    }


def backup(path: Path, destination: Path) -> Result:
    """Copy a register that may be in use; the copy's heads go with it."""
    with open_register(path) as register:
        target = destination / path.name if destination.is_dir() else destination
        with writing(target):
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
    with writing(destination), restore_register(source, destination) as register:
        return {"register": str(destination), "entries": register.verify().entries}


def rebuild(path: Path, *, by: str | None = None) -> Result:
    """Make the layers anew from the ledger."""
    with open_register(path, write=True) as register:
        register.rebuild()
        return {"rebuilt_by": by, "entries": register.verify().entries}
