"""«Neither … nor», «none of the three», «all but», «no longer»: a status is never turned into its opposite."""

from __future__ import annotations

import pytest

from tests.evidence.told import records


def positions(text: str) -> set[tuple[str, str]]:
    """State and status of each position of a text of 2025."""
    return set(records(text, "treaty_position", "state", "status", published="2025-09-01"))


@pytest.mark.parametrize(
    ("text", "outside"),
    [
        ("Neither Nepal nor Laos belongs to the Mine Ban Treaty.", {"NPL", "LAO"}),
        ("Neither Nepal nor Laos has come on board the Mine Ban Treaty.", {"NPL", "LAO"}),
        ("Neither of the Koreas is a member of the Mine Ban Treaty.", {"PRK", "KOR"}),
        ("None of the three, Cuba, Egypt and Iran, has joined the Mine Ban Treaty.", {"CUB", "EGY", "IRN"}),
        ("None of the great powers – India, China – belongs to the Mine Ban Treaty.", {"IND", "CHN"}),
        ("All of its neighbours except Laos belong to the Mine Ban Treaty.", {"LAO"}),
        ("Egypt has never put its name to the Mine Ban Treaty, nor has Libya.", {"EGY", "LBY"}),
        ("Egypt and Iran are no members of the Mine Ban Treaty.", {"EGY", "IRN"}),
        ("Egypt hopes to become the 167th State Party to the Mine Ban Treaty.", {"EGY"}),
    ],
)  # fmt: skip
def test_a_denial_before_the_names_is_kept(text: str, outside: set[str]) -> None:
    """Words before a list turn what its verb says of it."""
    assert positions(text) == {(state, "non-party") for state in outside}


@pytest.mark.parametrize(
    "text",
    [
        "Not all of the four, Chad, Mali, Niger and Libya, belong to the Mine Ban Treaty.",
        "Chad no longer shuns the Mine Ban Treaty.",
        "Chad has ceased to be outside the Mine Ban Treaty.",
        "It is untrue that Chad is absent from the Mine Ban Treaty.",
        "Sweden's accession to NATO was met by the Mine Ban Treaty's parties. Finland's accession, the 31st, made it the 31st member.",
        "Egypt could become the 167th member of the Mine Ban Treaty.",
    ],
)  # fmt: skip
def test_what_is_open_is_not_read(text: str) -> None:
    """Where words before a list, or an end of what was, leave a status open, none is proposed."""
    assert positions(text) == set()


def test_who_alone_belongs_does() -> None:
    """«Only» and «nobody but» turn nothing; who is left out by «only Norway» is not meant."""
    assert positions("Nobody but Peru belongs to the Mine Ban Treaty.") == {("PER", "party")}
    only = "Of the states that border Russia, only Norway will remain in the Mine Ban Treaty."
    assert positions(only) == {("NOR", "party")}
    relative = "All members except Angola, which has signed but not ratified the Convention on Cluster Munitions, voted."
    assert positions(relative) == {("AGO", "signatory")}
    neither = "Neither Chad nor Mali stopped being a party to the Mine Ban Treaty."
    assert positions(neither) == {("TCD", "party"), ("MLI", "party")}
