"""Numbers, areas and dates as people write them: read right, or said to be doubtful."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landrelease.domain.kinds import FieldSpec
from landrelease.exchange import ImportMapping
from landrelease.exchange.fields import read_one_field
from landrelease.exchange.values import (
    AREA_UNITS,
    is_date_format,
    marks_of,
    read_area_m2,
    read_date,
    read_number,
)


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [
        ("12", 12, None),
        ("-3.5", -3.5, None),
        ("1e3", 1000, None),
        ("1,234,567", 1_234_567, "number_separators"),
        ("1.234.567", 1_234_567, "number_separators"),
        ("1 234", 1234, "number_separators"),
        ("1'234.5", 1234.5, "number_separators"),
        ("1,234.5", 1234.5, "number_separators"),
        ("1.234,5", 1234.5, "number_separators"),
        ("12,5", 12.5, "number_separators"),
        ("2,006", None, "number_ambiguous"),
        ("twelve", None, "number_invalid"),
        ("1,2,3", None, "number_invalid"),
        ("", None, "number_invalid"),
        ("NaN", None, "number_invalid"),
    ],
)
def test_numbers_with_and_without_separators(text, value, code):
    """Separators that leave no doubt are read; a single comma before three digits is not guessed."""
    found = read_number(text)
    assert (found.value, found.code) == (value, code)
    assert found.faithful == (value is not None)


@pytest.mark.parametrize(
    ("cells", "decimal"),
    [
        (["1.234", "12.5"], "."),
        (["1.234", "12,5"], ","),
        (["1,234", "1,234,567"], "."),
        (["1.234", "0.125"], "."),
        (["1.234 ha", "1234.567 ha"], "."),
        (["1.234", "1.234,5"], ","),
        (["1.234", "2.345", "many", None, 3.5], None),
        (["1.234", "12,5", "12.5"], None),
    ],
)
def test_the_marks_of_a_column_are_told_by_its_other_numbers(cells, decimal):
    """One number that reads in one way only decides; none, or two that contradict, do not."""
    found = marks_of(cells)
    assert (found and found.decimal) == decimal


def read(cells, **rule):
    """A column of killed people as the import reads it: values and codes."""
    mapping = ImportMapping(kind="accident", fields={"killed": {"column": "n", **rule}})
    spec = FieldSpec("depth_m", "number", "internal")
    rows = list(range(len(cells)))
    found = read_one_field({"n": cells}, rows, spec, mapping.fields["killed"], mapping)
    return found.values, {code for code, _ in found.notices.values()}


def test_a_doubtful_number_is_read_as_its_column_or_its_mapping_says():
    """Alone it is not guessed; another row, the mapping, or being a number in the file decides."""
    assert read(["1.234", "2,345"]) == ([None, None], {"number_ambiguous"})
    assert read(["1.234", "12,5"]) == ([1234.0, 12.5], {"number_separators"})
    assert read(["1.234", "12.5"]) == ([1.234, 12.5], set())
    assert read(["1.234"], decimal=".") == ([1.234], set())
    assert read(["1.234"], thousands=".") == ([1234.0], {"number_separators"})
    assert read([1.234, "9"]) == ([1.234, 9.0], set())


@given(st.integers(-(10**9), 10**9))
def test_thousands_are_undone(number):
    """A whole number written with commas is read back once the mapping says what commas are."""
    assert read_number(f"{number:,}", thousands=",").value == number


@given(st.text(max_size=20))
def test_any_text_is_a_number_or_is_said_not_to_be(text):
    """No text makes the reader fail; without a value there is a code."""
    found = read_number(text)
    assert (found.value is None) == (found.code in ("number_invalid", "number_ambiguous"))


@given(st.floats(0.001, 1e6), st.sampled_from(sorted(AREA_UNITS)))
def test_areas_are_turned_into_square_metres(value, unit):
    """A unit in the cell and the same unit in the mapping mean the same."""
    expected = pytest.approx(value * AREA_UNITS[unit])
    assert read_area_m2(value, unit).value == expected
    assert read_area_m2(f"{value:.12f} {unit}", None).value == pytest.approx(
        value * AREA_UNITS[unit], abs=1e-3
    )


def test_an_unknown_unit_is_not_guessed():
    """Acres are no unit of the list; the cell is kept."""
    assert read_area_m2("3 acres", None).code == "number_invalid"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2019", "2019"),
        ("2019-07", "2019-07"),
        ("2019/07/04", "2019-07-04"),
        ("2019-07-04T08:30:00Z", "2019-07-04"),
        ("04.07.2019", "2019-07-04"),
        ("4 July 2019", "2019-07-04"),
        ("04-Jul-2019", "2019-07-04"),
        ("July 2019", "2019-07"),
        ("July 4, 2019", "2019-07-04"),
        ("25/12/2019", "2019-12-25"),
        ("12/25/2019", "2019-12-25"),
        ("07/07/2019", "2019-07-07"),
    ],
)
def test_dates_that_can_be_read_in_one_way(text, value):
    """Each is read to the precision it has, and no finer."""
    assert read_date(text).value == value


@pytest.mark.parametrize(
    "text", ["2019-02-30", "31/02/2019", "0000-00-00", "soon", "43567", "13/13/2019"]
)
def test_dates_that_cannot_be(text):
    """Impossible dates and other words are named, never bent into a date."""
    assert read_date(text) == (None, "date_invalid", "", False)


def test_two_format_dates_keep_what_is_certain():
    """Day-month or month-day: the year stands, the cell is kept; a format of the mapping decides."""
    assert read_date("03/04/2019")[:2] == ("2019", "date_ambiguous")
    assert read_date("03/04/2019", ["MM/DD/YYYY"]).value == "2019-03-04"
    assert read_date("03/04/19", ["DD/MM/YY"]).value == "2019-04-03"


@given(st.dates(datetime.date(1, 1, 1), datetime.date(9999, 12, 31)))
def test_iso_dates_survive(day):
    """An ISO date is read as itself."""
    assert read_date(day.isoformat()).value == day.isoformat()


parts = st.lists(st.sampled_from(["DD", "MM", "MMM", "YY", "YYYY", "/", " ", ".", "x"]), max_size=6)


@given(st.text("0123456789/-. Jaunmry", max_size=15), parts.map("".join).filter(is_date_format))
def test_any_text_and_any_format_are_answered(text, form):
    """No text makes the reader fail, whatever format the mapping allows."""
    found = read_date(text, [form])
    assert found.value is not None or found.code == "date_invalid"


@given(st.dates(datetime.date(1950, 1, 1), datetime.date(2029, 12, 31)))
def test_dates_in_any_named_format_survive(day):
    """Written by a format of the mapping, a date is read back."""
    formats = {"DD/MM/YYYY": "%d/%m/%Y", "MM-DD-YY": "%m-%d-%y", "YYYY DD MMM": "%Y %d %b"}
    for form, code in formats.items():
        assert read_date(day.strftime(code), [form]).value == day.isoformat()
