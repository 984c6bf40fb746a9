"""What the steps of preparing a table know about its rows so far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from landrelease.exchange.issues import Issue, Severity, issue, issue_terms
from landrelease.exchange.locate import Located
from landrelease.exchange.mapping import ImportMapping
from landrelease.exchange.tables import SourceTable
from landrelease.exchange.values import Reading
from landrelease.geometry import RepairedArray


@dataclass
class Work:
    """A table in the making; rows are counted from 0 here and from 1 in issues.

    ``source`` is the table as read, ``table`` with the columns mended that the mapping names.
    ``how`` says which own id the rows have (``record``, ``local``, ``id`` or None), ``ids`` are
    those ids, ``contents`` the hashes of the rows as read, ``actions`` what rows say happened,
    ``cut`` the rows whose shape crossed the 180th meridian.
    """

    source: SourceTable
    table: SourceTable
    mapping: ImportMapping
    located: Located
    mended: RepairedArray
    how: str | None
    ids: list[str | None]
    kinds: list[str]
    contents: list[str]
    actions: list[str | None]
    dates: list[Reading]
    cut: frozenset[int] = frozenset()
    general: list[Issue] = field(default_factory=list)
    notices: defaultdict[int, list[Issue]] = field(default_factory=lambda: defaultdict(list))

    @property
    def layer(self) -> str:
        """Name of the layer in row identities."""
        return self.mapping.layer or self.table.name

    def note(self, row: int, code: str, detail: str = "", severity: Severity | None = None) -> None:
        """Remember a problem of one row."""
        own = self.ids[row]
        self.notices[row].append(issue(code, row + 1, detail, id=own, severity=severity))

    def note_cells(self, notices: Iterable[tuple[int, str, str]]) -> None:
        """Remember problems of cells; those that are mere notes once for their column.

        Parameters
        ----------
        notices : iterable of tuple
            Row, code, and «column = value».
        """
        light: dict[tuple[str, str], list[str]] = {}
        for row, code, detail in notices:
            if issue_terms()[code]["severity"] == "note":
                light.setdefault((code, detail.split(" = ", 1)[0]), []).append(detail)
            else:
                self.note(row, code, detail)
        for (code, column), details in light.items():
            example = details[0].split(" = ", 1)[-1]
            where = f"column {column!r}, {len(details)} cells, as in {example}"
            self.general.append(issue(code, None, where))
