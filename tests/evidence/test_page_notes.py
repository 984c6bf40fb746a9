"""Furniture in words: imprints, mailing notes, funders, sections of a site, lists of links, comments."""

from __future__ import annotations

import pytest

from landrelease.evidence.cleaning import drop
from landrelease.evidence.extract import extract

REPORT = [
    "Deminers in the Veshka region destroyed 340 mines in the first week of May, a service said.",
    "“We found them in our own gardens,” said farmer Olla Kovar, 52, who lost a cow in April.",
    "A second team begins work near Tolm on Monday, the head of the Veshka service told reporters.",
]
ANYWHERE = [
    "SECTION: News",
    "WRITER: Online Reporters",
    "Defence and security correspondent",
    "PRESS RELEASE",
    "EMBARGOED UNTIL 15 MAY 2024, 10:00 CEST (Tolm)",
    "Prefer us on Google",
    "TX240504",
    "View this email in your browser",
    "You have accessed part of a historical collection. Links may not function.",
    "![Soldiers on patrol](https://img.example.org/x.jpg) *Soldiers on patrol near Tolm*",
    "Gift this article",
    "Reporting in Tolm and Riga; editing by the northern desk",
    "[Subscribe to the morning briefing](https://example.org/newsletter)",
    "The full report, maps and a factsheet in Arabic can be downloaded at example.org.",
    "The Watch is made possible by grants from Austria, Canada and Norway.",
    "This bulletin was produced with the financial support of the European Union.",
    "The views expressed are not those of the donors.",
    "Depositary notifications are issued in electronic format only.",
    "Read VeshkaNews on Telegram, Viber and Google News",
    "Quoting and using any materials is allowed only with a hyperlink to the source.",
    "Report suspected items to the hotline 023 000 000, free of charge, 24 hours.",
    "You receive this bulletin because you are on our mailing list. Unsubscribe",
    "To unsubscribe from this mailing list reply with UNSUBSCRIBE in the subject line.",
    "Veshka Watch is reader-funded. Become a member from €4 a month.",
    "Follow VW's coverage of the war at https://example.org/hub",
    "All materials on this site are available under the Creative Commons licence",
    "VMAC - Hill Road, Tolm | Hotline 1701 | www.example.org",
    "Download this notice (PDF, 112 KB)",
    "We and our 842 partners store and access information on your device.",
    "Manage consent",
    "Reply · Like · 2 hours ago",
    "The Associated Press contributed to this report.",
    "A version of this article appears in print on March 3, 2024, Section A, Page 4",
    "Scan the QR code to read the report online",
]
IN_THE_HEAD = [
    "World | Europe",
    "VeshkaNews | Society",
    "Tolm / Politics",
    "News  Politics  Opinion",
]
AT_THE_FOOT = [
    ["### Most read", "1. Oil climbs as talks resume", "2. Mine kills four children near Tolm"],
    ["**Related stories**", "- Mine kills four near Tolm", "- Chad joins mine ban treaty"],
    ["You might have missed", "Mine kills four near Tolm", "Oil climbs"],
    ["Readers also read", "Mine kills four near Tolm"],
    ["2 Comments", "Anna K. · 3 hours ago", "My uncle lost a leg to a mine there in 1999."],
    ["Comments (1)", "jd_55: About time someone cleared these mines."],
]
KEPT = [
    "The use of cluster munitions without any reference to civilians is a source of concern.",
    "By submitting its instrument, Tonga became a State Party.",
    "Mongolia will consider joining the convention.",
    "The clearance was made possible by grants from Japan and Norway.",
    "The project is funded by the European Union with 3 million euros.",
    "“If you find a mine, call 101,” the governor said.",
    "The report can be read as a warning.",
    "Supported by Norway, the teams cleared three fields.",
    "## Casualties in June",
    "**Tolm region**",
    "Hotline calls rose by 12 per cent.",
    "The notices are issued by the depositary and sent to all States Parties.",
]


def _dropped(lines: list[str]) -> list[str]:
    text = "\n\n".join(lines)
    return [text[d.start : d.end] for d in drop(text)]


@pytest.mark.parametrize("line", ANYWHERE)
def test_a_note_of_the_page_goes_alone_wherever_it_stands(line: str) -> None:
    """Imprints, mailing notes, funders and controls are dropped between any two paragraphs."""
    for at in range(len(REPORT) + 1):
        assert _dropped([*REPORT[:at], line, *REPORT[at:]]) == [line]


@pytest.mark.parametrize("line", IN_THE_HEAD)
def test_the_section_of_the_site_goes_from_the_head(line: str) -> None:
    """Where on its site a page stands is told above the report and nowhere in it."""
    assert _dropped(["Deminers clear Tolm", line, *REPORT]) == [line]


@pytest.mark.parametrize("foot", AT_THE_FOOT)
def test_lists_of_links_and_comments_go_whole(foot: list[str]) -> None:
    """Other headlines and readers' words tell of other things; none becomes a proposal."""
    assert _dropped([*REPORT, *foot]) == foot


@pytest.mark.parametrize("line", KEPT)
def test_a_sentence_with_words_of_notes_is_kept(line: str) -> None:
    """Grants for work, calls in quotation marks and headings of the report stay."""
    for at in range(len(REPORT) + 1):
        assert _dropped([*REPORT[:at], line, *REPORT[at:]]) == []


def test_a_long_imprint_goes_where_each_of_its_sentences_is_one() -> None:
    """A paragraph of notes is dropped; with one sentence that reports it stays."""
    notes = "You receive this bulletin because you are on our list. To unsubscribe, reply to it."
    assert _dropped([*REPORT, notes]) == [notes]
    assert _dropped([*REPORT, f"Two men were killed by a mine. {notes}"]) == []


def test_a_wrapped_line_within_a_sentence_is_prose() -> None:
    """A line that goes on with a small letter is kept whatever its words."""
    lines = [
        "The minister, who is due to leave for the capital on Sunday, gave a",
        "preview of his trip to Tolm",
    ]
    text = "\n".join([*REPORT, *lines])
    assert not [d for d in drop(text) if lines[1] in text[d.start : d.end]]


def test_the_mark_of_a_release_still_tells_whose_words_it_is() -> None:
    """«PRESS RELEASE» is furniture, and its body is the author all the same."""
    text = "PRESS RELEASE\nMinistry of Defence of Latvia\n3 May 2024\n\nLatvia will not lay anti-personnel mines this year."
    found = extract(text, published="2024-05-03").proposals
    assert [p.fields["country"] for p in found if p.category == "statement"] == ["LVA"]


def test_columns_two_spaces_wide_stay_columns() -> None:
    """A row of entries keeps its gaps, and sentences two spaces apart come to one."""
    row = "Veshka Response  Security Assistance  Landmines"
    found = extract("\n\n".join([*REPORT, row]), published="2024-05-03")
    assert [d.rule for d in found.dropped] == ["cells"]
