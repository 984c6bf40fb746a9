"""Which records the rows of a file stand for, by what each row is known as."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from landrelease.domain.ids import named_record_id
from landrelease.register import Register

if TYPE_CHECKING:
    from landrelease.exchange.prepare import PreparedRow


def record_ids(register: Register, rows: Iterable[PreparedRow]) -> dict[int, str]:
    """Return the record id that each row stands for, by the number of the row.

    Whether there is such a record is not asked: a row that is new names one to come.
    """
    register_id = register.info().register_id
    return {row.row: named_record_id(register_id, row.identity) for row in rows}


def never_held(register: Register, rows: Sequence[PreparedRow]) -> list[PreparedRow]:
    """Return the rows whose record the register never held, not even voided."""
    ids = record_ids(register, rows)
    known = register.kinds_of(ids.values())
    return [row for row in rows if ids[row.row] not in known]


def named_ids(register: Register, identities: Iterable[str]) -> set[str]:
    """Return the ids of the records that are known as one of the identities."""
    register_id = register.info().register_id
    return {named_record_id(register_id, identity) for identity in identities}
