"""Products of a file that break the rules of land: taken as they stand, and told on the way in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from landrelease.domain.entries import Draft
from landrelease.domain.product_rules import against_row
from landrelease.errors import NotFoundError
from landrelease.register import Record, Register

Result = dict[str, Any]

#: Fields by which a product names what another row of its file may bring.
_LINKS: Mapping[str, str] = {"area": "hazardous_area", "activity": "activity"}


def against_rules(register: Register, drafts: Sequence[Draft]) -> list[Result]:
    """Return what the rules say against the products that an import brings or changes.

    Returns
    -------
    list of dict
        ``row``, ``record_id``, ``local_id``, ``code``, ``message``: as `conflicts` lists them once
        the file is taken in; what lies on whose ground is told there alone.
    """
    products = [one for one in drafts if one.kind == "land_release_product"]
    if not products:
        return []
    own = {(one.kind, name) for one in drafts for name in _names(one)}
    return [
        {
            "row": draft.source_row,
            "record_id": draft.record_id,
            "local_id": draft.body.get("local_id"),
            "code": code,
            "message": message,
        }
        for draft in products
        for code, message in _against(register, draft, own)
    ]


def _against(
    register: Register, draft: Draft, own: set[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    in_file = {field for field, kind in _LINKS.items() if (kind, draft.body.get(field)) in own}
    before = _before(register, draft)
    for problem in against_row(draft, before, register):
        if problem.code not in {f"{field}_unknown" for field in in_file}:
            yield problem.code, problem.message


def _before(register: Register, draft: Draft) -> Record | None:
    try:
        return register.record(str(draft.record_id), draft.kind)
    except NotFoundError:
        return None


def _names(draft: Draft) -> Iterator[str]:
    yield from (name for name in (draft.record_id, draft.body.get("local_id")) if name)
