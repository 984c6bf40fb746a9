"""Official papers: memoranda, orders, papers of ministries, letters, attributed releases. All names are made up."""

from __future__ import annotations

import pytest

from landrelease.evidence.extract import extract


def told(text: str) -> list[tuple[str | None, ...]]:
    """Return speaker, office, body, state and words of each statement."""
    proposals = extract(text, published="2021-03-02").proposals
    keys = ("speaker", "role", "org", "country")
    return [(*(p.fields[k] for k in keys), p.quote) for p in proposals if p.category == "statement"]


MEMORANDUM = """ASSISTANT SECRETARY OF DEFENSE
2600 DEFENSE PENTAGON
WASHINGTON, DC 20301-2600

March 2, 2021

MEMORANDUM FOR DIRECTORS OF THE DEFENSE AGENCIES
               COMMANDERS OF THE FIELD UNITS

SUBJECT: Scatterable Mines

Scatterable mines remain in the stocks of two depots, and the older ones are to be
taken apart. Fewer than 3 in 1,000 failed to destroy themselves when they were tested.

The following applies from today:

1. Units will draw only mines that destroy themselves within two days of being
   scattered.

2. The Services shall not transfer anti-personnel mines to any other state unless a
   law allows it.

                              Ana Q. Reyl

cc: General Counsel
"""


def test_a_memorandum_is_of_who_signs_it_in_the_office_of_its_head() -> None:
    """Every sentence and entry is the signer's; a rule about transfers is no transfer."""
    found = told(MEMORANDUM)
    assert {f[:4] for f in found} == {
        ("Ana Q. Reyl", "Assistant Secretary of Defense", "US Department of Defense", "USA")
    }
    assert len(found) == 4
    assert not [p for p in extract(MEMORANDUM).proposals if p.category == "transfer"]


@pytest.mark.parametrize(
    ("head", "who"),
    [
        (
            "Royal Norwegian Ministry of Foreign Affairs\n\nFact sheet | 4 April 2018",
            "Ministry of Foreign Affairs",
        ),
        (
            "MINISTRY OF DEFENCE\nRepublic of Chad\n\nOrder No. 14 on explosive ordnance",
            "Ministry of Defence",
        ),
        (
            "DEPARTMENT OF NATIONAL DEFENCE\nNews Release\nOttawa, Ontario\n11 June 2019",
            "Department of National Defence",
        ),
    ],
)
def test_a_paper_under_the_name_of_a_ministry_is_the_ministrys(head: str, who: str) -> None:
    """What the paper is and whose stand on lines of their own; the state may stand beside it."""
    words = "The last anti-personnel mines of the army were taken apart in May."
    found = told(f"{head}\n\nThe end of a stock\n\n{words} Twenty were kept for training deminers.")
    assert {f[0] for f in found} == {who}
    assert all(f[3] for f in found)
    assert words in {f[4] for f in found}


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("Attributed to Acting Pentagon Press Secretary Ana Reyl:", "Ana Reyl"),
        ("The following is attributable to Spokesperson Bo Lund:", "Bo Lund"),
        (
            "Chad: Declaration by the High Representative on behalf of the European Union on mines",
            "European Union",
        ),
        (
            "Letter dated 1 March 2021 from the Permanent Representative of Chad to the United Nations addressed to the Secretary-General",
            "Permanent Representative of Chad to the United Nations",
        ),
    ],
)
def test_a_text_is_of_whom_a_line_of_its_head_says_it_is(line: str, who: str) -> None:
    """Attributed releases, declarations on behalf of a body and letters, not of the state they name."""
    text = f"{line}\n\nLibya has laid new anti-personnel mines along the frontier. Two herders were killed by such a mine in May."
    assert {f[0] for f in told(text)} == {who}


def test_what_another_state_holds_in_a_statement_is_the_others() -> None:
    """«Libya denies this» in a statement of Chad is Libya's; what Chad says of itself stays Chad's."""
    text = "Statement by Chad\n\nMr. President,\n\nOur teams found new mines at the border in May. Libya denies this and says that the mines are old. We have asked for a mission to the border."
    found = {f[4]: f[0] for f in told(text)}
    assert found["Libya denies this and says that the mines are old."] == "Libya government"
    assert found["Our teams found new mines at the border in May."] == "Chad government"


def test_a_story_that_mentions_a_ministry_is_no_paper_of_it() -> None:
    """Without a line that says what the paper is, the ministry speaks only where it is said to."""
    text = "Defence news\nMinistry of Defence buys mine ploughs\nBy Ana Reyl\n\nFour ploughs stood in the yard on Monday. They clear anti-tank mines in a lane of four metres."
    assert told(text) == []


def test_lines_of_a_head_ended_on_purpose_stand_alone() -> None:
    """In a wrapped text too: a line of the head is no part of the next, a wrapped paragraph is one."""
    text = MEMORANDUM.replace("ASSISTANT", "DEPUTY")
    assert {f[1] for f in told(text)} == {"Deputy Secretary of Defense"}
    assert any("and the older ones are to be\ntaken apart." in f[4] for f in told(text))
