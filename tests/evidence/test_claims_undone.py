"""What mines fail to do, hide or reach: claims without a share or a time of their own. All made up."""

from __future__ import annotations

import pytest

from tests.evidence.told import records


def claims(text: str) -> list[tuple[object, ...]]:
    """Property and stance of each claim in a text of May 2024."""
    return records(text, "munition_claim", "property", "stance", published="2024-05-10")


ASSERTED = "asserts"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The POM-3 mine is built to blow itself up after 24 hours, but sappers report that many do not.", [("self-destruct", ASSERTED), ("self-destruct", "disputes")]),
        ("The maker says the mines self-destruct within a day. We visited ten sites where they did neither.", [("self-destruct", ASSERTED), ("self-destruct", "disputes")]),
        ("In 50,000 tests of the mines, one failed to go off on time.", [("failure rate", ASSERTED)]),
        ("The PMA-2 mine has almost no metal in it.", [("low metal content", ASSERTED)]),
        ("The POM-3 mines sense footsteps and cannot be disarmed by hand.", [("cannot be disarmed", ASSERTED)]),
        ("The VS-50 mine comes with an anti-handling device.", [("anti-handling device", ASSERTED)]),
        ("The army maintains that 99.9 percent of these mines work as designed.", [("reliability", ASSERTED)]),
        ("No more than 1% of the bomblets were to be left live on the ground.", [("failure rate", ASSERTED)]),
        ("The devices, home-made mines, stay live for three or four rainy seasons.", [("remains active", ASSERTED)]),
        ("The bomblets of the CBU-87 would shut themselves down within minutes and leave fewer than one in 100 live duds.",
         [("self-deactivate", ASSERTED), ("failure rate", ASSERTED)]),
    ],
)  # fmt: skip
def test_what_mines_leave_undone_is_a_claim(text: str, expected: list[tuple[object, ...]]) -> None:
    """«Many do not», «one failed», «hardly any metal» say how munitions behave."""
    assert claims(text) == expected


def test_a_lethal_radius_has_its_length() -> None:
    """The metres within which a mine kills are its value."""
    text = "The PROM-1 mine has a lethal radius of more than 22 metres."
    fields = ("property", "value_min", "unit")
    assert records(text, "munition_claim", *fields, published="2024-05-10") == [
        ("lethal radius", 22, "m")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Landmines were banned too. Many do not know it.",
        "The treaty would outlaw the self-destructing mines of both armies.",
        "The minefield holds little metal scrap.",
        "The bomb squad was 30 metres away when the mine killed him.",
        "Two soldiers failed to do so and stepped on a mine.",
    ],
)
def test_what_people_do_not_do_is_no_claim(text: str) -> None:
    """Soldiers that fail, bans and scrap tell nothing of how munitions behave."""
    assert claims(text) == []
