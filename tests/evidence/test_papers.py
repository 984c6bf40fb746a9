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


NOTICE = """Reference: C.N.1.2021 (Depositary Notification)

CONVENTION ON CLUSTER MUNITIONS

{title}

The Secretary-General of the United Nations, acting in his capacity as depositary, communicates the following:

The above action was effected on 1 March 2021, with:

"Having looked at cluster munitions kept with a timer, we cannot call them allowed. They defeat the purpose of the Convention."

It takes effect in accordance with article 20, which reads as follows:

"Any state party may leave after six months without cluster munitions."
"""


@pytest.mark.parametrize(
    "title", ["CHAD: OBJECTION", "Chad – Objection to a declaration", "Republic of Chad: statement"]
)
def test_the_words_that_a_notice_prints_are_of_the_state_of_its_title(title: str) -> None:
    """A quotation that fills its paragraph is the acting state's; an article of the law is nobody's."""
    found = told(NOTICE.format(title=title))
    assert [f[4] for f in found if f[0] == "Chad government"] == [
        '"Having looked at cluster munitions kept with a timer, we cannot call them allowed.',
        'They defeat the purpose of the Convention."',
    ]
    assert not any("six months" in f[4] for f in found)


def test_a_note_verbale_is_the_sending_states() -> None:
    """«The Embassy of … presents its compliments»: what follows is its state's, courtesies are not told."""
    text = "The Permanent Mission of the Republic of Chad to the United Nations presents its compliments to the Unit and has the honour to transmit the following:\n\nOur teams cleared anti-personnel mines in two districts. They found a third field in May.\n\nThe Mission avails itself of this opportunity to renew its regards."
    found = told(text)
    assert {f[3] for f in found} == {"TCD"}
    assert len(found) == 2


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("said Lieutenant Colonel Ana Reyl of Coast Guard Norway", "Ana Reyl"),
        ("said Sofia Lund, the group's field director", "Sofia Lund"),
        ("Brigadier General Bo Quist of the Sapper Corps said", "Bo Quist"),
    ],
)
def test_an_officers_body_and_a_first_name_like_a_capital_are_told_apart(
    words: str, who: str
) -> None:
    """The person speaks, not the corps, and not the state whose capital bears the name."""
    found = told(f"“The mines were laid at night along the path,” {words}.")
    assert [f[0] for f in found] == [who]


def test_a_capital_before_another_word_stays_a_capital() -> None:
    """Without an office beside it, or speech of the second word alone, two words are no person."""
    found = told("Mines lie near the lake, Sofia Water said, and will be cleared in May.")
    assert "Sofia Water" not in {f[0] for f in found if f[1]}


def test_a_paper_that_says_from_whom_and_on_what_is_of_whom_it_says() -> None:
    """«FROM: …» and «SUBJECT: …» in the head make a memorandum without that word."""
    head = "FROM: Ana Reyl, Director of Border Policy\nTO: All staff\nSUBJECT: Found ordnance\n\n"
    words = "Found mines and shells must not be moved by anyone."
    assert [(f[0], f[4]) for f in told(head + words)] == [("Ana Reyl", words)]
    assert told(head.replace("FROM", "SEEN") + words) == []
