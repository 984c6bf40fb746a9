"""Attribution beside the clause, owners of offices and papers, and whole documents of one voice."""

from __future__ import annotations

from functools import partial

import pytest

from tests.evidence import told

statements = partial(told.statements, published="2024-06-14")


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("By the ministry's count, 1,200 sq km of mined land remained in May.", "ministry"),
        ("On the army's own figures, mines killed 40 people last year.", "army"),
        ("By the HALO Trust's reckoning, clearing the mines will take 20 years.", "The HALO Trust"),
        ("By Peru's own account, 3,000 mines remain.", "Peru government"),
        ("In Bo Lund's words, the mines “are everywhere”.", "Bo Lund"),
        ("To hear Bo Lund tell it, mines are everywhere.", "Bo Lund"),
        ("A study by the Kiel Institute put Ukraine's loss from mined land at $11.2 billion a year.", "Kiel Institute"),
        ("The World Bank estimates the cost of clearing all the mines at $34.6 billion.", "World Bank"),
        ("Ana Reyl, then the under secretary for policy, set the failure rate of cluster munitions at between 30 and 40 percent.", "Ana Reyl"),
        ("The HALO Trust pegs the share of cluster munition duds at 20 percent.", "The HALO Trust"),
        ("In a paper dated 3 June and seen by the newspaper, the HALO Trust lists eleven box mines.", "The HALO Trust"),
        ("In its latest report, Human Rights Watch lists nine attacks with cluster munitions.", "Human Rights Watch"),
        ("In a letter to the commission last week, Peru set out its plan to clear the mines by 2030.", "Peru government"),
        ("That mines were laid is, in the view of its author, Superintendent Ana Reyl, “a matter for a judge”.", "Ana Reyl"),
        ("Mines remain, answered Bo Lund, a sapper; the police know where.", "Bo Lund"),
        ("Bo Lund of Peru's defence ministry accused Chile of laying mines.", "Bo Lund"),
        ("Bo Lund of the Chilean navy said mines had drifted ashore.", "Bo Lund"),
        ("Chile will stay out of mines, Foreign Minister Ana Reyl repeated on Thursday.", "Ana Reyl"),
        ("His Excellency Bo Lund said mines remain.", "Bo Lund"),
    ],
)  # fmt: skip
def test_by_whose_account(sentence: str, speaker: str) -> None:
    """A count, a figure, a writing or a phrase beside the clause names who speaks."""
    assert [p.fields["speaker"] for p in statements(sentence)] == [speaker]


@pytest.mark.parametrize(
    "sentence",
    [
        "In a field near the border, the army lifted eleven mines.",
        "The army set the mines at the gate of the village at night.",
        "The soldiers put the mine in a box at 3 metres from the road.",
        "By the army's side, volunteers lifted mines.",
        "In the village's view stand three mines.",
        "The mines were laid on the ministry's land.",
    ],
)
def test_no_account(sentence: str) -> None:
    """Words of the same shape without a count or a writing give no statement."""
    assert statements(sentence) == []


@pytest.mark.parametrize(
    ("text", "speaker", "country"),
    [
        ("Ana Reyl, the defence minister of Peru, denied mines had been laid. Reyl's office replied that the envoy should see the mine.", "office of Ana Reyl", "PER"),
        ("Chile is a party to the mine ban. Its foreign ministry said in a note that mines remained.", "Chile foreign ministry", "CHL"),
        ("Ostmark sold 6,000 mines to Varland in 1988, its embassy said in an e-mail.", "Ostmark embassy", None),
        ("The Truce Commission “cannot confirm” that troops laid mines on the bank, reads its weekly note.", "Truce Commission", None),
        ("Bo Lund counts mines. Lund's study puts the life of the mine's battery at ninety days.", "Bo Lund", None),
    ],
)  # fmt: skip
def test_whose_office_or_paper(text: str, speaker: str, country: str | None) -> None:
    """An office, an embassy or a paper leads to the person, state or body that owns it."""
    fields = statements(text)[-1].fields
    assert (fields["speaker"], fields["country"]) == (speaker, country)


_QUESTIONS = """Questions and Answers: Transfer of Cluster Munitions

July 11, 2023

On July 7, President Ana Reyl approved the transfer of cluster munitions to Chile. The following questions and answers set out what is known about the weapons.

1. What is being sent?

There are four types of cluster munitions in the stocks. “A bomblet reads no report,” said Kari Holt, the arms director of Civil Harm Watch.

2. Have they been used before?

Yes. Our researchers documented attacks with cluster munitions in May. Peru denied using cluster munitions.

3. What should states do?

States should refuse the transit of cluster munitions.
"""


