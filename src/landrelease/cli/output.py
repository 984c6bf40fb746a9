"""Printing: one JSON document for programs, tables and sentences for people."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import orjson
from rich.console import Console, JustifyMethod
from rich.markup import escape
from rich.table import Table

Result = dict[str, Any]

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)

#: Tables of more rows are laid out by us; rich takes a second for each thousand.
_LONG = 1_000

#: Areas in doubt that one line names.
_MOST_AREAS = 20

#: Tables of more columns have them closer together.
_MANY = 7


def show(result: Result, as_json: bool, in_words: Callable[[Result], None]) -> None:
    """Print a service's answer as the caller asked for it."""
    if as_json:
        layout = orjson.OPT_NON_STR_KEYS | (0 if _piped() else orjson.OPT_INDENT_2)
        sys.stdout.write(f"{orjson.dumps(result, option=layout).decode()}\n")
    else:
        in_words(result)


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], title: str = "") -> None:
    """Print rows; numbers to the right, long text folded, save in a very long table."""
    rows = [list(row) for row in rows]
    right = [any(isinstance(row[at], (int, float)) for row in rows) for at in range(len(columns))]
    cells = [[cell(value) for value in row] for row in rows]
    lay_out = _grid if len(rows) <= _LONG else _lines
    lay_out(columns, cells, right, title)


def _grid(
    columns: Sequence[str], cells: Sequence[Sequence[str]], right: Sequence[bool], title: str
) -> None:
    grid = Table(title=title or None, title_justify="left", box=None, pad_edge=False)
    grid.collapse_padding = len(columns) > _MANY  # so that they fit into 80
    for at, (name, number) in enumerate(zip(columns, right, strict=True)):
        # a heading breaks between words alone, a number nowhere
        words = [*name.split(), *(row[at] for row in cells if number and _is_number(row[at]))]
        side: JustifyMethod = "right" if number else "left"
        grid.add_column(
            name, justify=side, overflow="fold", min_width=max(map(len, words), default=1)
        )
    for row in cells:
        grid.add_row(*map(escape, row))
    out.print(grid)


def _is_number(text: str) -> bool:
    return text.replace(",", "").lstrip("-").replace(".", "", 1).isdigit()


def _lines(
    columns: Sequence[str], cells: Sequence[Sequence[str]], right: Sequence[bool], title: str
) -> None:
    widths = [max(map(len, column)) for column in zip(columns, *cells, strict=True)]
    sides = [">" if number else "<" for number in right]
    line = "  ".join(f"{{:{side}{n}}}" for side, n in zip(sides, widths, strict=True)).format
    lines = [*([title] if title else []), line(*columns), *(line(*row) for row in cells)]
    sys.stdout.write("\n".join([*lines, ""]))


def cell(value: object) -> str:
    """One value as a person reads it.

    Examples
    --------
    >>> cell(1234567.8), cell(0.25), cell(None), cell(True)
    ('1,234,568', '0.25', '–', 'yes')
    """
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.4g}"
    if isinstance(value, int):
        return f"{value:,}"
    return str(value)


def short(record_id: str) -> str:
    """The beginning of a record id, by which `show` finds it.

    Examples
    --------
    >>> short("3e0bd442-7686-4fb5-ac27-9166cee45299")
    '3e0bd442-7686'
    """
    return record_id[: len("3e0bd442-7686")]


def area(m2: float | None) -> str:
    """An area in m², with km² beside it when large.

    Examples
    --------
    >>> area(812_300_000.0)
    '812,300,000 m² (812.30 km²)'
    >>> area(None), area(-0.2)
    ('–', '0 m²')
    """
    if m2 is None:
        return "–"
    large = f" ({m2 / 1e6:,.2f} km²)" if abs(m2) >= 1e6 else ""
    return f"{round(m2):,} m²{large}"


def ahead(result: Result) -> None:
    """Say how many records lie ahead of today and are in no figure yet."""
    if number := result.get("ahead"):
        which = "record is" if number == 1 else "records are"
        does = "does" if number == 1 else "do"
        period = "or to a month or year that is not over"
        out.print(
            f"[yellow]{number:,} {which} dated in the future[/], {period}, and {does} not count yet"
        )


def inquired(result: Result) -> None:
    """Say which areas are in doubt by inquiries that were opened by rule."""
    if opened := result.get("inquiries"):
        noun = "inquiry" if len(opened) == 1 else "inquiries"
        areas = first_of(result["in_doubt"], _MOST_AREAS)
        told = f"opened {len(opened):,} {noun}: areas {areas or 'not named'}"
        out.print(told, markup=False, style="yellow")


def first_of(names: Sequence[str], most: int) -> str:
    """Return some names in a row, and that there are more."""
    return ", ".join(names[:most]) + (" …" if len(names) > most else "")


@contextmanager
def progress(what: str) -> Iterator[Callable[[str], None]]:
    """Show that long work goes on, on stderr and only at a terminal."""
    with err.status(what) as status:
        yield lambda text: status.update(f"{what} · {text}")


class LongWork(logging.Handler):
    """Shows at a terminal what the rooms log of long work, such as an upgrade, line by line."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print one line to stderr."""
        if err.is_terminal:
            err.print(record.getMessage(), style="dim", markup=False)


@contextmanager
def counted(what: str) -> Iterator[Callable[[int, int, str], None]]:
    """Show how far a long row of things is: a bar at a terminal, else a plain line now and then.

    Plain lines go to stderr too, so that a log shows that the work goes on.
    """
    if err.is_terminal:
        from rich.progress import Progress

        with Progress(console=err, transient=True) as bar:
            task = bar.add_task(what, total=None)
            yield lambda number, of, name: bar.update(
                task, completed=number - 1, total=of, description=f"{what} · {_short(name)}"
            )
        return

    def line(number: int, of: int, name: str) -> None:
        if number > 1 and (number - 1) % _PLAIN_EVERY == 0:
            err.print(f"{what}: {number - 1:,} of {of:,} done", markup=False)

    yield line


_PLAIN_EVERY = 50


def _short(name: str, length: int = 40) -> str:
    name = name.replace("[", "\\[")
    return name if len(name) <= length else "…" + name[1 - length :]


def _piped() -> bool:
    return not sys.stdout.isatty()
