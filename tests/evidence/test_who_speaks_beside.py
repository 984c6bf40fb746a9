"""Speakers beside asides, ranks, old offices and names without a telling shape."""

from __future__ import annotations

import pytest

from tests.evidence.told import spoken


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "The delegate of Peru, closing the debate of the day, warned that mines remain.",
            "delegate of Peru",
        ),
        ("Mines remain, the head of the Defence Forces, Brig. Gen. Bo Lund, told MPs.", "Bo Lund"),
        (
            "In a leaflet, the Olla Kovar brigade denied having laid mines there.",
            "Olla Kovar brigade",
        ),
        ("The Bo Lund front said that the army laid the mines.", "Bo Lund front"),
        (
            "Nobody knows the mines, according to the attorney general's office.",
            "attorney general's office",
        ),
        (
            "The mine stays live for a year, according to a leaflet of its manufacturer, Kovar Arsenal.",
            "Kovar Arsenal",
        ),
        ("The mine fails once in a hundred, the DEF-MINES website says.", "DEF-MINES website"),
        ("“The mines stay,” Bo Lund went on.", "Bo Lund"),
        ("Bo Lund does not accept the failure rate of the mines.", "Bo Lund"),
        ("HALO could not verify reports of new mines near Tolm.", "The HALO Trust"),
        (
            "HRW listed Chad, along with Niger, among the states that use mines.",
            "Human Rights Watch",
        ),
        ("HALO asked donors for $3 million to clear the mines.", "The HALO Trust"),
        (
            "HRW and HALO work there. Last year the national centre, UNMAS, has cleared 40 mines, it reported.",
            "United Nations Mine Action Service",
        ),
    ],
)
def test_forms_of_speaking(text: str, speaker: str) -> None:
    """Who speaks is found whatever stands between name and verb."""
    assert speaker in [who for who, _, _ in spoken(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The authorities in Oslo have not said when the mines will go.",
        "The teams of the Tolm Centre were called out 300 times to find mines.",
        "A survey team of HALO confirmed four new minefields near Tolm.",
        "The clearance of mines went on.",
    ],
)
def test_what_is_no_speech(text: str) -> None:
    """Denied speech, passives, finds on the ground and lists of things are nobody's words."""
    assert spoken(text) == []


def test_the_office_of_a_portfolio_is_that_of_whom_the_text_has_just_named() -> None:
    """«The defence minister» is the one without an office before, not another minister."""
    text = (
        "Norway kept its mines, Bo Lund said. The defence minister told reporters that they are old. "
        "Ana Reyl, the shadow foreign minister, said that the mines are new. "
        "The defence minister said that mines save lives."
    )
    assert [who for who, _, _ in spoken(text)] == ["Bo Lund", "Bo Lund", "Ana Reyl", "Bo Lund"]


def test_its_minister_is_of_the_state_that_the_paragraph_opens_with() -> None:
    """«Its» leads to the state, not to the body named last."""
    text = (
        "The Riigikogu voted to leave the mine treaty.\n\n"
        "Chad regrets the step. “Mines kill children,” its foreign minister, Bo Lund, told reporters."
    )
    assert spoken(text)[-1] == ("Bo Lund", "Chad Ministry of Foreign Affairs", "TCD")


@pytest.mark.parametrize(
    ("text", "org"),
    [
        ("“Mines remain,” said Bo Lund of the Latvian Refugee Council.", "Latvian Refugee Council"),
        ("Bo Lund, a test official at Kovar Arsenal, said that mines fail.", "Kovar Arsenal"),
        (
            "HALO works there. Bo Lund, who runs the charity's arms programme, said mines remain.",
            "The HALO Trust",
        ),
        ("HALO disputes the toll of mines. A spokesman said that mines remain.", "The HALO Trust"),
        ("Minister Bo Lund, first vice-president of UNMAS, said mines remain.",
         "United Nations Mine Action Service"),
    ],
)  # fmt: skip
def test_the_body_somebody_speaks_for(text: str, org: str) -> None:
    """The body stands beside the name, or in the sentence before."""
    assert spoken(text)[-1][1] == org


def test_a_manufacturer_without_a_name_is_not_the_body_named_last() -> None:
    """Who makes a thing is another than who uses it."""
    text = "HALO uses a flail. According to the manufacturer, it withstands mines of 10 kilograms."
    assert spoken(text)[-1][0] == "manufacturer"
