"""For whom somebody speaks and on which day, where the words nearby lead astray."""

from __future__ import annotations

import pytest

from landrelease.evidence.extract import extract


def told(text: str, field: str, published: str = "2024-05-10") -> list[object]:
    """One field of each statement."""
    found = extract(text, published=published).proposals
    return [p.fields[field] for p in found if p.category == "statement"]


@pytest.mark.parametrize(
    "office",
    [
        "Assistant Secretary of State for Chad and Niger",
        "Deputy Under Secretary of State for Peru",
    ],
)
def test_the_states_of_a_portfolio_are_not_whom_its_holder_speaks_for(office: str) -> None:
    """An office that one body alone has is of that body, whatever states it looks after."""
    text = f"Ana Reyl, {office}, said that mines remain near the border."
    assert told(text, "org") == ["US Department of State"]
    assert told(text, "country") == ["USA"]


def test_an_envoy_of_a_state_for_another_keeps_the_state_before() -> None:
    """Only what stands behind «for» is a portfolio."""
    text = "Norway's Assistant Secretary of State for Chad, Ana Reyl, said that mines remain."
    assert told(text, "country") == ["NOR"]


def test_a_well_known_president_is_of_his_own_state() -> None:
    """A name with its office outweighs the state that the text names most."""
    text = (
        "Armenia gave its maps of mines back. Armenia kept some, and Armenian troops laid more. "
        "President Ilham Aliyev has accused Armenian forces of laying mines."
    )
    assert told(text, "country", "2022-05-10") == ["AZE"]


def test_bodies_of_a_state_count_for_its_home() -> None:
    """A ministry without a state is of the state whose own bodies the text names most."""
    text = (
        "Sappers of the State Emergency Service of Ukraine destroyed 12 mines. "
        "The State Emergency Service of Ukraine got a machine from Japan. "
        "According to the National Police, mines killed 12 people."
    )
    assert told(text, "country")[-1] == "UKR"


def test_an_organisation_is_called_as_it_was_called_then() -> None:
    """A name that was given up later is not written over."""
    text = "Handicap International said that mines remain. Humanity & Inclusion said so too."
    assert told(text, "org") == ["Handicap International", "Humanity & Inclusion"]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Ana Reyl told the monthly planning meeting on 3 May that mines remain.", "2024-05-03"),
        ("Ana Reyl wrote on Telegram late on Thursday that mines remain.", "2024-05-09"),
        ("“Mines remain,” Ana Reyl said at a ceremony in Oslo on Monday.", "2024-05-06"),
        ("The group accused the army of laying mines at Tolm on 3 May.", None),
        ("In 2021, Ana Reyl added, teams cleared 3 km2 of mined land.", None),
        ("The group puts the number of victims of mines since 1990 at 300.", None),
        ("The group urged states to reconsider before the ban on mines ends on 3 June 2025.", None),
    ],
)
def test_the_day_of_saying_is_not_that_of_what_is_told(text: str, date: str | None) -> None:
    """A date counts where it stands with the verb of saying, not with what is said."""
    assert told(text, "date") == [date]


def test_in_a_record_all_is_said_on_the_day_of_the_meeting() -> None:
    """The head of a record gives the day of all its speakers."""
    text = (
        "GA/DIS/9999\n3 May 2024\n\nFirst Committee Hears of Mines\n\n"
        "ANA REYL (Norway) said that mines had killed 40 people.\n\n"
        "The representative of Chad said that mines remained.\n"
    )
    assert set(told(text, "date", "2024-05-03")) == {"2024-05-03"}
    assert set(told(text, "date", "2024-05-04")) == {None}


def test_a_minister_before_a_parliament_is_of_its_state() -> None:
    """Where no state is clear, the parliament that a text names tells whose ministry it is."""
    text = (
        "The Saudi coalition dropped bombs in Yemen. The defence minister told the House of Commons so. "
        "The Ministry of Defence said that the bombs were old."
    )
    assert told(text, "country")[-1] == "GBR"


def test_a_ministry_speaks_throughout_a_page_among_its_releases() -> None:
    """A page under «Press Releases» with a ministry at its head is that ministry's; a paper's is not."""
    page = (
        "{head}\n\nPress Releases\n\nHandover of mine detectors\n\n3 May 2024\n\n"
        "On 2 May, a ceremony for ten mine detectors was held in the port of Tolm with guests.\n\n"
        "A further six detectors for mines will follow by the end of this year, with training.\n"
    )
    own = page.format(head="Ministry of Foreign Affairs of Norway")
    assert set(told(own, "country")) == {"NOR"}
    assert len(told(own, "speaker")) == 2
    assert told(page.format(head="The Tolm Courier"), "speaker") == []


def test_a_ministry_passes_on_what_others_say() -> None:
    """Numbered paragraphs that end in a quotation, and «according to», are theirs who are named."""
    page = (
        "Ministry of Foreign Affairs of Norway\n\nPress Releases\n\nHandover of detectors\n\n3 May 2024\n\n"
        "1. On 2 May, a ceremony for ten mine detectors was held in the port of Tolm with guests from the town, "
        "from the harbour and from the villages behind the hills, whose fields are mined.\n\n"
        "2. Ambassador Ana Reyl stated that mines would go and that “nobody will be left alone.”\n\n"
        "3. According to the manufacturer, the detector can find mines with 4 grams of metal.\n"
    )
    assert told(page, "speaker") == ["Ministry of Foreign Affairs", "Ana Reyl", "manufacturer"]
