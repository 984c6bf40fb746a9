"""Page and workbook, read back by other readers."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from landrelease.errors import InputError
from landrelease.reports import country_report, write_html, write_pdf, write_xlsx

openpyxl = pytest.importorskip("openpyxl", reason="needs openpyxl as an independent reader")

SHEETS = ["Summary", "Areas", "Released", "Balance", "Accidents", "Not shown", "Sources"]


@pytest.fixture
def report(facts):
    """The country report of the small country."""
    return country_report(facts)


@pytest.fixture
def book(report, tmp_path):
    """The workbook as another program reads it."""
    return openpyxl.load_workbook(write_xlsx(report, tmp_path / "report.xlsx"))


def find(sheet, words):
    """The row number of the first cell of column A with these words."""
    return next(row[0].row for row in sheet.iter_rows() if row[0].value == words)


def test_the_workbook_has_its_sheets(book):
    """All sheets that readers rely on are there."""
    assert set(SHEETS) | {"Cells and records"} <= set(book.sheetnames)


def test_figures_are_numbers_with_units_in_the_heading(book):
    """The total of measured m² is a number in a column whose heading names m²."""
    sheet = book["Areas"]
    total = find(sheet, "Total")
    headings = {cell.value: cell.column for cell in sheet[2]}
    cell = sheet.cell(total, headings["Remaining, measured (m²)"])
    assert cell.value == 24_000
    assert cell.number_format == "#,##0"


def test_what_looks_like_a_formula_is_text(book):
    """A title that begins with '=' is a string cell marked as text, with its value unchanged."""
    cells = [c for row in book["Sources"].iter_rows() for c in row if c.value]
    cell = next(c for c in cells if "HYPERLINK" in str(c.value))
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("x")')
    assert cell.quotePrefix
    assert next(c for c in cells if c.value == "@office").quotePrefix


def test_every_record_behind_a_row_is_listed(book):
    """The trace names table, row, local id and record id, one record a line."""
    lines = list(book["Cells and records"].iter_rows(min_row=2, values_only=True))
    (line,) = [line for line in lines if line[4] == "p1" and line[0] == "released"]
    assert line[1] == "2024"
    assert "Cleared 3,000 m²" in line[2]
    assert line[3] == "LR-1"
    assert {line[4] for line in lines} >= {"a1", "a2", "a3", "p1", "p2", "p3", "x1", "x2"}


def test_nobody_is_named(report, tmp_path):
    """A name or identity handed in by mistake reaches neither page nor workbook."""
    page = write_html(report, tmp_path / "r.html").read_text(encoding="utf-8")
    book = openpyxl.load_workbook(write_xlsx(report, tmp_path / "r.xlsx"))
    cells = " ".join(str(c) for s in book for row in s.iter_rows(values_only=True) for c in row)
    for secret in ("SECRET NAME", "id-77"):
        assert secret not in page
        assert secret not in cells


class Checker(HTMLParser):
    """Collects tags left open and every address a page would load."""

    VOID = frozenset({"meta", "br", "hr", "img", "link", "input"})

    def __init__(self):
        super().__init__()
        self.stack, self.addresses, self.words = [], [], []

    def handle_starttag(self, tag, attrs):
        """Open a tag and note its addresses."""
        if tag not in self.VOID:
            self.stack.append(tag)
        self.addresses += [v for k, v in attrs if k in {"src", "href", "action", "xlink:href"}]

    def handle_startendtag(self, tag, attrs):
        """Note the addresses of a tag that closes itself."""
        self.addresses += [v for k, v in attrs if k in {"src", "href", "xlink:href"}]

    def handle_endtag(self, tag):
        """Close the tag opened last."""
        assert self.stack.pop() == tag

    def handle_data(self, data):
        """Keep the words."""
        self.words.append(data)


def test_the_page_is_whole_and_loads_nothing(report, tmp_path):
    """Tags are balanced; links go only to places in the page; no script, no outside address."""
    text = write_html(report, tmp_path / "r.html").read_text(encoding="utf-8")
    checker = Checker()
    checker.feed(text)
    assert checker.stack == []
    assert all(address.startswith("#") for address in checker.addresses)
    assert "<script" not in text
    assert not re.search(r"https?://|url\(|@import", text)


def test_the_page_says_what_must_be_said(report, tmp_path):
    """Standing sentences, both times, the head, the gap and the stated m² are on the page."""
    text = write_html(report, tmp_path / "r.html").read_text(encoding="utf-8")
    for words in (
        "No record is not evidence of no contamination",
        "Time does not release land",
        "2025-01-15T00:00:00Z",
        "ab" * 32,
        "no polygon, stated m² only",
        "1 reported hazard is not on it",
    ):
        assert words in text


def test_words_of_a_source_are_not_read_as_markup(facts, tmp_path):
    """A title with a tag in it is shown as written."""
    from dataclasses import replace

    bad = replace(facts, sources=[{"record_id": "s", "title": "<b onload=x>bold"}])
    text = write_html(country_report(bad), tmp_path / "r.html").read_text(encoding="utf-8")
    assert "<b onload" not in text
    assert "&lt;b onload=x&gt;bold" in text


def test_the_same_report_is_the_same_file(report, tmp_path):
    """Bytes of page and workbook depend on the report alone."""
    pytest.importorskip("typst", reason="needs the extra 'reports'")
    for write, suffix in ((write_html, "html"), (write_xlsx, "xlsx"), (write_pdf, "pdf")):
        one, two = (write(report, tmp_path / f"{n}.{suffix}") for n in "ab")
        assert one.read_bytes() == two.read_bytes()


def test_a_place_that_cannot_be_written_is_refused(report, tmp_path):
    """A folder, and a file in a folder that is not there, each have their code."""
    for write in (write_html, write_xlsx, write_pdf):
        for path, code in (
            (tmp_path, "file_is_directory"),
            (tmp_path / "no" / "r", "folder_missing"),
        ):
            with pytest.raises(InputError) as caught:
                write(report, path)
            assert caught.value.code == code


def test_the_pdf_says_the_same(report, tmp_path):
    """Another reader finds title, head, standing sentences and a total on the PDF's pages."""
    pypdf = pytest.importorskip("pypdf", reason="needs pypdf as an independent reader")
    pytest.importorskip("typst", reason="needs the extra 'reports'")
    pages = pypdf.PdfReader(write_pdf(report, tmp_path / "r.pdf")).pages
    words = " ".join(" ".join(page.extract_text().split()) for page in pages)
    for expected in (
        "Mine action in Testland",
        "ab" * 32,
        "No record is not evidence of no contamination",
        "Time does not release land",
        "24,000",
        '=HYPERLINK("x")',
    ):
        assert expected in words
    assert "SECRET NAME" not in words


def test_a_long_list_is_cut_on_the_page_and_whole_in_the_workbook(facts, tmp_path):
    """Of 60 conflicts the page prints 25 and says so; the workbook holds all 60."""
    from dataclasses import replace

    conflicts = [{"code": "overlap", "message": f"disagreement {n}"} for n in range(60)]
    many = country_report(replace(facts, conflicts=conflicts))
    page = write_html(many, tmp_path / "r.html").read_text(encoding="utf-8")
    assert page.count("disagreement ") == 25
    assert "The first 25 of 60 rows; the workbook holds all." in page
    sheet = openpyxl.load_workbook(write_xlsx(many, tmp_path / "r.xlsx"))["Not shown"]
    cells = [str(c) for row in sheet.iter_rows(values_only=True) for c in row]
    assert sum(cell.startswith("disagreement ") for cell in cells) == 60
