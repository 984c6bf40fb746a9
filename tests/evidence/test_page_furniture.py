"""Furniture known by its form or place: rows of page parts, labels, contacts, self-portraits."""

from __future__ import annotations

import json
import random
import time
from pathlib import Path

import pytest

from landrelease.evidence.cleaning import drop
from landrelease.evidence.extract import extract

GOLD = Path(__file__).parents[1] / "gold"
REPORT = [
    "Deminers in the Veshka region destroyed 340 mines in the first week of May, a service said.",
    "“We found them in our own gardens,” said farmer Olla Kovar, 52, who lost a cow in April.",
    "A second team begins work near Tolm on Monday, the head of the Veshka service told reporters.",
]
ANYWHERE = [
    "Explore more on this topic",
    "Reuse this article",
    "Similar Reads: Storm Closes Veshka Port",
    "Back to all news",
    "Right Menu",
    "Recommended WXY stories: Oil rises | Ten towns for spring",
    "Related Tags: Veshka, Tolm",
    "Posted June 3, 2024 at 4:52pm   Facebook Twitter Email",
    "PUBLISHED JUN 3, 2024 9:14 PM BY THE NEWSDESK",
    "By Ana Reyl | 2024-06-03",
    "by Newsroom on June 3, 2024",
    "3 June 2024, 14:05 | 3 min read | 214 views",
    "Updated: 3 June 2024 - 14:05 GMT",
    "03-06-2024  Text size A A A",
    "Font size: Small Medium Large",
    "0 Comment(s)",
    "Did you like this article?  0  0",
    "Newer Post | Older Post",
    "← Previous article    Next article →",
    "Page 1 of 3",
    "$25   $50   $100   Other",
    "Theme: Mine Action    Language: English    Format: Situation Report",
    "Region / Country: Veshka    Tags: Arms, Mines",
    "EMBARGOED UNTIL 3 JUNE 2024, 10:00 CET",
    "- ENDS -",
    "***ENDS***",
    "XX/SM/99034-DC/9651",
    "A/HRC/99/22",
    "For information media. Not an official record.",
    "Your email address will not be published. Required fields are marked *",
    "Save my name, email, and website in this browser for the next time I comment.",
    "You must be logged in to post a comment.",
    "The opinions expressed herein are the author's and not necessarily those of this website.",
    "The views expressed in this article are those of the author alone.",
    "Get the latest harbour news delivered to your inbox daily.",
    "Share sensitive information only on official, secure websites.",
    "Your tax deductible gift can help clear a field.",
    "The Veshka Fund is a registered charity in England and Wales (No. 9901813).",
    "Registered charity no. 9901813",
    "For interviews: media@example.org, +41 22 000 0000",
    "Media contact: Ana Reyl, press@example.org",
    "High-resolution photographs are available for download.",
    "[Image: the mine found off Tolm, courtesy of the Veshka Navy]",
    "[Experts survey a minefield in Veshka in June. Directorate of Tolm]",
    "(Applause.)",
    "This article was originally published in the Veshka Herald.",
    "The post Mines found near Tolm appeared first on Veshka Herald.",
    "Story first published: Saturday, June 3, 2024, 21:29 [IST]",
    "Click to share on Twitter (Opens in new window)",
    "Article continues below advertisement",
    "This article is more than 2 years old",
    "(This story has not been edited by our staff and is auto-generated from a syndicated feed.)",
    "Disclaimer: The agency is not responsible for the content of external links.",
    "(With inputs from agencies)",
    "This is a developing story. Check for more updates",
    "Already a subscriber? Sign in",
    "You can leave a response, or trackback from your own site.",
    "If you find an error in this story, write to us.",
    "Tagged with: landmines, Veshka",
    "Powered by PressPage",
    "Next: Storm shuts the ports",
    "Ana Reyl, press officer: +44 1387 000000, ana@example.org",
    "A deminer searches a field near Tolm. Photograph: Ana Reyl/Veshka Herald",
    "Image caption, A deminer at work near Tolm",
    "A minefield near Tolm [Ana Reyl/Veshka Herald]",
    "The full report is available at www.example.org.",
    "Article ID: 11234",
    "- Related: Three hurt by a mine in Tolm",
    "Enter your email address to receive notifications of new posts by email.",
    "Reproduction without permission is prohibited.",
    "When quoting, a link to the site is required.",
    "This is a machine translation.",
    "Issued on: 03/06/2024 - 14:05",
    "A sailor at work in Tolm, 2019. (U.S. Navy photo courtesy of the Veshka navy)",
    "https://www.example.org/news/1",
]
AT_THE_FOOT = [
    ["Bureau of Clearance    Landmines    Transcript"],
    ["Recent Stories", "Farm talks stall again", "Rain stops play"],
    ["More Reading", "Tolm: Farmers Wait for Deminers"],
    ["Tags", "Landmines", "Tolm"],
    ["Format", "News and Press Release", "Source", "Veshka Fund", "Language", "English"],
    ["About the Watch: Veshka Watch is the research arm of the Tolm Campaign."],
    ["About Veshka Fund", "Veshka Fund is an aid organisation that works in 12 countries."],
]
KEPT = [
    "By March 2024 the teams had cleared 12 fields.",
    "Updated figures: 340 mines and 12 shells, the service said.",
    "Source of the mines: a depot near Tolm, captured in 2014, the ministry said.",
    "About 300 people live near the field.",
    "About Tolm he said little: the town is one of the poorest and the centre is mined.",
    "[On mines] “We use none,” the minister said. Veshka denies it",
    "It is available in three sizes and was used by both sides.",
    "The charity said its views were expressed to the minister.",
    "The embargo on arms for Veshka was lifted in June.",
    "For more than a year, call-outs rose by 12 percent.",
    "Tolm    12 fields    340 mines",
    "Press officer Ana Reyl told Veshka Radio that two men were hurt.",
    "The ends of the field were marked in 2019.",
    "Small arms and large shells were handed over by the police.",
    "The Fund is a registered charity and has cleared 340 mines in Veshka, said its head.",
    "The author said the treaty does not reflect the views of states that use mines.",
    "[The minister denied it. He spoke in Tolm]",
    "Anyone who sees a mine should call +380 44 000 0000, the service said.",
    "If you see a mine, contact the police.",
    "Tolm | 12 | 340",
    "OSCE/ODIHR",
    "Production and copying of mines is prohibited by the treaty.",
    "When using force near mines, the army marks the source of each on a map.",
    "Make your way out of a minefield by your own footprints, the team told children.",
    "M14/M16 mines",
    "«We found 340 mines»",
    "Recent use of cluster munitions",
    "164 States Parties",
    "Ana Reyl is a member of a foundation that clears mines in Tolm.",
]


