"""Charts as inline SVG text: a line chart with bands, and one bar of parts."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

WIDTH, HEIGHT = 720, 320
LEFT, RIGHT, TOP, BOTTOM = 64, 16, 16, 48


@dataclass(frozen=True)
class Line:
    """One line of a chart with its interval.

    Attributes
    ----------
    name : str
        Class of its style: the style sheet gives the colour.
    label : str
        What it shows.
    mean, lower, upper : sequence of float
        One value for each position.
    """

    name: str
    label: str
    mean: Sequence[float]
    lower: Sequence[float]
    upper: Sequence[float]


@dataclass(frozen=True)
class _Frame:
    """Scales of the plot."""

    positions: Sequence[float]
    top: float

    def x(self, value: float) -> float:
        # The square root gives the first days, when most happens, the room they need.
        span = math.sqrt(max(self.positions)) or 1.0
        return LEFT + (WIDTH - LEFT - RIGHT) * math.sqrt(value) / span

    def y(self, value: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / self.top


def line_chart(
    positions: Sequence[float], lines: Sequence[Line], *, x_label: str, y_label: str, title: str
) -> Markup:
    """Draw lines with their intervals over a square-root axis.

    Parameters
    ----------
    positions : sequence of float
        Positions along the axis, not negative and rising.
    lines : sequence of Line
        Their values; the axis begins at 0.
    x_label, y_label : str
        What the axes hold, with units.
    title : str
        Read to people who cannot see the chart.

    Returns
    -------
    markupsafe.Markup
        The ``svg`` element.

    Examples
    --------
    >>> line = Line("a", "A", [10, 5], [8, 3], [12, 7])
    >>> "polyline" in line_chart([0, 30], [line], x_label="days", y_label="items", title="T")
    True
    """
    ticks = nice_ticks(max(max(line.upper) for line in lines))
    frame = _Frame(positions, ticks[-1])
    body = [_grid(frame, ticks), _axis(frame, x_label, y_label)]
    body += [_band(frame, line) for line in lines] + [_line(frame, line) for line in lines]
    return Markup(
        f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">'
        f"<title>{escape(title)}</title>{''.join(body)}</svg>"
    )


def nice_ticks(top: float, count: int = 4) -> list[float]:
    """Return round values from 0 to at least `top`.

    Examples
    --------
    >>> nice_ticks(590), nice_ticks(0)
    ([0.0, 200.0, 400.0, 600.0], [0.0, 1.0])
    """
    if top <= 0:
        return [0.0, 1.0]
    raw = top / count
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * m for m in (1, 2, 2.5, 5, 10) if power * m >= raw)
    return [step * i for i in range(math.ceil(top / step - 1e-9) + 1)]


def _grid(frame: _Frame, ticks: Sequence[float]) -> str:
    return "".join(
        f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{tick:,.10g}</text>'
        for tick in ticks
        for y in [frame.y(tick)]
    )


def _axis(frame: _Frame, x_label: str, y_label: str) -> str:
    base, middle = HEIGHT - BOTTOM, (TOP + HEIGHT - BOTTOM) / 2
    labels = "".join(
        f'<text x="{frame.x(value):.1f}" y="{base + 18}" text-anchor="middle">{value:,.10g}</text>'
        for value in _spaced(frame)
    )
    return (
        f'<line class="axis" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{base}" y2="{base}"/>{labels}'
        f'<text class="label" x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 8}" '
        f'text-anchor="middle">{escape(x_label)}</text>'
        f'<text class="label" transform="translate(14 {middle:.0f}) rotate(-90)" '
        f'text-anchor="middle">{escape(y_label)}</text>'
    )


def _spaced(frame: _Frame, least: float = 34) -> list[float]:
    """Positions whose labels do not run into one another; the last is always among them."""
    kept: list[float] = []
    for value in reversed(frame.positions):
        if not kept or frame.x(kept[-1]) - frame.x(value) >= least:
            kept.append(value)
    return kept


def _band(frame: _Frame, line: Line) -> str:
    upper = [(frame.x(p), frame.y(v)) for p, v in zip(frame.positions, line.upper, strict=True)]
    lower = [(frame.x(p), frame.y(v)) for p, v in zip(frame.positions, line.lower, strict=True)]
    return f'<polygon class="band {line.name}" points="{_points(upper + lower[::-1])}"/>'


def _line(frame: _Frame, line: Line) -> str:
    places = [(frame.x(p), frame.y(v)) for p, v in zip(frame.positions, line.mean, strict=True)]
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in places)
    return f'<g class="line {line.name}"><polyline points="{_points(places)}"/>{dots}</g>'


def _points(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in places)


def parts_bar(parts: Mapping[str, float], title: str) -> Markup:
    """Draw amounts as one bar; what is zero or less is left out.

    Parameters
    ----------
    parts : mapping
        Amount by class of style, in drawing order.
    title : str
        Read to people who cannot see the bar.

    Examples
    --------
    >>> parts_bar({"cleared": 1.0, "remaining": 3.0}, "Balance").count("<rect")
    2
    """
    positive = {name: amount for name, amount in parts.items() if amount > 0}
    total = sum(positive.values()) or 1.0
    at, body = 0.0, []
    for name, amount in positive.items():
        width = 1000 * amount / total
        body.append(f'<rect class="{name}" x="{at:.2f}" width="{width:.2f}" height="28"/>')
        at += width
    return Markup(
        '<svg class="parts" viewBox="0 0 1000 28" preserveAspectRatio="none" role="img">'
        f"<title>{escape(title)}</title>{''.join(body)}</svg>"
    )
