"""Texts that an editor prints in full, and who speaks below them."""

from __future__ import annotations

from functools import partial

import pytest

from tests.evidence import told

TEXT = """Press Release
26 November 2024
{head}

{line}

I thank the people of Peru, who know the cost of landmines. Mines still kill 40 people a year here.

I call on all States to meet their duties in full and without delay. The mines must be cleared.

{rule}

Also speaking on the opening day, Prime Minister Bo Lund said that 40 square kilometres of mined land had been cleared. Chile's delegate, Eva Sand of the Defence Ministry, told the meeting that his country could not destroy its mines. The observer for the International Committee of the Red Cross said that gifts of mines "set back years of work", while the representative of Norway said her Government deplored the use of mines.
"""


statements = partial(told.statements, published="2024-11-26")


@pytest.mark.parametrize(
    ("line", "speaker"),
    [
        ("Following is the text of UN Secretary-General António Guterres' message to the Review Conference, delivered by Ana Reyl in Lima, Peru, yesterday:", "António Guterres"),
        ("Following is the text, as summarized by the press service, of Secretary-General António Guterres' message to the meeting:", "António Guterres"),
        ("Following are the opening remarks, as prepared for delivery, by Ana Reyl, High Representative for Disarmament, to the Review Conference:", "Ana Reyl"),
        ("The following is the full text of a letter from Ana Reyl, director of the group, to the government of Peru:", "Ana Reyl"),
        ("Below is the text of President Ana Reyl's speech to the parliament:", "Ana Reyl"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("rule", ["*   *   *", "***"])
def test_the_text_is_its_authors(line: str, speaker: str, rule: str) -> None:
    """All of a text is whose text the editor says it is, and nothing below the rule across."""
    found = statements(TEXT.format(head="A Message on Landmines in Peru", line=line, rule=rule))
    own = [p.quote for p in found if speaker in str(p.fields["speaker"])]
    assert [q.split()[0] for q in own] == ["I", "Mines", "I", "The"]
    others = [str(p.fields["speaker"]) for p in found if speaker not in str(p.fields["speaker"])]
    assert others == [
        "Bo Lund",
        "Eva Sand",
        "observer for the International Committee of the Red Cross",
        "representative of Norway",
    ]


BRIEFING = """MR. LUND:  Good afternoon.  We will send mines to Peru.

Q    Thank you.  On the cluster munitions, how do you square this?

And secondly, has Peru promised anything about the mines?

MR. LUND:  So, Peru has given a promise in writing that it will be careful with them in every way.

Q    {other}

MR. LUND:  The two of them met for lunch in the afternoon and talked about the weather.
"""


def test_an_answer_to_a_question_of_two_paragraphs() -> None:
    """What answers a question of the field is a statement, however many paragraphs it has."""
    quotes = [p.quote for p in statements(BRIEFING.format(other="And the weather there?"))]
    assert any("promise in writing" in q for q in quotes)
    assert not any("lunch" in q for q in quotes)
