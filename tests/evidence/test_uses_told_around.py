"""Uses told by what stands around them: a ruler, two who accuse each other, attacks counted. All made up."""

from __future__ import annotations

import pytest

from tests.evidence.told import records

MINE, CLUSTER = "mine (type not stated)", "cluster munition"


def uses(text: str) -> list[tuple[object, ...]]:
    """Party and class of the weapon of each use in a text of May 2024."""
    return sorted(
        records(text, "use_allegation", "party", "munition_class", published="2024-05-10")
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Human Rights Watch documented five attacks with CBU-87s by the Kenyan-led coalition in Somalia.", [("KEN", CLUSTER)]),
        ("Amnesty recorded two strikes using cluster bombs by Kenyan aircraft.", [("KEN", CLUSTER)]),
        ("A landmine went off. Chad and Libya blamed each other.", [("LBY", MINE), ("TCD", MINE)]),
        ("Mines were found. Chad and Libya, which both claim the strip, accused one another of having planted them.",
         [("LBY", MINE), ("TCD", MINE)]),
        ("Landmines were planted there in 1974, under Portuguese rule.", [("PRT", MINE)]),
        ("The mines were laid in the 1980s under the rule of Idriss Deby, when Chad feared an attack. Chad is poor.", [("TCD", MINE)]),
        ("Casualties of cluster munitions rose as government forces in Mali went on using them with Chad's help.", [("MLI", CLUSTER)]),
        ("Cluster bombs are banned. Some reports speak of use by Libyan forces.", [("LBY", CLUSTER)]),
        ("The BL755 bombs had been dropped in Yemen, including by a Saudi aircraft near Saada.", [("SAU", CLUSTER)]),
        ("The Malian regime has used landmines, and it has fired cluster munitions at its own people since 2013.",
         [("MLI", CLUSTER), ("MLI", MINE)]),
    ],
)  # fmt: skip
def test_uses_read_from_what_stands_around(text: str, expected: list[tuple[object, ...]]) -> None:
    """Who ruled, who is accused by whom, who flew the attacks counted is who used."""
    assert uses(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Mines lie near Bol. Chad and Libya accused each other of breaking the truce.",
        "Chad stores mines. The mines were laid under the bridge in 1980.",
        "The treaty is to prevent attacks with cluster bombs by Chad.",
        "The mines were cleared in the 1980s under the rule of Idriss Deby in Chad.",
    ],
)
def test_other_quarrels_places_and_wishes_are_no_use(text: str) -> None:
    """A truce broken, a bridge, a wish and a clearance tell of no use."""
    assert uses(text) == []
