"""Any text and any bytes: no crash, quotes stand where they say, degenerate lines stay cheap."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landrelease.errors import LandReleaseError
from landrelease.evidence.documents import read_document
from landrelease.evidence.explain import explain
from landrelease.evidence.extract import extract
from tests.services.corpus import page, pdf

PIECES = [
    "Ukraine", "the U.S.", "said", "\"", "“", "”", "mines", "cluster munitions", "2,000", "$3 million", "on Monday",
    "last year", "Mine Ban Treaty", "Neither", "nor", "killed", "and", ",", ".", "\n", "\n\n", "- ", "MR. REED:", "Q",
    "Ada Lind", "according to", "hectares", "12", "to", "withdrew from", "---\n", "⟨S1⟩", "\u00a0", "1-", "May", "1999-13-45", "☃", "(", ")",
]  # fmt: skip


def _sound(text: str, published: str | None) -> None:
    found = extract(text, published=published)
    for proposal in found.proposals:
        assert found.document.text[proposal.start : proposal.end] == proposal.quote != ""
    last = 0
    for dropped in found.dropped:
        assert last <= dropped.start <= dropped.end <= len(text)
        last = dropped.end
    explain(found)


@given(st.text(max_size=400), st.sampled_from([None, "2024", "2024-02", "2024-02-29"]))
@settings(max_examples=60, deadline=None)
def test_any_text_is_read(text, published):
    """Every quote is cut from the text and dropped spans are in order, whatever the text."""
    _sound(text, published)


@given(
    st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join),
    st.sampled_from([None, "2024-11-21"]),
)
@settings(max_examples=120, deadline=None)
def test_any_mixture_of_the_words_of_the_field_is_read(text, published):
    """Words that rules look for, in any order, break nothing."""
    _sound(text, published)


LINES = [
    "SMALL TEAMS CLEAR MINES NEAR THE RIVER", "Share | Print | Email | Copy link", "By Ada Lind", "12 min read", "Tags: Laos, mines",
    "KYIV, June 3 (Agency) — Teams cleared 3 ha of mines in Ukraine.", "Q: Who laid them?", "A: The army of Myanmar did.",
    "MS. LIND (Norway): We recorded 12 casualties in 2023.", "Subscribe to our newsletter", "Related articles", "© 2024 The Valley Post",
    "“We found 40 mines,” Ada Lind of the valley's mine action centre said on Monday.", "- Two children were killed in Laos, 3 May;",
    "Norway, Laos and the Netherlands are party to the Mine Ban Treaty", "The United States sent Ukraine 400 drones worth $3 million.",
    "Mines reportedly, allegedly and most likely laid by the army lay in Laos", "Photo: A. B. C. Lind / Valley Post", "Home | News | About",
    "---", "| Year | Killed |", "| 2023 | 12 |", "1. Background", "Follow us on Facebook", "READ MORE: Mines in Laos", "\u00a0", "* * *",
]  # fmt: skip
"""Lines as pages print them: furniture, headings, labels, rows of tables, prose."""


@given(
    st.lists(
        st.tuples(st.lists(st.sampled_from(LINES), min_size=1, max_size=4), st.integers(1, 5)),
        max_size=12,
    ),
    st.sampled_from(["\n", "\r\n", "\n\n", " ", "\u00a0", "\u2028"]),
)
@settings(max_examples=25, deadline=None)
def test_any_page_of_real_lines_is_read(parts, between):
    """Lines of pages in any order, joined and repeated in any way, are read and quoted exactly."""
    rows = [between.join(lines * times) for lines, times in parts]
    _sound("\n".join(rows), "2024-11-21")


FILES = {
    "page": page("Teams cleared 3 ha in Laos on 4 May 2024.\n\n“We go on,” said Ana Vong."),
    "pdf": pdf("Teams cleared 3 ha in Laos on 4 May 2024."),
    "front matter": b"---\ndate: 2024-05-04\nlicense: [a, b]\n---\nTeams cleared 3 ha in Laos.",
    "wide": "Teams cleared 3 ha in Laos.".encode("utf-16"),
}


@given(
    st.sampled_from(sorted(FILES)),
    st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=12), st.integers(0, 40)), max_size=8),
    st.sampled_from(["a", "a.txt", "a.html", "a.pdf", "a.md"]),
)
@settings(max_examples=60, deadline=None)
def test_a_damaged_file_is_read_or_refused_with_a_code(kind, wounds, name):
    """Pages, PDF and other files with bytes cut out and put in: a document or an error of ours."""
    raw = bytearray(FILES[kind])
    for place, put, cut in wounds:
        at = int(place * len(raw))
        raw[at : at + cut] = put
    with suppress(LandReleaseError):
        _sound(read_document(bytes(raw), name=name).text, None)


@given(st.binary(max_size=300))
@settings(max_examples=120, deadline=None)
def test_any_bytes_are_read_or_refused_with_a_code(raw):
    """Bytes become a document or an error of ours, never another exception."""
    with suppress(LandReleaseError):
        document = read_document(raw)
        assert len(document.sha256) == 64


@pytest.mark.parametrize(
    "text",
    ["a" * 10**6, "\n" * 10**6, '"' * 10**6, "“" * 10**6, "1" * 10**6, "(" * 10**6, " " * 10**6],
)
def test_a_line_of_a_megabyte_is_not_prose(text):
    """Nothing is proposed from a megabyte without spaces or of marks only, and it is not read."""
    found = extract(text, published="2024")
    assert found.proposals == ()


def test_two_readings_agree():
    """Reading is pure: the same text gives the same proposals."""
    text = (
        "The army of Myanmar used mines in 2024, Ada Lind of Amnesty International said on Monday."
    )
    assert (
        extract(text, published="2025-01-08").as_json()
        == extract(text, published="2025-01-08").as_json()
    )


def test_a_long_line_of_capitals_is_read():
    """A title in capitals that no colon ends is given up at once; what follows is read."""
    title = "SMALL TEAMS CLEAR MINES NEAR THE RIVER AND ASK FOR MORE MONEY " * 20
    found = extract(f"{title}\n\n“We need more teams to clear mines,” Ada Lind said on Monday.\n")
    assert [p.fields["speaker"] for p in found.proposals] == ["Ada Lind"]
