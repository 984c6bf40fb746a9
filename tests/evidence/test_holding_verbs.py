"""Speaking by what one holds, denies, wants or passes on."""

from __future__ import annotations

import pytest

from landrelease.evidence.extract import extract


def speakers(text: str) -> list[object]:
    """Who makes each statement of a text."""
    found = extract(text, published="2024-05-10").proposals
    return [p.fields["speaker"] for p in found if p.category == "statement"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "The HALO Trust, which works there, thinks the number of mines is smaller.",
            "The HALO Trust",
        ),
        ("Amnesty International regards the mine ban as void in wartime.", "Amnesty International"),
        ("Human Rights Watch considers Chad still bound by the mine ban.", "Human Rights Watch"),
        ("Human Rights Watch deems the cluster munitions unlawful.", "Human Rights Watch"),
        ("Colonel Bo Lund attributed the mine to the northern rebels.", "Bo Lund"),
        ("Senator Ana Reyl spoke of mines. She wants donors to pay for new detectors.", "Ana Reyl"),
        ("Chad has always denied using cluster munitions.", "Chad government"),
        (
            "Norway informed the meeting in Lowmark that all its mines are gone.",
            "Norway government",
        ),
        ("Chadian authorities deny the finding that mines were laid.", "Chadian authorities"),
    ],
)
def test_who_holds_something_speaks(text: str, speaker: str) -> None:
    """Regarding, considering, attributing, wanting, denying and informing are speech."""
    assert speakers(text)[-1:] == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "Parliament considered a bill on mines in May.",
        "Chadian authorities deny access to the mined area.",
        "Norway wants to buy more mines.",
        "The mines are attributed to the war.",
    ],
)
def test_what_is_no_speech(text: str) -> None:
    """Bills considered, access denied and wishes of one's own are no statements."""
    assert speakers(text) == []
