"""The check of a draft before anything is written."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from landrelease.domain.actions import check_action
from landrelease.domain.canonical import canonical_json
from landrelease.domain.dates import PartialDate
from landrelease.domain.entries import Draft
from landrelease.domain.kinds import check_body
from landrelease.errors import FieldError


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft with its body in the types of its kind, and the body's text."""

    draft: Draft
    body: dict[str, Any]
    text: str


def check(draft: Draft) -> Checked:
    """Return a draft whose kind, action, dates, ids and fields can be.

    Raises
    ------
    FieldError, NotFoundError
        One of them cannot.
    """
    check_action(draft.action)
    _check_date(draft.occurred_on)
    _check_id("entry_id", draft.entry_id)
    if draft.record_id is not None and not draft.record_id.strip():
        raise FieldError("record_id", draft.record_id, "is empty", "leave it out for a new record")
    body = check_body(draft.kind, draft.body) if draft.action != "record.voided" else {}
    return Checked(draft, body, canonical_json(body))


@lru_cache(maxsize=4096)
def _check_date(occurred_on: str | None) -> None:
    if occurred_on is not None:
        PartialDate.parse(occurred_on, "occurred_on")


def _check_id(name: str, value: str | None) -> None:
    if value is None:
        return
    try:
        canonical = str(uuid.UUID(value))
    except ValueError:
        canonical = ""
    if canonical != value:
        raise FieldError(name, value, "is no id", "write a UUID in lower case, or leave it out")
