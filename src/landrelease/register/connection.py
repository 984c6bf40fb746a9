"""Opening the register file, and saying in words what the disk refused.

Only this module opens a register, and only by the standard library: a second SQLite library in
the same process (GDAL, DuckDB) would drop the locks of the first when it closes the file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from landrelease.domain.folding import folded
from landrelease.errors import RegisterError
from landrelease.register import geopackage

#: How long a writer waits for another one before it gives up.
BUSY_TIMEOUT_S = 5.0

_REFUSALS = {
    "SQLITE_BUSY": (
        "register_locked",
        "another program is writing to it",
        "close it there or try again",
    ),
    "SQLITE_LOCKED": ("register_locked", "another program is writing to it", "try again"),
    "SQLITE_FULL": ("disk_full", "the disk is full; nothing was changed", "free some space"),
    "SQLITE_READONLY": (
        "register_read_only",
        "it cannot be written",
        "check the rights of the file and its folder",
    ),
    "SQLITE_CANTOPEN": (
        "register_unreachable",
        "it cannot be opened",
        "check the path and the rights of the folder",
    ),
    "SQLITE_PERM": ("register_unreachable", "it cannot be opened", "check its rights"),
    "SQLITE_IOERR": ("register_io", "the disk refused to read or write", "check the disk"),
    "SQLITE_NOTADB": ("not_a_register", "it is no register", "`landrelease init` makes one"),
    "SQLITE_CORRUPT": (
        "register_damaged",
        "the file is damaged",
        "restore the latest backup that `landrelease verify` accepts",
    ),
}


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn errors of SQLite into errors that name the file and the cure."""
    try:
        yield
    except sqlite3.Error as problem:
        name = getattr(problem, "sqlite_errorname", "")
        for prefix, (code, what, cure) in _REFUSALS.items():
            if name.startswith(prefix):
                raise RegisterError(code, f"register {str(path)!r}: {what}", cure) from problem
        raise


def connect(path: Path, *, create: bool = False) -> sqlite3.Connection:
    """Open the file with everything a GeoPackage with triggers needs.

    Raises
    ------
    RegisterError
        The file cannot be opened.
    """
    mode = "rwc" if create else "rw"
    with explained(path):
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,
            timeout=BUSY_TIMEOUT_S,
            check_same_thread=False,
        )
        try:
            _prepare(connection)
        except BaseException:
            connection.close()
            raise
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    geopackage.register_functions(connection)
    connection.create_function("folded", 1, _folded, deterministic=True)
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA secure_delete=ON")
    connection.execute("PRAGMA temp_store=MEMORY")
    connection.execute("PRAGMA cache_size=-65536")


@contextmanager
def transaction(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Hold the write lock from the start; all of the block is written, or nothing."""
    with explained(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


@contextmanager
def reading(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Read one state of the file, whatever others write meanwhile."""
    with explained(path):
        if connection.in_transaction:
            yield
            return
        connection.execute("BEGIN")
        try:
            yield
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")


def _folded(value: object) -> str | None:
    """The form by which words are looked up, as a function of SQL."""
    return folded(value) if isinstance(value, str) else None
