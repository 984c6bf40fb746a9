"""Forms that a person sends: whose browser, in whose name, and what must be filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PureWindowsPath
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile

from landrelease.errors import FieldError, InputError
from landrelease.web.context import Web
from landrelease.web.forms import chosen
from landrelease.web.security import TOKEN_FIELD, check_token


async def sent_form(request: Request) -> dict[str, str]:
    """Read a form whose token is the browser's.

    Raises
    ------
    RefusedError
        With code ``token_wrong``.
    """
    form: FormData = await request.form()
    values = {name: str(value) for name, value in form.items()}
    check_token(request, values.get(TOKEN_FIELD, ""))
    return values


#: A file may have 50 MB; beyond a few of them a form fills the disk before anyone can refuse it.
LARGEST_FORM_BYTES = 200 * 2**20


@dataclass(frozen=True)
class Upload:
    """A form with files.

    Attributes
    ----------
    fields : Mapping
        Its text fields.
    files : sequence of tuple
        Name and bytes of each file.
    """

    fields: dict[str, str]
    files: list[tuple[str, bytes]]


async def sent_files(request: Request) -> Upload:
    """Read a form with files whose token is the browser's.

    Raises
    ------
    InputError
        ``file_too_large``, before it is read.
    RefusedError
        With code ``token_wrong``.
    """
    length = request.headers.get("content-length", "")
    if not length.isdigit() or int(length) > LARGEST_FORM_BYTES:
        raise InputError(
            "file_too_large",
            f"the form has {length or 'unknown'} bytes, and may have {LARGEST_FORM_BYTES}",
            "attach fewer or smaller files at a time",
        )
    async with request.form() as form:
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
        check_token(request, fields.get(TOKEN_FIELD, ""))
        sent = [one for one in form.getlist("files") if isinstance(one, UploadFile)]
        files = [(file_name(one.filename), await one.read()) for one in sent if one.filename]
    return Upload(fields, files)


def file_name(sent: str | None) -> str:
    """Return the name of a file that a browser sent, without folders and control characters.

    Examples
    --------
    >>> file_name("C:\\\\photos\\\\sign\\n.jpg"), file_name("../sign.jpg"), file_name("..")
    ('sign.jpg', 'sign.jpg', 'file')
    """
    name = PureWindowsPath(sent or "").name
    plain = "".join(sign for sign in name if sign.isprintable()).strip(". ")
    return plain[-150:] or "file"


SentForm = Annotated[dict[str, str], Depends(sent_form)]


def needed(form: Mapping[str, str], name: str, cure: str) -> str:
    """Return a field that must be filled in.

    Raises
    ------
    FieldError
        It is empty.

    Examples
    --------
    >>> needed({"why": " seen "}, "why", "say why")
    'seen'
    """
    text = form.get(name, "").strip()
    if not text:
        raise FieldError(name, text, "is needed", cure)
    return text


def person(web: Web, form: Mapping[str, str]) -> str:
    """Return in whose name the form writes: as the pages are served, else the name given.

    Raises
    ------
    FieldError
        No name is given.
    """
    return web.settings.author or needed(form, "by", "give your name")


def ticked(form: Mapping[str, str]) -> list[str]:
    """Return the records whose box is ticked, in the order of the page.

    Examples
    --------
    >>> ticked({"tick.r2": "1", "why": "seen", "tick.r1": "1"})
    ['r2', 'r1']
    """
    return list(chosen(form, "tick."))


def needed_ticks(form: Mapping[str, str]) -> list[str]:
    """Return the records whose box is ticked, at least one.

    Raises
    ------
    FieldError
        None is ticked.
    """
    found = ticked(form)
    if not found:
        raise FieldError("records", "", "no record is ticked", "tick one or several")
    return found
