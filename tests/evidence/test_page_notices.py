"""Furniture of a page in other words than the usual ones, and sentences that only begin like it."""

from __future__ import annotations

import pytest

from landrelease.evidence.cleaning import drop

BEFORE = [
    "Deminers in the Veshka region destroyed 340 mines in the first week of May, a service said.",
    "“We found them in our own gardens,” said farmer Olla Kovar, 52, who lost a cow in April.",
]
AFTER = "A second team begins near Tolm on Monday, the head of the Veshka service told reporters."
FURNITURE = [
    "Reyl is a freelance reporter based in Tolm.",
    "Olla Kovar is a staff writer at the Lantern.",
    "Bo Lund and Ana Reyl contributed reporting from Tolm and Veshka.",
    "Ana Reyl assisted with research in Tolm.",
    "— With additional reporting from Bo Lund in Veshka",
    "Additional reporting by Bo Lund in Tolm.",
    "Translation: Lantern/DeepL",
    "Translated from the Tolmian by Ana Reyl",
    "This website is maintained by the Office of Public Information of the Ministry. Links to other sites are given for convenience only.",
    "The Bureau of Outreach, Department of Information, operates this portal as a service to the public.",
    "The website of the Veshka Mission uses cookies. Privacy settings",
    "You may copy this page under the Open Licence v2 where no other terms are given.",
    "You can freely reuse this material under the Open Licence.",
    "Please consider the trees before printing this message",
    "Save paper: please do not print this page",
    "Don't print this e-mail unless you must.",
    "To unsubscribe from this list write to the office with STOP as subject.",
    "If you wish to be removed from our mailing list, reply with REMOVE.",
    "If you would like to receive this bulletin by e-mail, write to news@veshka.example.",
    'To receive our weekly update, click "sign up".',
    "For more Ordnance Group reports on Veshka, please see:",
    "For further information on our work in Tolm, visit:",
    "Newsletter compiled by the Information Unit. Figures may change after verification.",
    "All figures are provisional and subject to revision.",
    "Watch the briefing on UN Web TV",
    "Listen to the full audio | Download the transcript",
    "[Print]  [Share]  [Save as PDF]",
    "[Photos of the ceremony]  [Video on YouTube]  [Back to news]",
    "MEDIA CENTRE   [Print]  [Share]",
    "Follow @veshkamines",
    "- Follow @veshka_mines",
    "Photo cover: a school in Tolm after clearance (VMC/O. Kovar)",
    "Cover photo: deminers rest near Tolm",
    "BRIEFING ROOM",
    "STATEMENTS AND RELEASES",
    "Press Room",
    "News & Events",
    "Monday 3 June 2024 | Tolm 24°C, sunny | Log in",
    "Tolm -3°C | Subscribe for €2 a week",
    "Menu  Search  Log in  Subscribe from $1",
    "Subscribe now for £1",
    "Crown copyright. Call the Press Office for passes.",
    "© Veshka Lantern 2024",
    "(c) Veshka Lantern",
    "(c) 2024 Veshka Lantern",
    "This bulletin may be freely reproduced with credit to the centre.",
    "The full report is at www.veshka.example/2024. Summaries are available in French, Spanish and Arabic.",
    "This report is also available in French and Arabic.",
    "Report available in French, Spanish and Arabic.",
    "What's new on our site: two maps – one vacancy",
    "This bulletin is published by the Mine Action Office. Data are subject to correction.",
    "E-mail this article   Print this article",
    "If you no longer want these e-mails, click here.",
    "Reporting by Ana Reyl; editing by Bo Lund",
]
REPORT = [
    "(c) urged all states to finish their clearance by the deadline that they set themselves.",
    "(c) noted that three states had not reported in time.",
    "Olla Kovar is a farmer who lost a cow in April.",
    "Ana Reyl contributed two detectors to the team in Tolm.",
    "This site is dangerous and no one may enter it.",
    "This site was cleared by the agency in May, and 40 mines were destroyed.",
    "Report any mine that you see.",
    "The site of the depot is managed by the army, which stores 3,000 mines there.",
    "To leave this minefield in place would be a crime.",
    "If you want to enter this area, ask the deminers first.",
    "For more than ten years the group has cleared mines near Tolm.",
    "For all its work in Tolm, the group has not seen an end to the mines.",
    "Data may be wrong: the agency found 12 mines where the map shows none.",
    "Figures are provisional: 34 killed, 12 injured.",
    "The map prepared by the army shows 12 minefields.",
    "To make the updates possible, the centre bought twelve detectors.",
    "To receive the bodies, the families waited three days at Tolm.",
    "Watch the road: mines lie on both sides.",
    "[He points to the field.] Mines lie there.",
    "Temperatures fell to Tolm's -3°C and the mines froze.",
    "In Tolm 24°C was measured.",
    "Reports are available of mines in Tolm.",
    "You may copy the map and pass it to your neighbours, the agency said.",
    "More in Tolm than in Veshka were killed by mines.",
    "Press officers of the army said the mines were old.",
    "To be removed from the list of mined areas, a field needs two surveys.",
    "The list was compiled by Bo Lund of the army: 12 mines.",
    "The following mines were found in Tolm: PMN (12), TM-57 (3)",
    "Report compiled by the army shows 340 mines laid in 1994.",
    "The database maintained by the centre lists 120 hazardous areas.",
    "Bo Lund is a reporter who lost his leg to a mine near Tolm in May, the army said.",
]
HEAD = ["The Veshka Lantern", "Monday 3 June 2024 | Tolm 24°C, light rain"]
HEADLINE = "Two hurt by a mine on the road to the market of Tolm"


