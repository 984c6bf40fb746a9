"""Documents: formats, encodings, languages, dates of publication, refusals."""

from __future__ import annotations

import hashlib
import io

import pytest

from landrelease.errors import FieldError, InputError
from landrelease.evidence.documents import read_document
from landrelease.evidence.extract import extract


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
