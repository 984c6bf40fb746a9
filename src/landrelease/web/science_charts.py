"""Charts of the models as inline SVG: lines beside an answer, and claims beside finds."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from markupsafe import Markup

from landrelease.web.charts import nice_ticks

WIDTH, HEIGHT = 560, 260
LEFT, RIGHT, TOP, BOTTOM = 64, 16, 12, 46
ROW = 26
LOWEST_SHARE = 1e-7


def answer_chart(chart: Mapping[str, Any], title: str) -> Markup:
    """Draw how an answer changes with one input; the answer itself is marked.

    Parameters
    ----------
    chart : mapping
        ``x``, ``lines`` (values by label, None where there is no number), ``x_label``,
        ``y_label`` and ``at``, as the models give them.
    title : str
        Read to people who cannot see the chart.

    Examples
    --------
    >>> chart = {"x": [0, 1], "lines": {"a": [2, None]}, "x_label": "x", "y_label": "y", "at": 1}
    >>> "<svg" in answer_chart(chart, "Example")
    True
    """
    known = [value for values in chart["lines"].values() for value in values if value is not None]
    ticks = nice_ticks(max(known, default=0.0))
    first, last = chart["x"][0], chart["x"][-1]
    span = (last - first) or 1.0

    def place(x: float, y: float) -> tuple[float, float]:
        across = LEFT + (WIDTH - LEFT - RIGHT) * (x - first) / span
        return across, HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * y / ticks[-1]

    body = [_level(place(first, tick)[1], f"{tick:,.10g}") for tick in ticks]
    if chart["at"] is not None:
        x = place(chart["at"], 0)[0]
        body.append(
            f'<line class="at" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{HEIGHT - BOTTOM}"/>'
        )
    for number, (label, values) in enumerate(chart["lines"].items()):
        places = [place(x, y) for x, y in zip(chart["x"], values, strict=True) if y is not None]
        body.append(_line(number, label, places))
    body.append(_below(f"{first:,.4g}", f"{last:,.4g}", f"{chart['x_label']} — {chart['y_label']}"))
    return _svg(HEIGHT, title, body)


def claims_chart(rows: Sequence[Mapping[str, Any]], title: str) -> Markup:
    """Draw published shares of failures, claim above test above find, on a logarithmic axis.

    Parameters
    ----------
    rows : sequence of mapping
        ``kind``, ``low``, ``high``, ``evidence`` and ``measures`` of each statement.
    title : str
        Read to people who cannot see the chart.

    Examples
    --------
    >>> row = {"kind": "tested", "low": 0.1, "high": 0.2, "evidence": "read", "measures": "failed"}
    >>> claims_chart([row], "Example").count('class="claim tested read"')
    1
    """
    height = TOP + ROW * len(rows) + BOTTOM
    base = height - BOTTOM

    def across(share: float) -> float:
        decades = math.log10(max(share, LOWEST_SHARE) / LOWEST_SHARE) / -math.log10(LOWEST_SHARE)
        return 110 + (WIDTH - 134) * decades

    body = [
        f'<line class="grid" x1="{across(share):.1f}" x2="{across(share):.1f}" y1="{TOP}" '
        f'y2="{base}"/><text x="{across(share):.1f}" y="{base + 16}" '
        f'text-anchor="middle">{100 * share:g} %</text>'
        for share in (1e-6, 1e-4, 1e-2, 0.1, 1.0)
    ]
    for number, row in enumerate(rows):
        y, start, end = TOP + ROW * (number + 0.5), across(row["low"]), across(row["high"])
        body.append(
            f'<text x="{LEFT + 38}" y="{y + 4:.1f}" text-anchor="end">{_words(row["kind"])}</text>'
            f'<rect class="claim {escape(row["kind"])} {escape(row["evidence"])}" '
            f'x="{start - 3:.1f}" y="{y - 5:.1f}" width="{end - start + 6:.1f}" height="10" rx="5">'
            f"<title>{escape(row['measures'])}: {row['low']:g} – {row['high']:g}</title></rect>"
        )
    body.append(_below("", "", "share of items, logarithmic scale", height))
    return _svg(height, title, body, "chart narrow")


def _words(name: str) -> str:
    return escape(name.replace("_", " "))


def _level(y: float, label: str) -> str:
    return (
        f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{label}</text>'
    )


def _line(number: int, label: str, places: Sequence[tuple[float, float]]) -> str:
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2"/>' for x, y in places)
    return (
        f'<g class="line sweep{number}"><title>{escape(label)}</title>'
        f'<polyline points="{points}"/>{dots}</g>'
    )


def _below(first: str, last: str, label: str, height: int = HEIGHT) -> str:
    base = height - BOTTOM
    return (
        f'<text x="{LEFT}" y="{base + 16}">{first}</text>'
        f'<text x="{WIDTH - RIGHT}" y="{base + 16}" text-anchor="end">{last}</text>'
        f'<text class="label" x="{(LEFT + WIDTH - RIGHT) / 2}" y="{height - 8}" '
        f'text-anchor="middle">{escape(label)}</text>'
    )


def _svg(height: int, title: str, body: Sequence[str], style: str = "chart") -> Markup:
    return Markup(
        f'<svg class="{style}" viewBox="0 0 {WIDTH} {height}" role="img">'
        f"<title>{escape(title)}</title>{''.join(body)}</svg>"
    )
