"""One tree of errors, each with a stable code and a message that says how to mend it.

A message names what was wrong, where, and the cure; the edges print it as
``error[code]: what, where, how to mend`` and choose the exit status by the class.
Codes are never reused with another meaning.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar


class LandReleaseError(Exception):
    """Any error the program expects and can explain.

    Parameters
    ----------
    code : str
        Stable code in snake case, as in ``file_missing``.
    message : str
        What was wrong and where: the field, the value, the file.
    cure : str, optional
        What the reader can do about it.

    Examples
    --------
    >>> str(LandReleaseError("file_missing", "there is no file 'a.txt'", "check the path"))
    "error[file_missing]: there is no file 'a.txt'; check the path"
    """

    exit_status: ClassVar[int] = 1

    def __init__(self, code: str, message: str, cure: str = "") -> None:
        super().__init__(code, message, cure)
        self.code = code
        self.message = message
        self.cure = cure

    def __str__(self) -> str:
        text = "; ".join(part for part in (self.message, self.cure) if part)
        return f"error[{self.code}]: {text}"


class UsageError(LandReleaseError):
    """The call's words are off: an option, an argument, a missing name."""

    exit_status = 2


class InputError(LandReleaseError):
    """What was handed in cannot be read or breaks its format."""


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Say which place cannot be written to, and why, where the system refuses it.

    Raises
    ------
    InputError
        ``file_unwritable``

    Examples
    --------
    >>> with writing(Path("none/a.csv")):
    ...     raise FileNotFoundError(2, "No such file or directory")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    landrelease.errors.InputError: error[file_unwritable]: 'none/a.csv' cannot be written...
    """
    try:
        yield
    except OSError as problem:
        why, cure = str(problem.strerror or problem), "choose another place, or mend its rights"
        if not path.parent.is_dir():
            why, cure = f"there is no folder {str(path.parent)!r}", "make it, or choose another"
        raise InputError(
            "file_unwritable", f"{str(path)!r} cannot be written: {why}", cure
        ) from None


def check_is_new(path: Path, cure: str = "choose another name, or remove it") -> None:
    """Refuse to write over what is there: it may be a source, or an afternoon of work.

    Raises
    ------
    InputError
        ``file_exists``
    """
    if path.exists():
        raise InputError("file_exists", f"{str(path)!r} is there already", cure)


class FieldError(InputError):
    """One field has a value that cannot be.

    Parameters
    ----------
    field : str
        Name of the field as the caller wrote it.
    value : object
        The refused value.
    message : str
        Why it is refused.
    cure : str, optional
        What would be accepted.
    code : str, optional
        Stable code, ``field_invalid`` unless a closer one exists.

    Examples
    --------
    >>> str(FieldError("pod", 1.4, "a probability lies between 0 and 1"))
    'error[field_invalid]: pod = 1.4: a probability lies between 0 and 1'
    """

    def __init__(
        self, field: str, value: object, message: str, cure: str = "", code: str = "field_invalid"
    ) -> None:
        super().__init__(code, f"{field} = {value!r}: {message}", cure)
        self.field = field
        self.value = value


class RefusedError(LandReleaseError):
    """A rule of land release forbids it; the message says which rule."""


class NotFoundError(LandReleaseError):
    """Nothing stands under this name or id."""


class RegisterError(LandReleaseError):
    """The register cannot be opened, read or written."""


class MissingExtraError(LandReleaseError):
    """A part that this command needs is not installed.

    Examples
    --------
    >>> MissingExtraError("gis", "reading map layers").cure
    "pip install 'landrelease[gis]'"
    """

    def __init__(self, extra: str, purpose: str) -> None:
        super().__init__(
            "extra_missing",
            f"{purpose} needs an optional part",
            f"pip install 'landrelease[{extra}]'",
        )
