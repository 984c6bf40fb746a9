"""Uses told by pronouns, second predicates, lists of users and rejected charges."""

from __future__ import annotations

import pytest

from landrelease.evidence.extract import extract


def uses(text: str) -> list[tuple[str, str, str]]:
    """Party, class of the weapon and status of each use in a text of September 2025."""
    found = extract(text, published="2025-09-20").proposals
    return [
        (str(p.fields["party"]), str(p.fields["munition_class"]), str(p.fields["status"]))
        for p in found
        if p.category == "use_allegation"
    ]


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Cluster bombs are a danger. The group has recorded their use by Syrian government forces, together with Russia, since 2012.", ["SYR", "RUS"]),
        ("In Myanmar, where mines are in use by the armed forces and several armed groups, people fled.", ["MMR", "several armed groups"]),
        ("Iran holds an estimated 2 million landmines, the largest stock of all, and has used them on a massive scale.", ["IRN"]),
        ("Iran has never been a party to this convention and is using landmines with cynicism.", ["IRN"]),
        ("Neither Iran nor Iraq is a member, and both have used cluster munitions since 2022.", ["IRN", "IRQ"]),
        ("Iran, by contrast, had been firing cluster munitions at towns.", ["IRN"]),
        ("The report on landmines finds new use by Myanmar's armed forces, who are at war, and by the former government of Syria until December 2024.", ["MMR", "SYR"]),
        ("Landmines spread. Evidence of possible use by Thailand during clashes came to light.", ["THA"]),
        ("Landmines worry us, and Iran, which is not a party to the Convention, makes extensive use of them.", ["IRN"]),
        ("Cluster munitions spread. Iran has used old and new types repeatedly in Iraq.", ["IRN"]),
        ("Cluster munitions spread. Cambodia accused Thailand of firing them in July.", ["THA"]),
        ("The Myanmar military has used a new kind of mine dropped from the air.", ["MMR"]),
        ("Landmines are banned. There are reports that Iran is poor and that it has been laying American landmines.", ["IRN"]),
        ("Landmines are the worst. Cambodia and Thailand accuse one another.", ["KHM", "THA"]),
        ("States that used landmines during the period include Myanmar, Iran and Iraq.", ["MMR", "IRN", "IRQ"]),
        ("Landmines, many of them planted by the Taliban, still maim farmers.", ["Taliban"]),
    ],
)  # fmt: skip
def test_who_used_is_found_behind_pronouns_and_lists(text: str, parties: list[str]) -> None:
    """Weapon and user may be pronouns; a second predicate has the subject of the first."""
    assert [party for party, _, _ in uses(text)] == parties


def test_a_charge_rejected_is_a_use_denied() -> None:
    """Who rejects a charge of mining denies it; where the charge is told, its record says so."""
    alone = "The landmine was new. Cambodia's defence ministry rejected the charge."
    assert uses(alone) == [("KHM", "mine (type not stated)", "denied")]
    told = "Thailand accused Cambodia of laying landmines. Cambodia rejected the accusation."
    assert uses(told) == [("KHM", "mine (type not stated)", "denied")]


@pytest.mark.parametrize(
    "text",
    [
        "HALO bought detectors for mines. Deminers of Iran have used them in Tabriz.",
        "Mines kill. Iran has used them in training and Norway has used drones.",
        "Iran has received mine detectors and is using mine flails to clear land.",
        "The tax was new. Cambodia's defence ministry rejected the charge.",
        "Landmines kill. There is no evidence of use by Norway.",
    ],
)
def test_pronouns_for_other_things_tell_of_no_use(text: str) -> None:
    """Machines, practice and other charges are no use of mines."""
    assert uses(text) == []
