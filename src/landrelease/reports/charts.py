"""Small charts as SVG text: the same bytes every time, readable in print and on dark pages.

Colours come from classes of the page's style sheet; text takes the colour of the page.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from html import escape

WIDTH, HEIGHT = 720, 280
LEFT, RIGHT, TOP, BOTTOM = 64, 12, 28, 34
TICK_GAP = 36


def stacked_bars(
    labels: Sequence[str], series: Mapping[str, Sequence[float]], *, unit: str, says: str
) -> str:
    """Bars of stacked parts.

    Parameters
    ----------
    labels : sequence of str
        One per bar.
    series : mapping
        Class name of the part → its values, none negative; stacked in order.
    unit : str
        Unit of the values, written at the axis.
    says : str
        The chart in words.

    Examples
    --------
    >>> svg = stacked_bars(["2023"], {"cleared": [5.0]}, unit="m²", says="5 m² cleared in 2023")
    >>> svg.count('class="cleared"'), "5 m² cleared" in svg
    (1, True)
    """
    tops = [sum(values[i] for values in series.values()) for i in range(len(labels))]
    scale = _Scale(max(tops, default=0.0))
    step = (WIDTH - LEFT - RIGHT) / max(1, len(labels))
    parts = [scale.grid(unit)]
    for index, label in enumerate(labels):
        middle = LEFT + step * (index + 0.5)
        parts.append(_bar(middle, min(step * 0.68, 64.0), index, series, scale))
        if index % _every(len(labels)) == 0:
            parts.append(_text(middle, HEIGHT - 12, label, "middle"))
    return _svg(parts, says)


def lines(
    days: Sequence[float],
    series: Mapping[str, Sequence[tuple[float, float, float]]],
    *,
    unit: str,
    says: str,
) -> str:
    """Lines with bands.

    Parameters
    ----------
    days : sequence of float
        Places on the horizontal axis.
    series : mapping
        Class name → (lower, mean, upper) at each place.
    unit, says : str
        Unit of the horizontal axis, and the chart in words.
    """
    highest = max((upper for band in series.values() for _, _, upper in band), default=0.0)
    scale = _Scale(highest)
    first, last = min(days, default=0.0), max(days, default=1.0)
    wide = WIDTH - LEFT - RIGHT

    def across(day: float) -> float:
        return LEFT + wide * (day - first) / ((last - first) or 1.0)

    parts = [scale.grid("items")]
    for name, band in series.items():
        there = [(across(d), scale.up(u)) for d, (_, _, u) in zip(days, band, strict=True)]
        back = [(across(d), scale.up(lo)) for d, (lo, _, _) in zip(days, band, strict=True)]
        mean = [(across(d), scale.up(m)) for d, (_, m, _) in zip(days, band, strict=True)]
        parts.append(f'<polygon class="{name} band" points="{_points([*there, *back[::-1]])}"/>')
        parts.append(f'<polyline class="{name} line" points="{_points(mean)}"/>')
    *before, latest = _thinned(days, across) or [last]
    parts += [_text(across(d), HEIGHT - 12, f"{d:g}", "middle") for d in before]
    parts.append(_text(WIDTH - RIGHT, HEIGHT - 12, f"{latest:g} {unit}", "end"))
    return _svg(parts, says)


class _Scale:
    """Vertical axis from 0 to a round figure."""

    def __init__(self, highest: float) -> None:
        self.step = _round_step(highest / 4)
        self.top = self.step * max(1, math.ceil(highest / self.step - 1e-9))

    def up(self, value: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / self.top

    def grid(self, unit: str) -> str:
        ticks = [self.step * i for i in range(round(self.top / self.step) + 1)]
        drawn = [
            f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
            + _text(LEFT - 8, y + 4, f"{tick:,.10g}", "end")
            for tick in ticks
            for y in [self.up(tick)]
        ]
        return "".join(drawn) + _text(LEFT - 8, 12, unit, "end")


def _round_step(rough: float) -> float:
    if rough <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(rough))
    return next((m * power for m in (1.0, 2.0, 2.5, 5.0) if m * power >= rough), 10.0 * power)


def _bar(
    middle: float, width: float, index: int, series: Mapping[str, Sequence[float]], scale: _Scale
) -> str:
    drawn, below = [], 0.0
    for name, values in series.items():
        value = values[index]
        if value > 0:
            y = scale.up(below + value)
            high = scale.up(below) - y
            drawn.append(
                f'<rect class="{name}" x="{middle - width / 2:.1f}" y="{y:.1f}" '
                f'width="{width:.1f}" height="{high:.1f}"/>'
            )
        below += value
    return "".join(drawn)


def _every(count: int) -> int:
    return max(1, math.ceil(count / 14))


def _thinned(days: Sequence[float], place: Callable[[float], float]) -> list[float]:
    """Days far enough apart to be written, the first and the last always."""
    ordered = sorted(set(days))
    kept = ordered[:1]
    for day in ordered[1:]:
        room = day == ordered[-1] or place(ordered[-1]) - place(day) >= 2 * TICK_GAP
        if room and place(day) - place(kept[-1]) >= TICK_GAP:
            kept.append(day)
    return kept


def _points(pairs: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in pairs)


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def _svg(parts: Sequence[str], says: str) -> str:
    return (
        f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{escape(says, quote=True)}">{"".join(parts)}</svg>'
    )
