"""Names of people stay out of what can never be erased, and out of what is given out.

Words can be erased (`landrelease.domain.words`); a local id, the name of a district or a mark
stands in the ledger for ever. By hand a name there is refused, and the row of a file waits; a name
in words is warned of, and an export below internal leaves the cell empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from landrelease.domain.entries import Draft
from landrelease.domain.kinds import erasable_fields, kind_spec
from landrelease.domain.plain import texts_in
from landrelease.errors import RefusedError
from landrelease.register import Names, Register, names_in, split_body
from landrelease.register.people import PRIVATE_PARTS

if TYPE_CHECKING:
    from landrelease.exchange.issues import Issue
    from landrelease.exchange.prepare import Prepared, PreparedRow

Result = dict[str, Any]
Body = Mapping[str, Any]

#: What stands in a report in the place of words that name a person.
WITHHELD = "(withheld: names a person)"

#: A single word may be a place or a thing; a name of several words is a person's.
_FEWEST_WORDS = 2


def held_names(register: Register, brought: Iterable[tuple[str, Body]] = ()) -> Names:
    """Return the names of people that the second file keeps, or would keep of kinds and bodies."""
    known = register.held_names()
    for kind, body in brought:
        if kind and kind_spec(kind).personal:
            known |= names_in(split_body(kind, "", body)[1])
    return Names(name for name in known if len(name.split()) >= _FEWEST_WORDS)


def check_names(register: Register, entries: Mapping[int, Sequence[Draft]]) -> list[Result]:
    """Refuse names of people in what lasts, and warn of those in words.

    The source of a person's own record is refused a name too: what such a record says of the
    person stands in the second file, and its source does not.

    Parameters
    ----------
    entries : Mapping
        By the number of each entry of a call, what it is to write; its own draft is the last.

    Returns
    -------
    list of dict
        ``{"entry", "record_id", "code", "severity", "message"}``.

    Raises
    ------
    RefusedError
        ``name_in_text``: the field is named, the name is not repeated.
    """
    drafts = [draft for own in entries.values() for draft in own]
    names = held_names(register, ((draft.kind, draft.body) for draft in drafts))
    if not names:
        return []
    warnings = []
    for number, own in entries.items():
        for draft in own:
            _refuse(draft, _lasting(draft.kind, draft.body), names, "could never be erased")
            if draft.kind == "source" and kind_spec(own[-1].kind).personal:
                why = "goes with the register, where the names of people stand apart"
                _refuse(draft, _said(draft), names, why)
            if fields := _holding(_said(draft), names):
                warnings.append(_warning(number, own[-1].record_id, draft.kind, fields))
    return warnings


def check_draft(register: Register, draft: Draft) -> None:
    """Refuse a draft that `check_names` would refuse.

    Raises
    ------
    RefusedError
        ``name_in_text``.
    """
    check_names(register, {0: [draft]})


def guarded(register: Register, prepared: Prepared) -> Prepared:
    """Let rows wait that would put a name into what lasts, and warn of names in their words."""
    names = held_names(register, ((row.kind, row.body) for row in prepared.rows))
    if not names:
        return prepared
    rows = [_guarded_row(row, names) for row in prepared.rows]
    told = [
        found
        for row, before in zip(rows, prepared.rows, strict=True)
        for found in row.issues[len(before.issues) :]
    ]
    return replace(prepared, rows=rows, issues=[*prepared.issues, *told])


def without_names(kind: str, rows: Iterable[Result], names: Names) -> list[Result]:
    """Empty the cells of rows that hold a name; return which: ``{"kind", "record_id", "field"}``.

    Examples
    --------
    >>> row = {"record_id": "r", "name": "House of Ivan Horvat", "status": "open"}
    >>> without_names("hazardous_area", [row], Names(["Ivan Horvat"]))
    [{'kind': 'hazardous_area', 'record_id': 'r', 'field': 'name'}]
    >>> row
    {'record_id': 'r', 'name': None, 'status': 'open'}
    """
    if not names:
        return []
    found = []
    for row in rows:
        for field in _holding(texts_in(row), names):
            row[field] = None
            found.append({"kind": kind, "record_id": row.get("record_id"), "field": field})
    return found


def withheld(value: Any, names: Names) -> Any:
    """Return a value of JSON where each text that holds a name gives way to `WITHHELD`.

    Examples
    --------
    >>> withheld([{"why": "death of Ivan Horvat", "count": 1}], Names(["Ivan Horvat"]))
    [{'why': '(withheld: names a person)', 'count': 1}]
    """
    if not _holding(texts_in(value), names):
        return value
    if isinstance(value, Mapping):
        return {key: withheld(item, names) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [withheld(item, names) for item in value]
    return WITHHELD if isinstance(value, str) else value


def count_withheld(value: Any) -> int:
    """Count the texts of a value that `withheld` took out.

    Examples
    --------
    >>> count_withheld({"why": WITHHELD, "area": "A"})
    1
    """
    return sum(text == WITHHELD for _, text in texts_in(value))


def _guarded_row(row: PreparedRow, names: Names) -> PreparedRow:
    if row.quarantined or not row.kind:
        return row
    issues = [
        *_issues(row, "name_in_text", _holding(_lasting(row.kind, row.body), names)),
        *_issues(row, "name_in_words", _holding(_words(row.kind, row.body), names)),
    ]
    waits = any(one.severity == "error" for one in issues)
    return row._replace(issues=(*row.issues, *issues), quarantined=waits) if issues else row


def _issues(row: PreparedRow, code: str, fields: Iterable[str]) -> Iterator[Issue]:
    from landrelease.exchange.issues import issue

    for field in fields:  # without the row's own id, which may be the name
        yield issue(code, row.row, field)


def _refuse(draft: Draft, texts: Iterable[tuple[str, str]], names: Names, why: str) -> None:
    for field in _holding(texts, names):
        raise RefusedError(
            "name_in_text",
            f"{draft.kind}: {field} holds the name of a person, and {why}",
            "leave the name out; the record of the victim keeps it apart",
        )


def _warning(number: int, record_id: str | None, kind: str, fields: Sequence[str]) -> Result:
    from landrelease.exchange.issues import issue

    found = issue("name_in_words", None, f"{kind}, {', '.join(fields)}")
    return {
        "entry": number,
        "record_id": record_id,
        "code": found.code,
        "severity": found.severity,
        "message": found.message,
    }


def _holding(texts: Iterable[tuple[str, str]], names: Names) -> list[str]:
    """Fields whose texts hold a name; all texts at once are searched first."""
    said = [(field.partition(".")[0], text) for field, text in texts]
    if not names.holds("\n".join(text for _, text in said)):
        return []
    return list(dict.fromkeys(field for field, text in said if names.holds(text)))


def _lasting(kind: str, body: Body) -> Iterator[tuple[str, str]]:
    """Texts of a body that the ledger itself will hold, with their fields."""
    apart = {"geometry", *erasable_fields(kind)}
    yield from texts_in({name: value for name, value in body.items() if name not in apart})


def _words(kind: str, body: Body) -> Iterator[tuple[str, str]]:
    """Texts of a body that will stand beside the ledger, where they can be erased."""
    private = PRIVATE_PARTS if kind_spec(kind).personal else ()
    wanted = erasable_fields(kind).difference(private)
    yield from texts_in({name: value for name, value in body.items() if name in wanted})


def _said(draft: Draft) -> Iterator[tuple[str, str]]:
    """The words of a draft, its quote and reason among them."""
    yield from _words(draft.kind, draft.body)
    if not kind_spec(draft.kind).personal:
        yield from texts_in({"quote": draft.quote, "reason": draft.reason})