def rules_of(line: str, after: str) -> list[str]:
    """The rules that drop a line before some other one, or at the foot of a page."""
    text = "\n\n".join([*BEFORE, line, after])
    at = text.rindex(line)
    return [d.rule for d in drop(text) if d.start < at + len(line) and d.end > at]


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_goes(line: str) -> None:
    """Notices of site, list and newsroom stand between paragraphs of any report."""
    assert rules_of(line, AFTER)


@pytest.mark.parametrize("line", REPORT)
def test_reports_stay(line: str) -> None:
    """What only begins like a notice is kept, within a report and at its foot."""
    assert not rules_of(line, AFTER)
    assert not rules_of(line, "")


@pytest.mark.parametrize(
    "line",
    ["Ana Reyl, Tolm", "Ana Reyl | Tolm correspondent", "Politics · World · Business · Golf"],
)
def test_head_rows_go(line: str) -> None:
    """A by-line with its place, or the parts of a newspaper, between headline and report."""
    text = "\n\n".join([*HEAD, HEADLINE, line, *BEFORE])
    assert line in [text[d.start : d.end] for d in drop(text)]


@pytest.mark.parametrize("line", ["Statement by Ana Reyl, Tolm", "Tolm, Veshka", "Mines, Tolm"])
def test_other_head_rows_stay(line: str) -> None:
    """Whose statement it is, and where, is said by no by-line."""
    text = "\n\n".join([*HEAD, HEADLINE, line, *BEFORE])
    assert line not in [text[d.start : d.end] for d in drop(text)]


@pytest.mark.parametrize(
    "opener", ["More in Security", "Also in the Economy", "### Associated links", "More from Tolm"]
)
def test_lists_of_links_go(opener: str) -> None:
    """The headlines under such a line are links, not reports."""
    text = "\n\n".join([*BEFORE, AFTER, opener, "Ferry to Veshka sold", "Wind farm planned"])
    gone = " ".join(text[d.start : d.end] for d in drop(text))
    assert "Ferry" in gone
    assert "Wind" in gone


def test_portrait_of_the_house_goes() -> None:
    """«Background: …» that only says what the issuing body is says nothing of the field."""
    house = "Background: The Veshka Fund is a network of more than 40 organisations."
    told = "Background: the mines were laid in 1994 around a network of 40 power stations."
    text = "\n\n".join([*BEFORE, AFTER, house, told])
    gone = [text[d.start : d.end] for d in drop(text)]
    assert house in gone
    assert told not in gone
