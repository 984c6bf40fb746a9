"""Statements at meetings, presidencies, releases: whose words the plain sentences are. All names are made up."""

from __future__ import annotations

import pytest

from landrelease.evidence.extract import extract


def spoken(text: str) -> list[tuple[str, str]]:
    """Return who says what in a text."""
    proposals = extract(text, published="2024-11-20").proposals
    return [(p.fields["speaker"], p.quote) for p in proposals if p.category == "statement"]


HEAD = "Ninth Meeting of the States Parties\nto the Convention on the Prohibition of Anti-Personnel Mines\nGeneva, 2-6 December 2024\n"
PLAIN = "Our army cleared 12 minefields in the south by the end of 2023."


@pytest.mark.parametrize(
    "lines",
    [
        "Statement by the Republic of Chad\nDelivered by Ms. Ana Reyl, Director, National Demining Office\n3 December 2024",
        "Statement of Chad\nCompletion of Article 5\nPresented by Ana Reyl, Coordinator, National Demining Office",
        "Agenda item 9\nStatement by Chad on clearance\nDelivered by Ambassador Ana Reyl, Permanent Representative of Chad",
    ],
)
def test_a_statement_at_a_meeting_is_its_speakers_from_the_first_sentence(lines: str) -> None:
    """Lines of the head printed one under the other each tell their own: kind, speaker, day."""
    text = f"{HEAD}\n{lines}\n\nMr. President,\nExcellencies,\n\nAllow me to congratulate you on your work.\n\n{PLAIN} One more field was then found in the north.\n\nI thank you."
    found = spoken(text)
    assert ("Ana Reyl", PLAIN) in found
    assert ("Ana Reyl", "One more field was then found in the north.") in found
    assert not any("congratulate" in words or "thank you" in words for _, words in found)
    countries = [p.fields["country"] for p in extract(text).proposals if p.category == "statement"]
    assert set(countries) == {"TCD"}


@pytest.mark.parametrize(
    ("title", "opening"),
    [
        ("11MSP PRESIDENCY STATEMENT ON THE WITHDRAWAL OF PERU FROM THE CONVENTION ON CLUSTER MUNITIONS", "Chile, as President of the Eleventh Meeting of States Parties, regrets the announcement of Peru."),
        ("Presidency Statement on the Use of Cluster Munitions in Peru", "Chile, in its capacity as President of the Convention on Cluster Munitions, condemns any use of cluster munitions."),
        ("President's statement on Peru", "Chile, holding the Presidency of the Mine Ban Treaty, is alarmed by reports of new mines."),
    ],
)  # fmt: skip
def test_a_statement_of_a_presidency_is_the_presiding_states(title: str, opening: str) -> None:
    """The state that presides says every sentence, not the state that the title names."""
    plain = "Cluster munitions kill and maim civilians long after a war."
    assert ("Chile government", plain) in spoken(
        f"{title}\nGeneva, 12 July 2024\n\n{opening}\n\n{plain}"
    )


@pytest.mark.parametrize(
    ("head", "lead", "who"),
    [
        ("Casualties rise\nPress release | 20th November 2024, 11:00", "The Landmine Monitor 2024, out today, reports more casualties from landmines.", "Landmine and Cluster Munition Monitor"),
        ("Casualties rise", "(Geneva, 20 November 2024) - More people were killed by landmines last year, Human Rights Watch said today.", "Human Rights Watch"),
        ("NEWS RELEASE\nFunds for clearance", "The Australian Government will give $1.6 million to clear mines in Laos.", "Australia government"),
    ],
)  # fmt: skip
def test_plain_sentences_of_a_release_are_its_bodys(head: str, lead: str, who: str) -> None:
    """In a release nobody else is said to speak in a plain sentence: the body that issues it does."""
    plain = "Most of the mine casualties were civilians, and half of them children."
    assert (who, plain) in spoken(f"{head}\n\n{lead}\n\n{plain}")


def test_a_news_story_about_a_report_has_no_voice_of_its_own() -> None:
    """Without the mark of a release the plain sentences are the paper's and no statements."""
    plain = "Most of the mine casualties were civilians, and half of them children."
    text = f"More casualties\n\nGENEVA, 1 September - More people were killed by landmines last year, Human Rights Watch said on Thursday.\n\n{plain}"
    assert plain not in [words for _, words in spoken(text)]


