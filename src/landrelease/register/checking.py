"""The check of drafts before anything is written: what passes, `verify` accepts."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from landrelease.domain.actions import check_action_of
from landrelease.domain.dates import PartialDate
from landrelease.domain.entries import Draft
from landrelease.domain.kinds import check_body, kind_spec
from landrelease.domain.plain import body_text, plain_text
from landrelease.errors import FieldError
from landrelease.register.placing import check_places

#: Columns of an entry that hold text or nothing.
_TEXTS = ("record_id", "source_id", "quote", "import_id", "reason", "supersedes")


class Checked(NamedTuple):
    """A draft with its body in the types of its kind, the body's text and its shape."""

    draft: Draft
    body: dict[str, Any]
    text: str
    shape: Any = None


def check_all(drafts: Iterable[Draft]) -> list[Checked]:
    """Return drafts whose columns, fields and geometries can be.

    Raises
    ------
    FieldError, NotFoundError
        One of them cannot.
    """
    checked = [check(draft) for draft in drafts]
    shapes = check_places([item.body.get("geometry") for item in checked])
    return [item._replace(shape=shape) for item, shape in zip(checked, shapes, strict=True)]


def check(draft: Draft) -> Checked:
    """Return a draft whose kind, action, dates, ids and fields can be; not yet its geometry.

    Raises
    ------
    FieldError, NotFoundError
        One of them cannot.
    """
    kind_spec(plain_text("kind", draft.kind))
    check_action_of(plain_text("action", draft.action), draft.kind)
    _check_date(draft.occurred_on)
    _check_id("entry_id", draft.entry_id)
    _check_columns(draft)
    body = check_body(draft.kind, draft.body) if draft.action != "record.voided" else {}
    return Checked(draft, body, body_text(body))


def _check_columns(draft: Draft) -> None:
    for name in _TEXTS:
        value = getattr(draft, name)
        if value is not None:
            plain_text(name, value)
    if draft.record_id is not None and not draft.record_id.strip():
        raise FieldError("record_id", draft.record_id, "is empty", "leave it out for a new record")
    row = draft.source_row
    if row is not None and (isinstance(row, bool) or not isinstance(row, int)):
        raise FieldError("source_row", row, "expected a whole number")


@lru_cache(maxsize=4096)
def _parse_date(occurred_on: str) -> None:
    PartialDate.parse(occurred_on, "occurred_on")


def _check_date(occurred_on: Any) -> None:
    if occurred_on is not None:
        _parse_date(plain_text("occurred_on", occurred_on))


def _check_id(name: str, value: str | None) -> None:
    if value is None:
        return
    try:
        canonical = str(uuid.UUID(plain_text(name, value)))
    except ValueError:
        canonical = ""
    if canonical != value:
        raise FieldError(name, value, "is no id", "write a UUID in lower case, or leave it out")