def _dropped(lines: list[str]) -> list[str]:
    text = "\n\n".join(lines)
    return [text[d.start : d.end] for d in drop(text)]


@pytest.mark.parametrize("line", ANYWHERE)
def test_a_line_of_page_parts_goes_alone_wherever_it_stands(line: str) -> None:
    """Rows that hold nothing but parts of a page are dropped between any two paragraphs."""
    for at in range(len(REPORT) + 1):
        assert _dropped([*REPORT[:at], line, *REPORT[at:]]) == [line]


@pytest.mark.parametrize("foot", AT_THE_FOOT)
def test_lines_below_the_report_go_together(foot: list[str]) -> None:
    """Tags, labels with values, headlines and self-portraits under the report are dropped."""
    assert _dropped([*REPORT, *foot]) == foot


@pytest.mark.parametrize("line", KEPT)
def test_a_line_that_reports_is_kept(line: str) -> None:
    """Words of furniture in a sentence or a table of the report drop nothing."""
    for at in range(len(REPORT) + 1):
        assert _dropped([*REPORT[:at], line, *REPORT[at:]]) == []


def _documents() -> list[Path]:
    return sorted(GOLD.glob("[0-9]*.txt"))[::9]


@pytest.mark.parametrize("path", _documents(), ids=lambda p: p.stem)
def test_furniture_between_paragraphs_changes_no_proposal(path: Path) -> None:
    """A document reads the same with a row of page parts in its head, its middle or its foot."""
    text = path.read_text(encoding="utf-8")
    published = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["published"]
    plain = [(p.category, p.quote, p.fields) for p in extract(text, published=published).proposals]
    parts = text.split("\n\n")
    chance = random.Random(path.name)
    for at in {1, chance.randrange(1, len(parts)), len(parts)}:
        line = chance.choice(ANYWHERE)
        more = "\n\n".join([*parts[:at], line, *parts[at:]])
        found = extract(more, published=published).proposals
        assert [(p.category, p.quote, p.fields) for p in found] == plain, (at, line)


