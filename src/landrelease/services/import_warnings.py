"""What was taken in with a warning: told of the latest import of each layer as long as it stands.

The import's own record keeps codes and rows, never values: it stands in the ledger for ever, and a
value may be a name. The value stands in the record of its row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from landrelease.register import Record, Register

Result = dict[str, Any]

#: Rows of one code that an import's record keeps.
_MOST_ROWS = 20


def kept_warnings(issues: Iterable[Mapping[str, Any]]) -> dict[str, Result]:
    """Return how often each code was a warning, and its first rows, for the import's record.

    Examples
    --------
    >>> found = [{"code": "date_invalid", "severity": "warning", "row": 3, "message": "…"}]
    >>> kept_warnings(found)
    {'date_invalid': {'count': 1, 'rows': [3]}}
    """
    rows: defaultdict[str, list[int | None]] = defaultdict(list)
    for one in issues:
        if one["severity"] == "warning":
            rows[one["code"]].append(one["row"])
    return {
        code: {"count": len(found), "rows": [row for row in found if row is not None][:_MOST_ROWS]}
        for code, found in rows.items()
    }


def warnings_of(register: Register, import_id: str | None = None) -> list[Result]:
    """Return the warnings of an import, or of the latest one of each layer, each with its cure.

    Returns
    -------
    list of dict
        ``import_id``, ``file_name``, ``layer``, ``code``, ``count``, ``rows`` (the first of them),
        ``says``, ``cure``.
    """
    from landrelease.exchange.issues import issue_terms

    terms = issue_terms()
    return [
        {
            "import_id": act.record_id,
            "file_name": act.body.get("file_name"),
            "layer": act.body.get("layer"),
            "code": code,
            **found,
            "says": terms[code]["says"],
            "cure": terms[code]["cure"],
        }
        for act in _acts(register, import_id)
        for code, found in act.body.get("counts", {}).get("warnings", {}).items()
        if code in terms
    ]


def _acts(register: Register, import_id: str | None) -> list[Record]:
    standing = [one for one in register.records("import") if one.action != "import.voided"]
    if import_id is not None:
        return [one for one in standing if one.record_id == import_id]
    latest = {one.body.get("layer"): one for one in sorted(standing, key=_moment)}
    return list(latest.values())


def _moment(act: Record) -> str:
    return act.recorded_at