def test_a_page_of_questions() -> None:
    """Answers are of the body whose page it is, but for whom they quote; never of whom the opening names."""
    found = {p.quote: p.fields["speaker"] for p in statements(_QUESTIONS)}
    assert "Ana Reyl" not in found.values()
    assert found["States should refuse the transit of cluster munitions."] == "Civil Harm Watch"
    assert found["A bomblet reads no report,"] == "Kari Holt"
    assert found["Peru denied using cluster munitions."] == "Peru government"
    assert not [words for words in found if words.endswith("?")]


_SHEET = """FACT SHEET No. 14

MINES THAT DESTROY THEMSELVES

Institute for Munitions Studies, Lagos

How they work

Scatterable mines arm some minutes after landing. The explosive itself remains live.

What is claimed

The US Department of Defense told Congress in 2002 that not one mine had remained active. The HALO Trust noted that mines fail; the department replied that a part of the mines had been dispensed without arming.
"""


def test_a_fact_sheet_of_an_organisation() -> None:
    """What no one else is said to say is the body's of the head; others keep their words."""
    found = [(p.fields["speaker"], p.quote[:12]) for p in statements(_SHEET)]
    assert ("Institute for Munitions Studies", "The explosiv") in found
    assert ("US Department of Defense", "The US Depar") in found
    assert ("The HALO Trust", "The HALO Tru") in found
    assert any(
        "department" in speaker.casefold() and "the departme" in words for speaker, words in found
    )


_NOTICE = """LATVIA: WITHDRAWAL

The Secretary-General of the United Nations, acting in his capacity as depositary, communicates the following:

The above action was effected on 27 June 2025, with:

Statement (Original: English)

"The Republic of Latvia deposited its instrument of accession to the Convention on 1 July 2005. The Russian Federation has made extensive use of anti-personnel mines in its war.

The Republic of Latvia remains committed to humanitarian demining in particular."

The withdrawal will take effect for Latvia on 27 December 2025 in accordance with the Convention.
"""


def test_a_statement_quoted_in_a_notice() -> None:
    """A state's own words, quoted whole in a depositary's notice, are the state's."""
    found = {p.quote[:24].lstrip('"'): p.fields["speaker"] for p in statements(_NOTICE)}
    assert found["The Russian Federation h"] == "Latvia government"
    assert found["The Republic of Latvia r"] == "Latvia government"
    assert found["The withdrawal will take"] != "Latvia government"


@pytest.mark.parametrize(
    ("text", "speaker", "org", "country"),
    [
        ("H.E. Senior Minister Dr. Bo Lund noted with concern that mines remain.", "Bo Lund", None, None),
        ("Army divers destroyed 3,212 mines, Maj. Ilze Lund of the National Armed Forces said.", "Ilze Lund", "National Armed Forces", None),
        ("Germany, on whose soil mines lie, ratified in 2009; its foreign minister, Ana Reyl, said the mine ban applies.", "Ana Reyl", "Germany Ministry of Foreign Affairs", "DEU"),
        ("Peru's defence ministry denied the mines. “We laid no mines at all,” spokeswoman Major General Ana Reyl told reporters.", "Ana Reyl", "Peru defence ministry", "PER"),
        ("Ana Reyl, who leads the disarmament team at the charity Reylhjelp, said mines kill.", "Ana Reyl", "Reylhjelp", None),
    ],
)  # fmt: skip
def test_name_body_and_state(text: str, speaker: str, org: str | None, country: str | None) -> None:
    """Style, rank and body are cut from a name; office holders without a body get the one nearby."""
    fields = statements(text)[-1].fields
    assert (fields["speaker"], fields["org"], fields["country"]) == (speaker, org, country)


_DELEGATION = """STATEMENT BY THE DELEGATION OF THE REPUBLIC OF CHAD

TWENTY-FIRST MEETING OF THE STATES PARTIES TO THE CONVENTION ON THE PROHIBITION OF THE USE, STOCKPILING, PRODUCTION AND TRANSFER OF ANTI-PERSONNEL MINES AND ON THEIR DESTRUCTION

{by}Geneva, 22 November 2023

Mr President,

We do not produce, use or transfer such mines. On present funding the work will not be finished before 2028.
"""


@pytest.mark.parametrize(
    ("by", "speaker"),
    [
        ("", "Chad government"),
        ("Delivered by Captain (Rtd) B. Lund, Director, Chad Mine Action Centre\n", "B. Lund"),
    ],
)
def test_a_delegation(by: str, speaker: str) -> None:
    """Every sentence is the delegation's, or of whom the head says that he delivered it."""
    found = statements(_DELEGATION.format(by=by), published="2023-11-22")
    assert [(p.fields["speaker"], p.fields["country"]) for p in found] == [(speaker, "TCD")] * 2
