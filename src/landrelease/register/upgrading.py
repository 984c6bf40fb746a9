"""Bringing an older register up to this version: a backup first, then numbered scripts.

A script changes tables, never entries. Layers follow from the vocabulary: where a programme adds
a kind or a field, those that it concerns are made anew when the register is opened.
"""

from __future__ import annotations

import hashlib
import logging
import sqlite3
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

from landrelease.domain.canonical import canonical_json
from landrelease.domain.kinds import kinds
from landrelease.errors import RegisterError
from landrelease.register import geopackage
from landrelease.register.connection import connect, explained, transaction
from landrelease.register.derive import name_anew
from landrelease.register.layers import column_names
from landrelease.register.rebuilding import rebuild, refit
from landrelease.register.schema import SCHEMA_VERSION
from landrelease.register.state import CLOSING, REOPENING
from landrelease.register.unseen import written_apart

_log = logging.getLogger(__name__)

#: The schema that keeps the local ids by which records went before.
_FORMER_IDS = 6


def upgrade(connection: sqlite3.Connection, path: Path) -> None:
    """Bring a register up to this version; nothing to do is the usual case.

    Raises
    ------
    RegisterError
        A newer program wrote it, it is older and cannot be written, or is not of the schema that
        it says.
    """
    with explained(path):
        version = connection.execute("SELECT schema_version FROM register_info").fetchone()[0]
    if version > SCHEMA_VERSION:
        raise RegisterError(
            "schema_newer",
            f"{str(path)!r} was written by a newer landrelease (schema {version})",
            "install that version",
        )
    if version < SCHEMA_VERSION:
        _log.info("%s is brought from schema %s to %s", path.name, version, SCHEMA_VERSION)
        _back_up(connection, path, version)
        _run_scripts(connection, path, version)
    if _layout(connection) == "":  # a script changed what follows from the ledger
        _make(connection, path, rebuild)


def grow(connection: sqlite3.Connection, path: Path) -> None:
    """Make the layers anew for which this vocabulary asks otherwise."""
    if _layout(connection) != layout():
        _make(connection, path, refit)


def layout() -> str:
    """Return a digest of the layers that this vocabulary asks for."""
    columns = {
        name: [list(column_names(name)), spec.has_geometry] for name, spec in kinds().items()
    }
    return hashlib.sha256(canonical_json(columns).encode()).hexdigest()[:16]


def backup_path(path: Path, version: int) -> Path:
    """Return where the backup before an upgrade stands."""
    return path.with_name(f"{path.stem}.schema-{version}.backup{path.suffix}")


def _back_up(connection: sqlite3.Connection, path: Path, version: int) -> None:
    destination = backup_path(path, version)
    with explained(destination):
        copy = connect(destination, create=True)
        try:
            connection.backup(copy)
        finally:
            copy.close()


def _run_scripts(connection: sqlite3.Connection, path: Path, version: int) -> None:
    scripts = sorted(
        (
            script
            for script in files(f"{__package__}.migrations").iterdir()
            if script.name.endswith(".sql")
        ),
        key=lambda script: script.name,
    )
    try:
        with transaction(connection, path):
            for script in scripts:
                if int(script.name[:4]) > version:
                    geopackage.run_script(connection, script.read_text(encoding="utf-8"))
            if version < _FORMER_IDS:
                _take_up_former_ids(connection)
            _open_again(connection)
            connection.execute("UPDATE register_info SET schema_version = ?", (SCHEMA_VERSION,))
    except sqlite3.OperationalError as problem:
        raise RegisterError(
            "register_info_damaged",
            f"register {str(path)!r}: its tables are not of schema {version}: {problem}",
            "restore the latest backup that `landrelease verify` accepts",
        ) from problem


def _take_up_former_ids(connection: sqlite3.Connection) -> None:
    """Fill the table of former ids: all else that follows from a ledger of schema 5 stays."""
    if _layout(connection) != "":
        name_anew(connection)


_OUTDOING = f"""
SELECT EXISTS (
  SELECT 1 FROM version AS o JOIN version AS v USING (record_no)
  JOIN land AS l ON l.entry_no = v.entry_no
  WHERE o.role = {REOPENING} AND v.role = {CLOSING} AND l.undated AND o.recorded_us > v.recorded_us)
"""


def _open_again(connection: sqlite3.Connection) -> None:
    """Make all anew where a reopening follows an undated closing, which won before schema 7.

    Also where voids never saw what another copy wrote: their times decided once.
    """
    if _layout(connection) == "":
        return
    if connection.execute(_OUTDOING).fetchone()[0] or written_apart(connection):
        connection.execute("UPDATE register_info SET layout = ''")


def _layout(connection: sqlite3.Connection) -> str:
    found: str = connection.execute("SELECT layout FROM register_info").fetchone()[0]
    return found


def _make(
    connection: sqlite3.Connection, path: Path, make: Callable[[sqlite3.Connection], None]
) -> None:
    with transaction(connection, path):
        connection.execute("UPDATE control SET own_write = 1")
        make(connection)
        connection.execute("UPDATE register_info SET layout = ?", (layout(),))
        connection.execute("UPDATE control SET own_write = 0")
