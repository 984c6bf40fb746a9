"""Making, opening and restoring a register file, with errors that say what stands there."""

from __future__ import annotations

import json
import secrets
import sqlite3
import uuid
from collections.abc import Callable
from pathlib import Path

from landrelease.domain.entries import Draft
from landrelease.errors import RegisterError
from landrelease.register import geopackage, layers, schema, vocabulary
from landrelease.register.connection import connect, explained, transaction
from landrelease.register.schema import SCHEMA_VERSION
from landrelease.register.state import moment_text
from landrelease.register.store import Register, now_us
from landrelease.register.upgrading import grow, layout, upgrade
from landrelease.terms import lay


def create_register(
    path: Path | str,
    *,
    name: str,
    author: str,
    country: str | None = None,
    bbox: tuple[float, float, float, float] | None = None,
    workflow: bool = False,
    clock: Callable[[], int] = now_us,
) -> Register:
    """Make a new register and open it.

    Parameters
    ----------
    path : Path or str
        A file that does not exist yet.
    name : str
        What the register is called.
    author : str
        Who makes it.
    country : str, optional
        ISO 3166-1 alpha-3.
    bbox : tuple, optional
        West, south, east, north of the country in degrees.
    workflow : bool, optional
        Whether records need the approval of a second person from the start.
    clock : callable, optional
        Microseconds since 1970; tests set it.

    Raises
    ------
    RegisterError
        Something stands at the path, or its folder cannot be written.
    """
    path = Path(path)
    if path.exists():
        raise RegisterError("register_exists", f"{str(path)!r} exists", "choose another path")
    if not path.parent.is_dir():
        raise RegisterError(
            "folder_missing", f"there is no folder {str(path.parent)!r}", "make it first"
        )
    connection = connect(path, create=True)
    body = {
        "name": name,
        "country": country,
        "country_bbox": list(bbox) if bbox else None,
        "workflow": workflow,
    }
    try:
        lay({})
        with transaction(connection, path):
            schema.create_tables(connection)
            layers.create_layers(connection)
            connection.execute(
                "INSERT INTO register_info VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
                (
                    register_id := str(uuid.uuid4()),
                    name,
                    country,
                    json.dumps(body["country_bbox"]) if bbox else None,
                    secrets.token_hex(8),
                    SCHEMA_VERSION,
                    moment_text(clock()),
                    layout(),
                ),
            )
        register = Register(path, connection, clock)
        with register.write(author) as writer:
            writer.append([Draft("register", "register.created", body, record_id=register_id)])
    except BaseException:
        connection.close()
        path.unlink(missing_ok=True)
        raise
    return register


def open_register(
    path: Path | str, *, write: bool = False, clock: Callable[[], int] = now_us
) -> Register:
    """Open a register.

    Parameters
    ----------
    path : Path or str
        Its file.
    write : bool, optional
        Whether it must be writable; else a writer fails later.

    Raises
    ------
    RegisterError
        The file is missing, a folder, no register, locked, or made by a newer version.
    """
    path = Path(path)
    if path.is_dir():
        raise RegisterError(
            "register_is_directory", f"{str(path)!r} is a folder", "name the register's file"
        )
    if not path.exists():
        raise RegisterError(
            "register_missing",
            f"there is no register {str(path)!r}",
            "`landrelease init` makes one",
        )
    connection = connect(path)
    try:
        _check_is_register(connection, path)
        _check_info(connection, path)
        upgrade(connection, path)
        register = Register(path, connection, clock)
        vocabulary.enter(register)
        grow(connection, path)
        if write:
            with transaction(connection, path):
                connection.execute("UPDATE control SET own_write = own_write")
    except BaseException:
        connection.close()
        raise
    return register


def restore_register(source: Path | str, destination: Path | str) -> Register:
    """Put a backup where a register is to stand, and open it.

    Raises
    ------
    RegisterError
        Something stands at the destination, or the backup does not pass `verify`.
    """
    with open_register(source) as backup:
        found = backup.verify()
        if not found.ok:
            raise RegisterError(
                "backup_damaged",
                f"{str(source)!r} has {len(found.problems)} problems,"
                f" first: {found.problems[0].message}",
                "take an earlier backup",
            )
        return open_register(backup.backup(destination), write=True)


def _check_is_register(connection: sqlite3.Connection, path: Path) -> None:
    with explained(path):
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        known = connection.execute(
            "SELECT count(*) FROM sqlite_master WHERE name IN ('register_info', 'entry')"
        ).fetchone()[0]
        if application != geopackage.APPLICATION_ID or known != 2:
            raise RegisterError(
                "not_a_register",
                f"{str(path)!r} is no register of landrelease",
                "`landrelease init` makes one; to take data in, use `landrelease import`",
            )


def _check_info(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a register that does not say readably which it is: nothing could be trusted then."""
    with explained(path):
        try:
            rows = connection.execute(
                "SELECT register_id, name, replica, schema_version, bbox FROM register_info"
            ).fetchall()
        except sqlite3.OperationalError as problem:
            if problem.sqlite_errorname != "SQLITE_ERROR":
                raise
            rows = []  # a column is gone
    if len(rows) != 1:
        raise _damaged_info(path, f"has {len(rows)} readable rows, not one")
    *texts, version, bbox = rows[0]
    if not all(isinstance(text, str) and text for text in texts):
        raise _damaged_info(path, "gives no id, name or replica")
    if not isinstance(version, int) or version < 1:
        raise _damaged_info(path, f"gives {version!r} as schema_version")
    if bbox is not None and not _is_box(bbox):
        raise _damaged_info(path, f"gives {bbox!r} as bbox")


def _is_box(text: str) -> bool:
    try:
        west, south, east, north = json.loads(text)
    except (ValueError, TypeError):
        return False
    return all(isinstance(side, int | float) for side in (west, south, east, north))


def _damaged_info(path: Path, what: str) -> RegisterError:
    return RegisterError(
        "register_info_damaged",
        f"register {str(path)!r}: its table register_info {what}",
        "restore the latest backup that `landrelease verify` accepts",
    )
