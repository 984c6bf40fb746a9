"""Documents: formats, encodings, languages, dates of publication, refusals."""

from __future__ import annotations

import hashlib
import io

import pytest

from landrelease.errors import FieldError, InputError
from landrelease.evidence.documents import read_document
from landrelease.evidence.extract import extract
from tests.services.corpus import pdf


def test_offsets_are_those_of_the_file_as_given():
    """Line ends and the byte-order mark are kept, so offsets count the decoded file."""
    raw = "\ufeffFirst line.\r\nNorway ratified the Mine Ban Treaty in 1998.\r\n".encode()
    found = extract(read_document(raw))
    assert found.document.text == raw.decode("utf-8")
    assert [raw.decode("utf-8")[p.start : p.end] for p in found.proposals] == [
        p.quote for p in found.proposals
    ]
    assert any(p.category == "treaty_position" for p in found.proposals)


def test_hash_is_of_the_raw_bytes():
    """The document's hash is the file's."""
    raw = b"Five mines were found."
    assert read_document(raw).sha256 == hashlib.sha256(raw).hexdigest()


@pytest.mark.parametrize(
    ("raw", "code"),
    [(b"", "file_empty"), (b" \n\t", "file_empty"), (b"text\x00with zero", "file_binary"), (bytes(range(256)) * 9, "file_binary"), (b"%PDF-1.4 broken", "pdf_unreadable")],
)  # fmt: skip
def test_unreadable_files_are_refused_with_a_code(raw, code):
    """Empty, binary and damaged files each have their error."""
    with pytest.raises(InputError) as problem:
        read_document(raw, name="x")
    assert problem.value.code == code


def test_pdf_of_pictures_is_refused():
    """A PDF without a text layer says so."""
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer)
    page.rect(10, 10, 100, 100)
    page.save()
    with pytest.raises(InputError) as problem:
        read_document(buffer.getvalue())
    assert problem.value.code == "pdf_without_text"


@pytest.mark.parametrize(
    ("text", "url", "given", "want"),
    [
        ("---\ndate: 2023-01-06\n---\nText of mines.", None, None, ("2023-01-06", "metadata")),
        ("Text of mines.", "https://x.org/2024/11/21/story", None, ("2024-11-21", "address")),
        ("Text of mines.", "https://x.org/news/2024-11/story", None, ("2024-11", "address")),
        ("---\ndate: 2023-01-06\n---\nText of mines.", None, "2022", ("2022", "given")),
        ("Text of mines.", None, None, (None, "unknown")),
    ],
)
def test_date_of_publication_and_its_basis(text, url, given, want):
    """What is given goes over metadata, metadata over the address, and nothing is invented."""
    document = read_document(text.encode(), url=url, published=given)
    assert (document.published_on, document.published_basis) == want


def test_a_bad_date_is_refused():
    """A date of publication is a partial ISO date."""
    with pytest.raises(FieldError):
        read_document(b"x y", published="21 November")


def test_other_languages_are_kept_and_said_plainly():
    """A French text becomes a document with a warning and without proposals."""
    text = "Les démineurs ont détruit 40 mines dans la région et le ministère de la défense a dit que les travaux sont finis."
    found = extract(read_document(text.encode(), published="2024"))
    assert found.document.language == "fr"
    assert not found.document.language_supported
    assert found.proposals == ()
    assert "not covered" in " ".join(found.document.warnings)


def test_latin_1_is_read_with_a_warning():
    """A file that is not UTF-8 is read and the guess is told."""
    raw = ("Déminage: la Croix-Rouge à Genève a été avisée. " * 30).encode("latin-1")
    document = read_document(raw)
    assert "Genève" in document.text
    assert document.warnings


def test_without_a_date_relative_words_stay_open():
    """«Last week» without a date of publication gives no period but a remark."""
    found = extract("Teams cleared 3 hectares and destroyed 12 mines last week in Angola.")
    events = [p for p in found.proposals if p.category == "event"]
    assert events[0].fields["period_start"] is None
    assert events[0].fields["area_m2"] == 30000


BODY = "Teams cleared 3 hectares in Laos and destroyed 12 mines, the agency said in a statement."


@pytest.mark.parametrize(
    ("block", "field", "want"),
    [
        ("date: January 6, 2023", "published_on", "2023-01-06"),
        ("Published: 6 January 2023", "published_on", "2023-01-06"),
        ("published_time: 2023-01-06 17:11:39-05:00", "published_on", "2023-01-06"),
        ("date: soon", "published_on", None),
        ("date: 2023-02-30", "published_on", None),
        ("license: CC BY 4.0", "licence", "CC BY 4.0"),
        ("rights: all reserved", "licence", "all reserved"),
        ("site-name: A Centre", "publisher", "A Centre"),
        ("source_url: https://example.org/a", "url", "https://example.org/a"),
        ("source: a ministry", "url", None),
        ("Title: Weekly", "title", "Weekly"),
        ("title: [a, {b", "title", None),
    ],
)
def test_front_matter_is_read_by_the_names_that_blocks_use(block, field, want):
    """Dates, licence, publisher, address and title under their usual names; nothing is guessed."""
    document = read_document(f"---\n{block}\n---\n{BODY}\n".encode(), name="a.md")
    assert getattr(document, field) == want
    assert document.text.startswith("---")


