"""What is denied, unreal or only weighed is no fact; who says a thing travels with it."""

from __future__ import annotations

import pytest

from landrelease.evidence.extract import extract


def proposed(text: str, category: str) -> list[dict[str, object]]:
    """Fields of the proposals of one category."""
    found = extract(text, published="2024-05-05").proposals
    return [dict(p.fields) for p in found if p.category == category]


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("No cluster munitions were used by Israel in Lebanon in 2006.", "use_allegation"),
        ("Had Russia used mines, it would be illegal.", "use_allegation"),
        ("No one was killed by mines in Laos in 2023.", "event"),
        ("Up to 10 people could be killed by the mines.", "event"),
        ("A drill simulated a mine blast that killed three people.", "event"),
        ("The team has not cleared the 14,000 square metres of mines.", "event"),
        ("France cancelled a delivery of 500 anti-tank mines.", "event"),
        ("No anti-tank mines were sent to Ukraine by Germany.", "transfer"),
        ("Germany has delivered no cluster munitions to Ukraine.", "transfer"),
        ("Finland has not withdrawn from the Mine Ban Treaty.", "treaty_position"),
        ("Sweden is considering withdrawing from the Mine Ban Treaty.", "treaty_position"),
        ("It is false that India joined the Mine Ban Treaty.", "treaty_position"),
    ],
)
def test_a_denial_is_no_fact(text: str, category: str) -> None:
    """A sentence that says something did not happen proposes nothing that did."""
    assert proposed(text, category) == []


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Cluster munitions were used by Israel in Lebanon in 2006.", "use_allegation"),
        ("Russia, which has not joined the treaty, has used mines in Ukraine.", "use_allegation"),
        ("No fewer than 12 people were killed by mines in Laos in 2023.", "event"),
        ("Anti-tank mines were sent to Ukraine by Germany.", "transfer"),
        ("Finland has withdrawn from the Mine Ban Treaty.", "treaty_position"),
    ],
)
def test_what_stands_beside_a_no_is_read(text: str, category: str) -> None:
    """A «not» that belongs to something else does not hide a fact."""
    assert len(proposed(text, category)) == 1


def test_an_exception_does_not_do_what_the_others_do() -> None:
    """«All except one have joined» makes the one no party."""
    text = "All members of the alliance except the United States have joined the Mine Ban Treaty."
    assert [(p["state"], p["status"]) for p in proposed(text, "treaty_position")] == [
        ("USA", "non-party")
    ]


def test_who_alleges_and_who_claims() -> None:
    """An allegation names its source, a claim its claimant, from the words around."""
    accused = "Human Rights Watch accused the Rapid Support Forces of laying mines in Khartoum."
    assert proposed(accused, "use_allegation")[0]["source"] == "Human Rights Watch"
    claimed = "The mines self-destruct within 15 days, the Pentagon said."
    assert proposed(claimed, "munition_claim")[0]["claimant"] == "US Department of Defense"
    bare = "The mines self-destruct within 15 days."
    assert proposed(bare, "munition_claim")[0].get("claimant") is None


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Between 5% and 14% of the cluster munitions fail to explode.", 5, 14),
        ("The shells have a dud rate of 5 percent to 10 percent.", 5, 10),
        ("The dud rate of the shells does not exceed 2.35 per cent.", None, 2.35),
        ("The failure rates of the mines are 10 percent or more.", 10, None),
        ("Of the mines 6 in 1 million failed to self-destruct.", 0.0006, 0.0006),
        (
            "The mines self-destruct within four hours to 15 days.",
            pytest.approx(1 / 6, abs=1e-5),
            15,
        ),
    ],
)
def test_ranges_keep_both_ends(text: str, low: object, high: object) -> None:
    """A range in words keeps its ends, an open one stays open."""
    claim = proposed(text, "munition_claim")[0]
    assert (claim["value_min"], claim["value_max"]) == (low, high)
