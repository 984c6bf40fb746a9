"""Charts: the drawing agrees with the numbers."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landrelease.web.charts import Line, line_chart, nice_ticks, parts_bar
from landrelease.web.views import segments

amounts = st.dictionaries(
    st.sampled_from(["cancelled", "reduced", "cleared", "remaining"]), st.floats(0, 1e9), min_size=1
)


@settings(deadline=None)
@given(amounts)
def test_bar_parts_fill_the_bar(parts):
    """The widths are in proportion and fill the bar, unless there is nothing."""
    widths = [float(w) for w in re.findall(r' width="([\d.]+)"', parts_bar(parts, "t"))]
    if any(parts.values()):
        assert sum(widths) == pytest.approx(1000, abs=0.1)
    else:
        assert widths == []


@settings(deadline=None)
@given(st.floats(1e-6, 1e12))
def test_ticks_are_even_and_reach_the_top(top):
    """Ticks begin at 0, step evenly and end at or above the top, not far above."""
    ticks = nice_ticks(top)
    steps = {round((b - a) / ticks[1], 9) for a, b in itertools.pairwise(ticks)}
    assert ticks[0] == 0
    assert steps == {1.0}
    assert top * (1 - 1e-9) <= ticks[-1] <= top * 2.6


def test_line_runs_through_its_values():
    """Higher values stand higher, later ones further right, and the title is escaped."""
    line = Line("a", "A", [10.0, 5.0, 0.0], [9.0, 4.0, 0.0], [11.0, 6.0, 0.0])
    svg = line_chart([0, 10, 40], [line], x_label="days", y_label="items", title="a < b")
    points = re.search(r'<polyline points="([^"]+)"', svg).group(1).split()
    places = [tuple(map(float, point.split(","))) for point in points]
    assert [x for x, _ in places] == sorted(x for x, _ in places)
    assert [y for _, y in places] == sorted(y for _, y in places)
    assert places[1][0] - places[0][0] == pytest.approx(places[2][0] - places[1][0], abs=0.2)
    assert "a &lt; b" in svg


spans = st.tuples(st.integers(-5, 40), st.integers(-5, 40)).map(
    lambda pair: {"start": min(pair), "end": max(pair)}
)


@settings(deadline=None)
@given(st.text(max_size=30), st.lists(spans, max_size=6))
def test_marked_text_is_the_text(text, marks):
    """Cut at any spans, the pieces join to the text, and each mark covers what it says."""
    cut = segments(text, marks)
    assert "".join(piece.text for piece in cut) == text
    for mark in marks:
        covered = "".join(piece.text for piece in cut if mark in piece.spans)
        assert covered == text[max(mark["start"], 0) : max(mark["end"], 0)]
