"""Lists of states in notices of treaties: who joined, who has not, who only signed."""

from __future__ import annotations

import pytest

from landrelease.evidence.extract import extract

BEFORE = "Oman ratified the Mine Ban Treaty in May. "
OMAN = ("OMN", "party")


def positions(text: str) -> set[tuple[object, object]]:
    """States and their status."""
    found = extract(text, published="2025-06-27").proposals
    return {
        (p.fields["state"], p.fields["status"]) for p in found if p.category == "treaty_position"
    }


@pytest.mark.parametrize(("sentence", "expected"), [
    ("Nepal and Tonga have not joined yet.", {("NPL", "non-party"), ("TON", "non-party")}),
    ("Nepal has never signed to date.", {("NPL", "non-party")}),
    ("Nepal has only signed.", {("NPL", "signatory")}),
    ("Chad, Nepal and Tonga, none of them a party, sent observers.", {("TCD", "non-party"), ("NPL", "non-party"), ("TON", "non-party")}),
    ("Nepal and Tonga, neither of which is a State Party, sent observers.", {("NPL", "non-party"), ("TON", "non-party")}),
])  # fmt: skip
def test_who_is_no_party_is_told_after_one_that_is(sentence, expected) -> None:
    """The treaty stands in the sentence before."""
    assert positions(BEFORE + sentence) == {OMAN, *expected}


@pytest.mark.parametrize("sentence", [
    "Among the states that joined the Mine Ban Treaty this year are Chad and Peru.",
    "Countries that ratified or acceded to the Mine Ban Treaty in 2024 include Chad and Peru.",
    "New States Parties to the Mine Ban Treaty this year are Chad and Peru.",
    "It is the fourth to be bound by the Mine Ban Treaty, after Chad and Peru.",
])  # fmt: skip
def test_who_joined_is_told_in_a_list_at_the_end(sentence) -> None:
    """The verb stands before the states."""
    assert positions(sentence) >= {("TCD", "party"), ("PER", "party")}


@pytest.mark.parametrize("sentence", [
    "Chad will not be signing the Mine Ban Treaty.",
    "Chad is not joining the Mine Ban Treaty.",
])  # fmt: skip
def test_who_will_not_sign_is_outside(sentence) -> None:
    """A signature refused is told in the future too."""
    assert positions(sentence) == {("TCD", "non-party")}


@pytest.mark.parametrize("sentence", [
    "Chad should honour the Mine Ban Treaty.",
    "Chad should join others in the Mine Ban Treaty's talks.",
    "None of them came to the meeting of the Mine Ban Treaty in Chad.",
    "States that joined the talks on the Mine Ban Treaty include Chad.",
])  # fmt: skip
def test_other_words_tell_no_position(sentence) -> None:
    """Meetings, talks and duties are none."""
    assert ("TCD", "non-party") not in positions(sentence)
    assert ("TCD", "signatory") not in positions(sentence)


def test_representatives_deposit_for_their_states() -> None:
    """The day stands at the head: «Today, 27 June, the Permanent Representatives of …»."""
    text = (
        "Today, 27 June, the Permanent Representatives of Chad and Peru to the United Nations"
        " deposited the instruments of withdrawal from the Mine Ban Treaty."
    )
    found = extract(text, published="2025-06-27").proposals
    told = [p.fields for p in found if p.category == "treaty_position"]
    assert {(f["state"], f["date"], f["date_kind"]) for f in told} == {
        ("TCD", "2025-06-27", "notified"), ("PER", "2025-06-27", "notified"),
    }  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), [
    ("Chad and Peru, both outside it, sent observers.", {("TCD", "non-party"), ("PER", "non-party")}),
    ("Chad signed, while Peru has done neither.", {("PER", "non-party")}),
    ("Chad gave notice of succession on 11 November 2011.", {("TCD", "party")}),
    ("Chad deposited its instrument on 9 January 2012 and is preparing for it.", {("TCD", "party")}),
    ("Three States Parties--Chad, Peru and Tonga--asked for more time.", {("TCD", "party"), ("PER", "party"), ("TON", "party")}),
    ("Three States Parties (Chad, Peru and Tonga) asked for more time.", {("TCD", "party"), ("PER", "party"), ("TON", "party")}),
])  # fmt: skip
def test_further_words_of_notices(sentence, expected) -> None:
    """Succession, instruments and lists in brackets or between dashes."""
    assert positions(BEFORE + sentence) >= {OMAN, *expected}


@pytest.mark.parametrize("sentence", [
    "Two states not parties--Chad and Peru--sent observers.",
    "Chad signed a contract for detectors.",
    "Chad deposited its instrument of withdrawal.",
])  # fmt: skip
def test_like_words_make_no_party(sentence) -> None:
    """Denials, contracts and withdrawals."""
    assert ("TCD", "party") not in positions(BEFORE + sentence)
