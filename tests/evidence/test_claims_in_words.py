"""Claims told with shares in words, of two kinds compared, and what is no claim. All made up."""

from __future__ import annotations

import pytest

from tests.evidence.told import records


def claims(text):
    """Property, least, most and stance of each claim."""
    names = ("property", "value_min", "value_max", "stance")
    return records(text, "munition_claim", *names, published="2025-03-20")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bomblets leave “up to a quarter” of their number unexploded.", ("failure rate", None, 25, "asserts")),
        ("The M77 bomblet fails in one case in four, the army found.", ("failure rate", 25, 25, "asserts")),
        ("Four in every hundred failed, said the maker of the cluster bombs.", ("failure rate", 4, 4, "asserts")),
        ("About 10 percent of the bomblets had done nothing at all.", ("failure rate", 10, 10, "asserts")),
        ("The mine's fuze works in 99.5 percent of cases.", ("reliability", 99.5, 99.5, "asserts")),
        ("The shells have a dud rate of 2 percent, while that of Russian ones is 30 percent.", ("failure rate", 30, 30, "asserts")),
        ("The mines shut themselves down after 60 days.", ("self-deactivate", None, 60, "asserts")),
        ("The explosive in the mines is good for 40 years.", ("active life", None, 14600, "asserts")),
        ("Cluster bombs fell. Lind wept. He went home. In trials the failure rate was 8 percent.", ("failure rate", 8, 8, "asserts")),
        ("The failure rate claimed for the bomblets is a fairy tale, Lind said.", ("failure rate", None, None, "disputes")),
    ],
)  # fmt: skip
def test_shares_in_words_and_comparisons_are_claims(text, expected):
    """«A quarter», «one case in four», «that of», «done nothing» and «a fairy tale» are read."""
    assert expected in claims(text)


@pytest.mark.parametrize(
    "text",
    [
        "Rounds with higher dud rates are not part of this package of cluster munitions.",
        "Mines should, “as far as can be,” have a self-destruct device.",
        "Five in every hundred mines were found by dogs.",
        "The machine works in 99 percent of minefields.",
        "Landmines shut the factory down after 60 days.",
        "In Laos one village in four is near a cluster bomb.",
    ],
)  # fmt: skip
def test_what_is_asked_of_mines_and_shares_of_other_things_are_no_claims(text):
    """What should be, what is not sent, and shares of land, villages and finds claim nothing."""
    assert claims(text) == []
