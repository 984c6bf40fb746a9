"""What a report is made of: sections with tables and figures, each row with its records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from landrelease.errors import FieldError

#: How a column's values are written: text, a whole count, m², a plain number, a share or a date.
ColumnKind = Literal["text", "count", "m2", "number", "share", "date"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key in the rows, its heading, its unit and how it is written."""

    name: str
    title: str
    kind: ColumnKind = "text"
    unit: str = ""

    @property
    def heading(self) -> str:
        """Heading with its unit.

        Examples
        --------
        >>> Column("remaining_m2", "Remaining", "m2", "m²").heading
        'Remaining (m²)'
        """
        return f"{self.title} ({self.unit})" if self.unit else self.title

    @property
    def is_number(self) -> bool:
        """Whether values are figures, set to the right."""
        return self.kind not in {"text", "date"}


@dataclass(frozen=True, slots=True)
class Row:
    """Values by column name, and the ids of the records behind them."""

    values: Mapping[str, Any]
    records: tuple[str, ...] = ()
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table that every writer can set.

    Parameters
    ----------
    name : str
        Key, unique in a report.
    title : str
        Heading.
    columns : sequence of Column
        Left to right.
    rows : sequence of Row
        Top to bottom; totals last.
    how : str
        How the figures were computed, in words.
    note : str
        What a reader must know to not misread it.
    sheet : str
        Sheet of the workbook it stands on.
    empty : str
        What is said instead of an empty table.
    page_rows : int
        Rows that a page or PDF prints; the workbook holds all.

    Raises
    ------
    FieldError
        A row has a value of an unknown column.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    how: str = ""
    note: str = ""
    sheet: str = "Summary"
    empty: str = "Nothing is recorded. No record is not evidence of no contamination."
    page_rows: int = 200

    def __post_init__(self) -> None:
        known = {column.name for column in self.columns}
        for row in self.rows:
            for name in row.values.keys() - known:
                raise FieldError(f"{self.name}.{name}", row.values[name], "no such column")

    def on_page(self) -> list[Row]:
        """Rows for a page or PDF: the first ones, and the totals."""
        return [row for n, row in enumerate(self.rows) if n < self.page_rows or row.is_total]

    def column(self, name: str) -> list[Any]:
        """Values of one column, totals left out."""
        return [row.values.get(name) for row in self.rows if not row.is_total]


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing as SVG text, with what it shows in words for those who cannot see it."""

    name: str
    title: str
    svg: str
    says: str
    legend: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with words, figures and tables."""

    name: str
    title: str
    words: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Headline:
    """One figure a reader should take away, with its unit and what it counts."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A whole document: title, headlines, sections, and what identifies its state.

    Attributes
    ----------
    standfirst : str
        One line below the title: the date and the time that the report is for.
    identity : mapping
        Name → text: register, both times, heads, software version; printed on every copy.
    statements : sequence of str
        Standing sentences, printed where they cannot be missed.
    """

    title: str
    subtitle: str
    standfirst: str = ""
    language: str = "en"
    headlines: tuple[Headline, ...] = ()
    sections: tuple[Section, ...] = ()
    identity: Mapping[str, str] = field(default_factory=dict)
    statements: tuple[str, ...] = ()
    local_ids: Mapping[str, str] = field(default_factory=dict)
    made_at: str = ""

    @property
    def tables(self) -> tuple[Table, ...]:
        """All tables in order."""
        return tuple(table for section in self.sections for table in section.tables)


def total_row(label_column: str, rows: Sequence[Row], sums: Iterable[str]) -> Row:
    """Add up what is known of some columns; a total rests on all the rows' records.

    Examples
    --------
    >>> rows = [Row({"year": 2020, "m2": 5.0}, ("a",)), Row({"year": 2021, "m2": None}, ("b",))]
    >>> total_row("year", rows, ["m2"])
    Row(values={'year': 'Total', 'm2': 5.0}, records=('a', 'b'), is_total=True)
    """
    values: dict[str, Any] = {label_column: "Total"}
    for name in sums:
        known = [row.values[name] for row in rows if row.values.get(name) is not None]
        values[name] = sum(known) if known else None
    records = tuple(dict.fromkeys(record for row in rows for record in row.records))
    return Row(values, records, is_total=True)


def counted(number: int, one: str, many: str = "") -> str:
    """Write a count with its noun.

    Examples
    --------
    >>> counted(1, "area"), counted(3097, "reported hazard")
    ('1 area', '3,097 reported hazards')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def written(value: Any, kind: ColumnKind) -> str:
    """Write a value as a reader expects it.

    Examples
    --------
    >>> written(1234567.4, "m2"), written(None, "count"), written(0.25, "share")
    ('1,234,567', '', '25 %')
    """
    if value is None:
        return ""
    if isinstance(value, str) or kind in {"text", "date"}:
        return str(value)
    if kind in {"m2", "count"}:
        return f"{round(value) + 0:,}"
    return f"{100 * value:.0f} %" if kind == "share" else f"{value:,.4g}"
