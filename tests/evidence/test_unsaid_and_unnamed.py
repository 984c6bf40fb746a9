"""Words that nobody said, and who speaks under a call sign, a trade or as someone's colleague."""

from __future__ import annotations

import pytest

from tests.evidence.told import statements

BRIEFING = (
    "MR. LUND:  We will send mines to Peru.\n\nQ    On the mines, what do they say?\n\nMR. LUND:  "
)


@pytest.mark.parametrize(
    "answer",
    [
        "They themselves cannot say, “We are for cluster munitions.”",
        "We have heard nothing from people saying, “Mines divide us,” or “Mines cast doubt on us.”",
        "Nobody told us, “Do not send mines.”",
        "I have not heard anyone say, “Mines are fine.”",
        "We never said, “No mines at all.”",
        "No one is saying, “Let us lay mines.”",
    ],
)
def test_words_inside_a_denial_are_nobodys(answer: str) -> None:
    """What nobody said is no statement of the one who denies it."""
    assert len(statements(BRIEFING + answer)) == 1


@pytest.mark.parametrize(
    "answer",
    [
        "The President said, “We will not send mines.”",
        "I have never hidden it: he told me, “The mines are safe.”",
        "I do not think so, but the minister said, “Mines are safe.”",
        "I can't speak to why the minister said, “Mines are safe.”",
    ],
)
def test_a_no_beside_words_that_were_said(answer: str) -> None:
    """A «not» of something else, or within the words, hides no statement."""
    assert len(statements(BRIEFING + answer)) == 2


def test_a_long_clause_before_denied_words_is_kept() -> None:
    """What the speaker says by himself stands without the words that nobody said."""
    said = (
        "I do not think that this will divide the allies, even though many states of the mine ban"
    )
    found = statements(f"{BRIEFING}{said} cannot say, “We are for cluster munitions.”")
    assert said in found[-1].quote
    assert "We are for" not in found[-1].quote


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("A commander of a brigade near Lima, who gave only his call sign, Kit, said mines ran short.", "Kit"),
        ("A soldier, who asked to be identified only by his first name, Oleh, said mines were laid.", "Oleh"),
        ("A deminer who goes by the call sign Kit said mines were laid.", "Kit"),
        ("The mines are old, according to the charity Clear Ground.", "Clear Ground"),
        ("The mines are old, according to a British charity, Clear Ground.", "Clear Ground"),
        ("The mines are old, according to Dr. Reyl's aid group, Clear Ground.", "Clear Ground"),
        ("Forty-seven countries voiced regret over mines, according to the report.", "report"),
        ("The bureau, however, counts 11 mine casualties there in that time.", "bureau"),
        ("Human Rights Watch was there. It also found indications that Peru laid mines.", "Human Rights Watch"),
    ],
)  # fmt: skip
def test_who_speaks(text: str, speaker: str) -> None:
    """Each construction leads to its speaker, alone."""
    assert [p.fields["speaker"] for p in statements(text)] == [speaker]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("The ban enters into force for Tonga in May. The country has stated that it holds no mines.", ["Tonga government"]),
        ("Mines lie in Peru and Chile. The country said it would clear mines.", []),
        ("The country is mined. In the country, mines remain.", []),
    ],
)  # fmt: skip
def test_the_country_is_the_one_named_before(text: str, speakers: list[str]) -> None:
    """«The country has stated» is said of the one state named before, else of nobody."""
    assert [p.fields["speaker"] for p in statements(text)] == speakers


@pytest.mark.parametrize("word", ["colleague", "cabinet colleague"])
def test_a_colleague_is_the_other_of_two(word: str) -> None:
    """«Her colleague» is whom the text names together with her; the radio he spoke to says nothing."""
    text = (
        "Foreign Minister Ana Brisk and Defence Minister Jon Lund disagree about mines. "
        '"There are no mines," the foreign minister said. '
        f"An hour later her {word} told Radio Reyl that 3,000 mines had left. "
        'Their failure rate, he insisted, was "under 2 percent".'
    )
    assert [p.fields["speaker"] for p in statements(text)] == ["Ana Brisk", "Jon Lund", "Jon Lund"]
