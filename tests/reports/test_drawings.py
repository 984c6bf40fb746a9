"""Charts and maps are well-formed, true to scale, and lose nothing."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import GeometryCollection, MultiPoint, Point, box

from landrelease.reports import MapArea
from landrelease.reports.charts import lines, stacked_bars
from landrelease.reports.map_svg import country_map
from landrelease.reports.model import written

values = st.lists(st.floats(0, 1e9), min_size=1, max_size=30)


@settings(max_examples=50, deadline=None)
@given(cleared=values)
def test_bars_are_as_high_as_their_values(cleared):
    """Heights are in proportion to values; a value of 0 draws no bar."""
    svg = stacked_bars(
        [str(i) for i in range(len(cleared))], {"cleared": cleared}, unit="m²", says=""
    )
    bars = [float(e.get("height")) for e in ElementTree.fromstring(svg) if e.tag == "rect"]
    drawn = [value for value in cleared if value > 0]
    assert len(bars) == len(drawn)
    highest = max(zip(drawn, bars, strict=True), default=None)
    for value, height in zip(drawn, bars, strict=True):
        assert height == pytest.approx(highest[1] * value / highest[0], abs=0.11)


def test_lines_are_well_formed_and_name_both_quantities():
    """Each quantity has its band and its line; the chart is said in words."""
    band = [(0.0, 1.0, 2.0), (0.0, 0.5, 1.0)]
    svg = lines(
        [0, 365], {"needs_clearance": band, "can_function": band}, unit="days", says="a < b"
    )
    root = ElementTree.fromstring(svg)
    classes = [e.get("class") for e in root if e.get("class")]
    assert {"needs_clearance band", "needs_clearance line", "can_function line"} <= set(classes)
    assert root.get("aria-label") == "a < b"
    assert "365 days" in svg


def test_every_shape_is_on_the_map():
    """Ten hazards from a square metre to a degree make ten marks; a tiny one is a dot."""
    shapes = [MapArea(box(-29, 31, -29 + 10.0**-n, 31 + 10.0**-n), "CHA") for n in range(10)]
    root = ElementTree.fromstring(country_map(shapes, "map"))
    marks = [e for e in root.iter() if e.get("class") == "CHA"]
    assert len(marks) == 10
    assert sum(e.tag == "circle" for e in marks) >= 6


def test_points_far_apart_are_a_dot_each():
    """A hazard of several points, or of a polygon and a point elsewhere, is drawn at each."""
    several = MapArea(MultiPoint([(0, 0), (3, 3)]), "SHA")
    assert country_map([several], "map").count("<circle") == 2
    mixed = MapArea(GeometryCollection([Point(0, 0), box(1, 1, 2, 2)]), "CHA")
    svg = country_map([mixed], "map")
    assert (svg.count("<circle"), svg.count('<path class="CHA"')) == (1, 1)


def test_empty_geometries_and_no_shapes_draw_nothing():
    """Without anything to draw there is no map, and an empty geometry is passed over."""
    assert country_map([], "map") == ""
    assert country_map([MapArea(None, "SHA"), MapArea(Point(), "SHA")], "map") == ""


def test_the_scale_bar_is_true():
    """A degree of latitude is 111.32 km: the bar's units agree with the drawn height of a box."""
    svg = country_map([MapArea(box(-29.2, 30.5, -28.8, 31.5), "district", "D")], "map")
    ys = [
        float(y) for _, y in re.findall(r"([\d.]+) ([\d.]+)", re.search(r'd="M([^"]*)Z"', svg)[0])
    ]
    start, end = re.search(r'class="scale" d="M(\d+) [\d.]+v5H([\d.]+)', svg).groups()
    km = float(re.search(r">([\d.]+) km<", svg)[1])
    assert (float(end) - float(start)) / km == pytest.approx((max(ys) - min(ys)) / 111.32, rel=5e-3)


def test_labels_are_not_read_as_markup():
    """A name with an ampersand or a tag stays well-formed text."""
    svg = country_map([MapArea(box(0, 0, 1, 1), "district", "A & <b>")], "x & y")
    ElementTree.fromstring(svg)
    assert "A &amp; &lt;b&gt;" in svg


@given(value=st.floats(-1e12, 1e12))
def test_figures_are_written_whole_and_without_minus_zero(value):
    """m² are written to the square metre with separators, and never as «-0»."""
    text = written(value, "m2")
    assert text != "-0"
    assert int(text.replace(",", "")) == round(value)
