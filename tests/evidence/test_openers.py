"""Whom a sentence opens with: «it», bare quotations and offices of the sentence after."""

from __future__ import annotations

import pytest

from tests.evidence.told import spoken


@pytest.mark.parametrize(
    "text",
    [
        "The Lowmark Mine Centre says the mines are old.\n\nChad is another matter. It told the UN in May that its mines stay.",
        "The Lowmark Mine Centre says the mines are old.\n\nChad, which joined in 1999, has not cleared them. In June it said that it would lay no more mines.",
        "The Lowmark Mine Centre says the mines are old.\n\nThe government of Chad signed the treaty in 1997. It has denied that its army lays mines.",
        "The Lowmark Mine Centre says the mines are old.\n\nLast year Chad bought detectors. It reported in May that 300 mines had been found.",
        "The Lowmark Mine Centre says the mines are old.\n\nMeanwhile, Chad cleared two roads. It announced that no mines are left there.",
    ],
)
def test_it_is_the_state_that_the_sentence_before_is_about(text: str) -> None:
    """«It» after a sentence about a state is the state."""
    assert spoken(text)[-1] == ("Chad government", None, "TCD")


def test_it_is_a_ministry_in_its_capital() -> None:
    """«In Warsaw, the defence ministry …. It said»: the ministry."""
    text = "In Warsaw, the defence ministry on Monday bought 300 mine detectors. It said that the mines there are old."
    assert spoken(text)[-1] == ("Poland defence ministry", "Poland defence ministry", "POL")


def test_it_stays_who_spoke_before() -> None:
    """After a sentence that someone spoke, «it» is that body, whatever state opens the sentence."""
    text = "Chad has mines on every road, the HALO Trust said. It added that 40 mines were found."
    assert [s[0] for s in spoken(text)] == ["The HALO Trust", "The HALO Trust"]


@pytest.mark.parametrize(
    ("opens", "speaker"),
    [
        ("Retired engineer colonel Ana Reyl doubts it.", "Ana Reyl"),
        ("Captain Ana Reyl shrugs.", "Ana Reyl"),
        ("The mayor of Lowmark, Ana Reyl, walks ahead.", "Ana Reyl"),
        (
            "The factory's chief executive, asked about the price, laughed.",
            "factory's chief executive",
        ),
        ("One deminer shook his head.", "deminer"),
    ],
)
def test_a_bare_quotation_is_whose_sentence_stands_before(opens: str, speaker: str) -> None:
    """A sentence that shows someone, then only quoted words: those are his."""
    text = f"The mines are old, said Minister Bo Lund.\n\n{opens} “Nobody ever found all of those mines in the field.”"
    assert spoken(text)[-1][0] == speaker


def test_a_bare_quotation_goes_on_the_last_speech() -> None:
    """Where the sentence before was spoken by someone, the quotation is his."""
    text = "Captain Ana Reyl waited while Minister Bo Lund said the mines were old. “Nobody ever found all those mines.”"
    assert spoken(text)[-1][0] == "Bo Lund"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "A team from the Lowmark Mine Action Center combed the field and found ten mines, the centre said.",
            ("Lowmark Mine Action Center", "Lowmark Mine Action Center"),
        ),
        (
            "The State Department examines the use of cluster munitions. “The mines inquiry is open,” a department official said.",
            ("department official", "US Department of State"),
        ),
        (
            "A Peru-led coalition bombed the town. Colonel Bo Lund, the coalition's spokesman, said that no cluster munitions were used.",
            ("Bo Lund", "Peru-led coalition"),
        ),
        (
            "The HALO Trust cleared 30 hectares. “The mines are old,” said Ana Reyl, the British charity's programme manager.",
            ("Ana Reyl", "The HALO Trust"),
        ),
        (
            "Ana Reyl, for the Office for Lowmark Affairs, said that the mines were old.",
            ("Ana Reyl", "Office for Lowmark Affairs"),
        ),
        (
            "Captain Ana Reyl of the Chadian army's engineers said that the mines were old.",
            ("Ana Reyl", "Chadian army"),
        ),
    ],
)
def test_the_body_is_the_one_named_beside(text: str, told: tuple[str, str]) -> None:
    """«The centre», «a department official», «the coalition's spokesman»: of the body named before."""
    assert spoken(text)[-1][:2] == told


@pytest.mark.parametrize(
    ("text", "country"),
    [
        (
            "LOWMARK, Chad -- Four people were hurt by a mine on Monday. Provincial police commander Bo Lund said the mine was new.",
            "TCD",
        ),
        (
            "Chad is mined. Norway, Peru and Mali help it. Chad's roads are closed. Mines killed 30, according to the National Mine Action Centre.",
            "TCD",
        ),
        (
            "Mali has left the treaty and Mali is done. Chad's notice was deposited in May. The deputy minister for defence, Bo Lund, said that the mines are needed.",
            "TCD",
        ),
    ],
)
def test_the_state_is_the_one_beside(text: str, country: str) -> None:
    """A dateline, the home state and the state whose notice opens the sentence before tell the state."""
    assert spoken(text)[-1][2] == country


def test_what_a_states_army_does_gives_no_office_its_state() -> None:
    """«Mali's army shelled it. The governor said»: the governor is of the land shelled."""
    text = "Chad is mined. Chad counts its dead. Chad needs help. Mali's army shelled the town with cluster munitions. Governor Bo Lund said that mines were left."
    assert spoken(text)[-1][2] == "TCD"
