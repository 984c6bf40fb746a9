"""Written questions and answers of a parliament: the minister answers, and the question says nothing."""

from landrelease.evidence.extract import extract

LIST = """House of Commons - Written Answers
Tuesday 4 March 2014

Ministry of Defence
Land Mines

Dr Alan Crewe: To ask the Secretary of State for Defence whether 40 Claymore mines were supplied to Jordan in 2012, and what the failure rate of BL755 bomblets is. [190021]

The Minister of State for the Armed Forces (Mr Peter Wold): No anti-personnel mines have been supplied to Jordan since 1998. We destroyed our own stockpile in February 1999.

Falkland Islands: Mines

Sara Holm (Tolm) (Lab): To ask the Secretary of State for Foreign and Commonwealth Affairs, how many mines remain. [190022]

Mr Hugh Bracken: Some 20,000 mines remain in the minefields of the islands.
"""


def said(text: str, published: str = "2014-03-04") -> list[tuple[str, str]]:
    """Who said what begins how."""
    found = extract(text, published=published).proposals
    return [(p.fields["speaker"], p.quote[:20]) for p in found if p.category == "statement"]


def test_answers_are_the_ministers() -> None:
    """Each sentence of an answer is the answering minister's; a heading with a colon is nobody's."""
    assert said(LIST) == [
        ("Peter Wold", "No anti-personnel mi"),
        ("Peter Wold", "We destroyed our own"),
        ("Hugh Bracken", "Some 20,000 mines re"),
    ]


def test_answer_has_office_department_and_state() -> None:
    """The office stands beside the name; the department is that of the office asked."""
    first = next(p for p in extract(LIST).proposals if p.category == "statement")
    assert first.fields["role"] == "Minister of State for the Armed Forces"
    assert (first.fields["org"], first.fields["country"]) == ("UK Ministry of Defence", "GBR")
    assert first.fields["mode"] == "written"


def test_question_states_nothing() -> None:
    """No transfer and no claim is read out of a question."""
    end = LIST.index("The Minister of State for the Armed")
    assert not [p for p in extract(LIST).proposals if p.start < end]


def test_answered_by_on_its_own_line() -> None:
    """A line that says who answers names the speaker of what follows."""
    text = """Asked by Rachel Dunmore (Selby Vale)

To ask the Secretary of State for Defence, whether cluster munitions have been sold to Ukraine.

Answered by: Leo Dalby
Answered on: 11 July 2023

The UK has supplied no cluster munitions. Our training has helped 200 deminers.
"""
    assert {who for who, _ in said(text)} == {"Leo Dalby"}


def test_question_of_a_deputy_that_seeks_a_statement() -> None:
    """«Deputy A asked the Minister …; and if she will make a statement» is a question too."""
    text = """12. Deputy Niamh Roe asked the Minister for Foreign Affairs the aid given to mine clearance in Angola; and if he will make a statement on the matter. [20119/19]

Minister for Foreign Affairs (Deputy Colm Hart): Ireland has given money for mine clearance in Angola since 2015.
"""
    assert said(text) == [("Colm Hart", "Ireland has given mo")]
    first = next(p for p in extract(text).proposals if p.category == "statement")
    assert first.fields["role"] == "Minister for Foreign Affairs"


def test_report_of_a_question_is_news() -> None:
    """That someone asked a minister for something makes no list of questions."""
    text = """The opposition leader asked the Minister for Defence to resign over the mines, and reporters saw him leave.

Bo Lund: a life among mines. The army said the mines killed three people in Chad in 2019.
"""
    assert ("Bo Lund", "a life among mines.") not in said(text)
    assert any(quote.startswith("The army said") for _, quote in said(text))


def test_other_state_keeps_its_words() -> None:
    """What the answer says that another state said is that state's."""
    text = LIST.replace("We destroyed", "The Government of Jordan has told us that it cleared")
    assert ("Jordan government", "The Government of Jo") in said(text)