@pytest.mark.parametrize(
    "line", ["Tolm | " * 55, "Home" + " | Tolm a" * 40 + "!", "AA/" * 120, "posted " * 50 + "x"]
)
def test_long_rows_of_entries_are_read_in_one_pass(line: str) -> None:
    """A hundred rows that nearly are a menu take no more than a moment."""
    start = time.process_time()
    drop("\n".join([line] * 100))
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    "line",
    [
        "Lund reported from Tolm. Veshka Wire writer Kari Berg in Port Oll contributed to this story.",
        "Leave a comment below",
        "Never miss an issue. Pick the plan that suits you. Print access from 2 crowns a week.",
        "On Twitter: @k.berg",
        "Partager   Facebook   WhatsApp",
        "Visitors: 1,214   A+ A-",
        "*** MEDIA RELEASE - UNDER EMBARGO UNTIL 09:00 OSLO TIME, 3 JUNE 2024 ***",
        "03.06.2024 11:20   Views: 34   Eng",
        "03.06.2024 10:20",
        "Mon Jun 3, 2024 6:48pm EST",
        "June 3, 2024 · 3:15 PM EDT",
        "Tweet   Recommend 12   +1   Send to a friend",
        "Listen • 3:12 | Download | Embed | Transcript",
        "June 3, 2024 9:00 AM   VESHKA NEWS   1,204 Views   0 Comments",
        "Special Correspondent, Tolm",
        "For the latest updates, follow The Tolm Herald's channel.",
        "15:42 Local Time 12:42 GMT",
        "More from Newsdesk: Bread dearer again | Photos of the day",
        "Release | Immediate Release",
    ],
)
def test_lines_of_pages_by_other_houses(line: str) -> None:
    """Credits of further writers, counters with the house's name, days with a clock are furniture."""
    text = "\n\n".join([REPORT[0], line, REPORT[1], REPORT[2]])
    dropped = " ".join(text[d.start : d.end] for d in drop(text))
    assert dropped == line


@pytest.mark.parametrize(
    "line",
    [
        "Berg reported from Tolm.",
        "Berg reported from Tolm that the mines had been laid in May.",
        "The mines contributed to the deaths of 40 people in Tolm.",
        "On Twitter the ministry denied it.",
        "The army recommended 12 routes and sent the list to a friend.",
        "Visits by two ministers followed.",
        "Veshka   1,204   30",
        "The special correspondent of the court told of mines.",
        "More from Tolm: the army said two deminers were hurt there on Monday",
    ],
)
def test_reports_in_like_words_stay(line: str) -> None:
    """A sentence or a row of a table that shares words with such lines is kept."""
    text = "\n\n".join([REPORT[0], line, REPORT[1], REPORT[2]])
    assert not drop(text)


def test_menu_above_a_dated_row() -> None:
    """A row of usual entries is a menu, even beside a row with figures."""
    text = "\n".join(["Local   Sports   Obituaries   e-Edition", "Tolm   12 mines", "", *REPORT])
    assert [text[d.start : d.end] for d in drop(text)][:1] == [text.split("\n")[0]]


def test_initials_of_an_agency_after_its_name() -> None:
    """«abc/de» under a last line that ends with the agency's name is no wrapped prose."""
    text = "\n".join([REPORT[0], "", REPORT[1] + " " + REPORT[2] + " VWA", "klm/op"])
    assert [text[d.start : d.end] for d in drop(text)] == ["klm/op"]


@pytest.mark.parametrize("line", [
    "[ON BACKGROUND UNLESS NOTED]",
    "Return to the Ministry Home Page. This is an official source.",
    "Topics › War in Veshka › Support",
    "Further information: Humanitarian aid | Energy | Refugees",
    "£30 pays for a first visit. Give now!",
    "Data are provisional. Reproduction is permitted if the source is named.",
])  # fmt: skip
def test_notices_trails_and_gifts_go(line: str) -> None:
    """Trails of a page, notices in brackets, offers to give and leave to copy."""
    assert _dropped([*REPORT[:1], line, *REPORT[1:]]) == [line]