def test_entries_of_a_fact_sheet_that_are_sentences_are_said_by_its_author() -> None:
    """An entry with verb and full stop says something; a mere thing on a list does not."""
    text = (
        "Landmine clearance abroad\nFact Sheet\nOffice of the Spokesperson\nApril 3, 2024\n\n"
        "The United States pays for more clearance of landmines than any other state does.\n\n"
        "- In Laos, the United States provided $24 million for clearance of cluster munitions.\n\n"
        "- In Iraq, it has helped to clear the mines that armed groups laid there.\n\n"
        "- Metal detectors, mine boots and other gear for mine clearance teams\n\n"
    )
    words = [w for _, w in spoken(text)]
    assert any(w.startswith("In Laos") or w.startswith("- In Laos") for w in words)
    assert any("In Iraq, it has helped" in w for w in words)
    assert not any("Metal detectors" in w for w in words)


def test_single_marks_are_read_where_only_the_front_matter_has_double_ones() -> None:
    """Marks around the title in the front matter say nothing about those of the text."""
    text = '---\ntitle: "Help for Laos"\n---\n\nHelp comes.\n\n‘We clear mines with the help of our neighbours,’ said Ana Reyl of the demining office.'
    assert ("Ana Reyl", "We clear mines with the help of our neighbours,") in spoken(text)


@pytest.mark.parametrize(
    "opening",
    [
        "As I take the floor for the first time, let me reaffirm Chile's firm support for the Convention on Cluster Munitions. Chile remains committed to its universalisation.",
        "I thank the President for convening this intersessional meeting on mines. Chile welcomes the work done on landmines, and Chile calls on all states to join the Mine Ban Treaty.",
    ],
)
def test_a_speech_at_a_meeting_without_a_head_is_of_the_state_that_speaks_of_itself(
    opening: str,
) -> None:
    """Of the states that a delegate names, his own is the one that welcomes, reaffirms, calls on."""
    plain = "We regret that Peru has withdrawn from the Convention on Cluster Munitions."
    more = "Every landmine that is not laid is one that we need not clear."
    found = spoken(f"Statements and speeches\n{opening}\n\n{plain} {more}")
    assert ("Chile government", plain) in found
    assert ("Chile government", more) in found


def test_a_report_of_a_meeting_is_of_no_state_that_it_tells_of() -> None:
    """Without «we» a text that tells what a state welcomes is not that state's speech."""
    plain = "Cluster munitions kill and maim civilians long after a war."
    text = f"Talks on mines\n\nThis meeting on landmines drew 90 states. Chile welcomes the work done. Chile calls on all states to join the Mine Ban Treaty.\n\n{plain}"
    assert plain not in [words for _, words in spoken(text)]


@pytest.mark.parametrize(
    "office", ["Bureau of Political-Military Affairs", "Office of the Spokesperson"]
)
def test_a_paper_under_the_line_of_an_office_is_its_bodys(office: str) -> None:
    """The name of the office alone on a line makes the plain sentences its own, not the caption."""
    plain = "Many minefields were laid along the border in the last war."
    caption = (
        "Date: 2015 Description: Ana Reyl, Deputy Director, on a visit to demining sites in Chad."
    )
    passed_on = (
        "The Landmine and Cluster Munition Monitor reports that mines hurt 80 people last year."
    )
    found = spoken(f"Clearing land: Chad\n\n{office}\n\n{caption}\n\n{plain} {passed_on}")
    assert ("US Department of State", plain) in found
    assert ("Landmine and Cluster Munition Monitor", passed_on) in found
    assert caption not in [words for _, words in found]


@pytest.mark.parametrize(
    "line",
    [
        "ANA REYL M.P. Shadow Minister for Foreign Affairs",
        "Ana Reyl, MP, Shadow Minister for Defence",
    ],
)
def test_a_release_of_a_member_is_not_of_the_state_it_is_about(line: str) -> None:
    """Letters between name and role hide neither; quotations that go on are the member's."""
    more = "Chad is one of the most mined countries in the world."
    found = spoken(
        f"{line}\n\nMEDIA RELEASE\n\nCHAD MINE CLEARANCE AID INADEQUATE\n\n"
        "The shadow minister, Ana Reyl, today asked for more money for mine clearance in Chad.\n\n"
        f"“So little money for mine clearance is a disgrace,” Ms Reyl said.\n\n“{more}”"
    )
    assert more in [words.strip("“”") for _, words in found]
    assert {who for who, _ in found} == {"Ana Reyl"}


@pytest.mark.parametrize(
    "role", ["Shadow Minister for Foreign Affairs", "Opposition Foreign Minister"]
)
def test_a_minister_of_the_opposition_speaks_for_no_ministry(role: str) -> None:
    """Neither the ministry of his own state nor that of the state he speaks about is his."""
    text = f"Mines in Chad\n\nThe {role}, Ana Reyl, today asked the Australian Government to pay for mine clearance in Chad.\n\n“Mines in Chad kill every day,” Ms Reyl said."
    found = [p.fields for p in extract(text).proposals if p.category == "statement"]
    assert found
    assert all(f["org"] is None and f["country"] != "TCD" for f in found)
