"""Reading what a user names: a file that must be there, or standard input."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from landrelease.errors import InputError


def read_bytes(name: str) -> bytes:
    """Return the bytes of a file, or of stdin for «-».

    Raises
    ------
    InputError
        ``file_missing``, ``file_is_directory`` or ``file_empty``.
    """
    if name == "-":
        raw = sys.stdin.buffer.read()
    else:
        path = Path(name)
        if path.is_dir():
            raise InputError("file_is_directory", f"{name!r} is a folder", "name a file")
        if not path.exists():
            raise InputError("file_missing", f"there is no file {name!r}", "check the path")
        raw = path.read_bytes()
    if not raw:
        raise InputError("file_empty", f"{name!r} is empty", "nothing was read")
    return raw


def read_json(name: str) -> dict[str, Any]:
    """Return the JSON object of a file.

    Raises
    ------
    InputError
        The file is missing, not UTF-8, not JSON or not an object; the place is named.
    """
    value = json_value(name)
    if not isinstance(value, dict):
        raise InputError("json_invalid", f"{name!r} must hold one JSON object", "see the docs")
    return value


def json_value(name: str) -> Any:
    """Return what the JSON of a file holds.

    Raises
    ------
    InputError
        The file is missing, not UTF-8 or not JSON; the place is named.
    """
    raw = read_bytes(name)
    try:
        return json.loads(raw.decode("utf-8-sig"), parse_constant=_no_number)
    except UnicodeDecodeError as problem:
        raise InputError(
            "json_invalid", f"{name!r} is not UTF-8 text (byte {problem.start})", "save it as UTF-8"
        ) from None
    except (ValueError, RecursionError) as problem:  # ValueError: also a number of 5,000 digits
        raise InputError("json_invalid", f"{name!r} is not JSON: {problem}", "mend it") from None


def made_folder(folder: Path) -> Path:
    """Return a folder to write into, made where it was not there.

    Raises
    ------
    InputError
        ``file_unwritable``: it cannot be made, or a file has its name.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise InputError(
            "file_unwritable",
            f"the folder {str(folder)!r} cannot be made: {problem.strerror or problem}",
            "choose another place, or mend its rights",
        ) from None
    return folder


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is no number")
