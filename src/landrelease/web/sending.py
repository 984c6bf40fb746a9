"""Forms that a person sends: whose browser, in whose name, and what must be filled in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData

from landrelease.errors import FieldError
from landrelease.web.context import Web
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
    return [name.removeprefix("tick.") for name in form if name.startswith("tick.")]


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
