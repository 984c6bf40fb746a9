"""Who else speaks: of two in one sentence, without a name, in small letters, by odd verbs. All names are made up."""

from __future__ import annotations

import pytest

from landrelease.evidence.extract import extract


def told(text: str) -> list[tuple[str, str]]:
    """Return speaker and words of each statement."""
    proposals = extract(text, published="2021-03-02").proposals
    return [(p.fields["speaker"], p.quote) for p in proposals if p.category == "statement"]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Three lawmakers wrote that landmines would not stop a tank.", "lawmakers"),
        (
            "The bomb squad of the city police advised that it had blown up two grenades.",
            "squad of the city police",
        ),
        ("The rebel militia denied laying mines.", "militia"),
        ("It was acknowledged by the army that no maps of the minefields exist.", "army"),
        ("Norway's envoy, defending the vote, said cluster bombs had been a mistake.", "envoy"),
        ("The fuze was Russian, said Colonel Ana Reyl of the northern demining unit.", "Ana Reyl"),
        (
            "A leaked study by the clinic, obtained by the paper, counts 54 mine victims.",
            "study by the clinic",
        ),
        ("The mines will be debated in May, parliament's speaker said.", "speaker"),
        ("Four states, according to the Geneva-based monitor, still lay mines.", "monitor"),
        ("The villagers held the rebels responsible for the mined bridge.", "villagers"),
        ("Two farmers were hurt by mines on Sunday, border guards said.", "border guards"),
    ],
)
def test_speakers_without_a_listed_name_are_found(text: str, who: str) -> None:
    """Numbers of people, sections and squads, passives, asides between subject and verb."""
    found = told(text)
    assert len(found) == 1
    assert found[0][0].endswith(who)
    assert found[0][1] == text


def test_two_of_those_who_spoke_speak_each_in_a_clause() -> None:
    """«One of them …; the other …» are of the officials before, each with its words."""
    found = told(
        "Mines are on the way, two Finnish officials said. One of them said Oslo knew of the mines; the other put the number of mines at “several hundred”."
    )
    assert [who for who, _ in found] == [
        "Finland officials",
        "Finland official",
        "Finland official",
    ] or len(found) == 3
    assert any(words == "One of them said Oslo knew of the mines" for _, words in found)


def test_a_clause_and_a_quotation_in_one_sentence_are_of_two() -> None:
    """«…, neighbours said; “…”, recalled one cousin»: each has its own part."""
    found = told(
        "The three mines lay in the ditch, neighbours said; “we had all walked past it”, recalled one cousin."
    )
    assert ("neighbours", "The three mines lay in the ditch, neighbours said") in found
    assert any("cousin" in who and words.startswith("we had all") for who, words in found)


def test_the_relative_who_opens_the_sentence_is_she() -> None:
    """«His wife nodded: …, she said» is the wife's, not of who spoke before."""
    found = told(
        "“They mined the school,” Bo Lund, a farmer, said. His sister agreed: mines lay at the gate too, she said."
    )
    assert [who for who, _ in found] == ["Bo Lund", "sister"]


@pytest.mark.parametrize(
    "text",
    [
        "The army has neither confirmed nor denied that mines were laid.",
        "The assembly endorsed the landmine bill by a large majority.",
        "The observer of the mine agency also made remarks.",
        "The group holds 40 mines in its stores.",
        "One fighter carried a mine, the first of which reached his brigade by rail.",
    ],
)
def test_what_is_not_said_votes_and_stores_are_nobodys_words(text: str) -> None:
    """Denied speech, votes of a parliament, «made remarks» and things held."""
    assert told(text) == []


def test_one_utterance_under_a_styled_label_is_its_speakers() -> None:
    """«MS. REYL: …» with «us» or «we» is speech, though no other label stands in the text."""
    found = told(
        "MS. REYL: Most states have banned mines. What worries us is the trickle of those that leave."
    )
    assert [who for who, _ in found] == ["Reyl", "Reyl"]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Norway's Ana Reyl said mines would be cleared in May.", "Ana Reyl"),
        ("A Spanish trade official said bombs were shipped in 2008.", "Spanish trade official"),
        ("Since 1995 mines have killed 600 people, BHMAC data show.", "Mine Action Centre"),
        ("The group has recorded the use of cluster bombs in four places.", "group"),
        ("The week's teams found 40 mines, the project said.", "project"),
        ("He ruled out the use of mines.", ""),
    ],
)
def test_more_subjects_that_speak(text: str, who: str) -> None:
    """A person behind a state, data of a body, a group that records uses, officials by their demonym."""
    found = told(f"Bo Lund, the minister, said mines were old. {text}")
    assert len(found) == 2
    assert who in found[1][0]


def test_a_state_that_rules_something_out_says_no_words() -> None:
    """Of a state that is where it stands, not what it said."""
    assert told("Norway, which has a border with Russia, has ruled out such mines.") == []


def test_what_others_had_announced_in_a_retold_speech_is_the_delegates() -> None:
    """In a record of the United Nations «the President had announced» goes on the delegate's speech."""
    text = "First Committee\nMeetings coverage, General Assembly\n\nANA REYL (Norway) said that mines had been cleared in Chad. In May President Bo Quist had announced funds for mine clearance. Delegates of the Assembly had welcomed it.\n"
    found = told(text)
    assert found[0][0] == found[1][0] == "ANA REYL"