def test_a_page_says_its_licence_address_and_publisher():
    """What a page's head states is kept with the document."""
    pytest.importorskip("trafilatura", reason="reads web pages: needs landrelease[news]")
    head = (
        '<title>T</title><link rel="canonical" href="https://example.org/story">'
        '<meta property="og:site_name" content="Example News">'
        '<meta property="article:published_time" content="2024-03-05T10:00:00Z">'
    )
    licence = '<a rel="license" href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>'
    raw = f"<html><head>{head}</head><body><p>{BODY}</p>{licence}</body></html>".encode()
    document = read_document(raw)
    assert document.url == "https://example.org/story"
    assert (document.publisher, document.published_on) == ("Example News", "2024-03-05")
    assert document.licence
    assert "CC BY 4.0" in document.licence


def test_the_persons_word_goes_over_the_documents():
    """Given date, publisher and licence replace those of the front matter."""
    raw = f"---\ndate: 2023\nsite: A\nlicense: B\n---\n{BODY}".encode()
    document = read_document(raw, published="2024", publisher="C", licence="D")
    assert (document.published_on, document.publisher, document.licence) == ("2024", "C", "D")


def test_a_pdf_is_dated_by_its_making_and_says_so():
    """The day of making is taken where nobody knows better, with a remark."""
    pypdf = pytest.importorskip("pypdf", reason="reads PDF files: needs landrelease[news]")
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(BODY)))
    writer.add_metadata({"/CreationDate": "D:20240504120000Z", "/Title": "Weekly"})
    buffer = io.BytesIO()
    writer.write(buffer)
    document = read_document(buffer.getvalue())
    assert (document.published_on, document.title) == ("2024-05-04", "Weekly")
    assert "the PDF was made" in document.warnings[-1]
    assert not read_document(buffer.getvalue(), published="2024-05-06").warnings


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.md", "a"])
def test_a_file_is_read_by_what_it_holds_and_not_by_its_ending(name):
    """A PDF and a text under any name are what they are."""
    pytest.importorskip("pypdf", reason="reads PDF files: needs landrelease[news]")
    assert read_document(pdf(BODY), name=name).media_type == "application/pdf"
    assert BODY in read_document(BODY.encode(), name=name.replace(".md", ".pdf")).text


def test_rich_text_is_refused_and_not_read_as_text():
    """An RTF file would give its markup for words."""
    with pytest.raises(InputError) as problem:
        read_document(rb"{\rtf1\ansi Teams cleared 3 ha.}", name="a.rtf")
    assert problem.value.code == "file_binary"


def test_a_language_that_nobody_listed_is_not_taken_for_english():
    """A long text without an English word is kept and said to be uncovered."""
    text = "Suomi vetäytyi sopimuksesta ja ministeri kertoi asiasta torstaina. " * 20
    document = read_document(text.encode(), published="2024")
    assert (document.language, document.language_supported) == ("und", False)
    assert "not covered" in document.warnings[0]
    assert read_document(b"UXO: 12; AP mines: 40; km2: 3", published="2024").language_supported


REMARKS = [
    "<footer><p>© 12 March 2019 The Daily</p></footer>",
    "<footer>Last updated <time datetime='2020-06-03'>3 June 2020</time></footer>",
    "<div id='footer'>Page last updated on 2020-06-03</div>",
    "<aside><time datetime='2021-01-02'>2 January 2021</time> Another story</aside>",
    "<meta property='article:modified_time' content='2020-06-03'>",
]


def dated_page(foot: str, head: str = "") -> bytes:
    """A page of one report with something at its foot and in its head."""
    told = f"<article><h1>Mines found</h1>{f'<p>{BODY}</p>' * 5}</article>"
    return f"<html><head>{head}</head><body>{told}{foot}</body></html>".encode()


@pytest.mark.parametrize("remark", REMARKS)
def test_a_date_of_the_foot_or_of_a_change_is_not_the_day_of_publication(remark):
    """It is named in a remark and not taken; a person's word ends the remark."""
    pytest.importorskip("trafilatura", reason="reads web pages: needs landrelease[news]")
    document = read_document(dated_page(remark))
    assert (document.published_on, document.published_basis) == (None, "unknown")
    assert "was not taken" in document.warnings[-1]
    assert not read_document(dated_page(remark), published="2018").warnings


@pytest.mark.parametrize("remark", REMARKS)
def test_a_page_that_says_when_it_was_published_keeps_that_day(remark):
    """Foot and changes take nothing from a stated day of publication."""
    pytest.importorskip("trafilatura", reason="reads web pages: needs landrelease[news]")
    stated = "<meta property='article:published_time' content='2018-06-03'>"
    document = read_document(dated_page(remark, stated))
    assert (document.published_on, document.published_basis) == ("2018-06-03", "metadata")
    assert not document.warnings
