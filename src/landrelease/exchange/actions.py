"""What happened to the record of a row, where a column of the file says so."""

from __future__ import annotations

from typing import Any

from landrelease.domain.actions import STATUS_AFTER, actions
from landrelease.domain.kinds import kind_spec
from landrelease.exchange.mapping import ActionRule
from landrelease.exchange.tables import SourceTable
from landrelease.exchange.work import Work

#: Actions that any kind of record may have; voiding, verifying and approving are a person's acts
#: and never a row's.
_ANY_KIND = ("record.added", "record.amended")

#: Word that an action rule could not read; `check_actions` names it.
UNKNOWN = "?"


def read_actions(table: SourceTable, rule: ActionRule | None) -> list[str | None]:
    """The action of each row; None leaves it to the program, `UNKNOWN` marks an unlisted word."""
    if rule is None or rule.constant is not None:
        return [None if rule is None else rule.constant] * table.count
    known = {word.strip().casefold(): action for word, action in rule.values.items()}
    cells = table.columns.get(rule.column or "", [None] * table.count)
    words = ("" if cell is None else str(cell).strip().casefold() for cell in cells)
    fallback = rule.otherwise or UNKNOWN
    return [known.get(word, fallback) if word else None for word in words]


def check_actions(work: Work) -> None:
    """Name rows whose action is unknown or of another kind of record; they wait."""
    for row, action in enumerate(work.actions):
        if action is None:
            continue
        if action == UNKNOWN:
            rule = work.mapping.action
            column = rule.column if rule is not None else None
            cell = work.table.columns[str(column)][row]
            work.note(row, "action_unknown", f"{column} = {cell!r}")
        elif not _fits(action, work.kinds[row]):
            work.note(row, "action_unfit", f"{action}, {work.kinds[row] or 'no kind'}")


def _fits(action: str, kind: str) -> bool:
    """Whether an action can be of a kind: its own first one, of its name, or of any record."""
    noun = action.split(".", 1)[0]
    own = kind_spec(kind).first_action if kind else ""
    return action in actions() and (noun == kind or action in (*_ANY_KIND, own))


def agree_status(work: Work, kind: str, rows: list[int], bodies: list[dict[str, Any]]) -> None:
    """Give areas the status that their action leaves; a row that says otherwise waits."""
    said = "status" in work.mapping.rules_for(kind)
    for row, body in zip(rows, bodies, strict=True):
        after = STATUS_AFTER.get(work.actions[row] or "")
        if after is None or body.get("status") == after:
            continue
        if said:
            detail = f"{work.actions[row]}, status = {body.get('status')!r}"
            work.note(row, "action_contradicts", detail)
        else:
            body["status"] = after
