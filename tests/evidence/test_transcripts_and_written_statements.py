"""Who speaks under labels: offices with a name, indexes, by-lines of briefings, what is passed on."""

from __future__ import annotations

import pytest

from landrelease.evidence.extract import extract


def said(text: str) -> list[tuple[str, str]]:
    """Speaker and words of each statement of a text."""
    found = extract(text, published="2025-04-04").proposals
    return [(str(p.fields["speaker"]), p.quote) for p in found if p.category == "statement"]


WRITTEN = """UK Parliament > Written Ministerial Statements

Thursday 3 April 2025

{section}

Landmines

{office} ({name}): I wish to inform the House of a review of the landmines held by the Army.

All 4,000 anti-personnel mines will be destroyed by my right hon. Friend's Department in May.
"""


@pytest.mark.parametrize(
    ("section", "office", "name", "role"),
    [
        ("DEFENCE", "The Secretary of State for Defence", "Ana Reyl", "Secretary of State"),
        ("DEFENCE", "The Minister for the Armed Forces", "Bo Lund", "Minister for the Armed"),
        ("TREASURY", "The Chancellor of the Exchequer", "Olla Kovar", "Chancellor"),
        ("FOREIGN", "The Parliamentary Under-Secretary of State", "Ana de Reyl", "Parliamentary"),
    ],
)
def test_office_and_name_before_a_colon(section: str, office: str, name: str, role: str) -> None:
    """A written statement is the minister's whose name stands in brackets after the office."""
    text = WRITTEN.format(section=section, office=office, name=name)
    found = [p for p in extract(text).proposals if p.category == "statement"]
    assert {p.fields["speaker"] for p in found} == {name}
    assert len(found) == 2
    assert all(str(p.fields["role"]).startswith(role) for p in found)
    assert {(p.fields["mode"], p.fields["country"]) for p in found} == {("written", "GBR")}


@pytest.mark.parametrize(
    "line", ["The depot (Tolm): 340 mines", "The Veshka Service (VS): 12 mines"]
)
def test_brackets_without_an_office_are_no_speaker(line: str) -> None:
    """«The depot (Tolm): …» names no one."""
    assert "Tolm" not in {who for who, _ in said(f"Mines found\n\n{line} were found in May.\n")}


BRIEFING = """Daily Press Briefing
Ana Reyl, Deputy Spokesman
April 4, 2025

{label}:
TOLMIA   Landmines / Clearance of the Army's Old Minefields
VESHKA   Unexploded Submunitions

MR. REYL: Good morning. We have given $2 million to clear landmines in Georgia.

QUESTION: Who laid the mines?

MR. REYL: {answer}
"""


@pytest.mark.parametrize("label", ["INDEX", "CONTENTS", "TOPICS", "AGENDA", "SUMMARY"])
def test_an_index_speaks_not(label: str) -> None:
    """What a transcript lists under «INDEX:» is said by nobody, nor is the label a speaker."""
    found = said(BRIEFING.format(label=label, answer="We believe they were laid in 1994."))
    assert {who for who, _ in found} == {"Ana Reyl"}
    assert not any("VESHKA" in words or "TOLMIA" in words for _, words in found)


@pytest.mark.parametrize(
    ("answer", "who"),
    [
        ("The Georgian army has denied that it laid these mines.", "Georgia"),
        ("Well, Human Rights Watch says they are Georgian mines.", "Human Rights Watch"),
        ("As you know, Russia said the mines were not its own.", "Russia"),
        ("In Geneva, UNMAS reported that 40 mines had been found.", "Mine Action Service"),
    ],
)
def test_what_a_spokesman_passes_on(answer: str, who: str) -> None:
    """A sentence that opens with a body said to say so is the body's."""
    found = said(BRIEFING.format(label="INDEX", answer=answer))
    assert any(who in name for name, words in found if words in answer)


@pytest.mark.parametrize(
    "answer",
    [
        "We said in May that the mines were laid by Russia.",
        "I think that Russia said nothing on the mines.",
        "The mines that Russia said were not its own are Russian.",
    ],
)
def test_what_a_spokesman_says_himself(answer: str) -> None:
    """Who is only spoken of within the speaker's own words says nothing."""
    found = said(BRIEFING.format(label="INDEX", answer=answer))
    assert [who for who, words in found if words == answer] == ["Ana Reyl"]


@pytest.mark.parametrize(
    "line",
    [
        "By Olla Kovar, Associate Spokesperson for the Secretary-General",
        "Briefing by Olla Kovar, Associate Spokesperson",
        "With Olla Kovar, Associate Spokesperson for the Secretary-General",
    ],
)
def test_an_office_as_label_is_who_the_head_names(line: str) -> None:
    """«Associate Spokesperson:» speaks for the one whom the by-line of the briefing names."""
    text = f"""United Nations
Highlights of the Noon Briefing
{line}
Friday, 4 April 2025

Question: Are the landmines of Sudan still there?

Associate Spokesperson: Our teams have cleared 340 landmines in Khartoum since January.

Question: And the rest?

Associate Spokesperson: The landmines of Omdurman are still to be surveyed.
"""
    assert {who for who, _ in said(text)} == {"Olla Kovar"}
