"""Positions told by another state's, by who is in and who is out, and by «her country». All made up."""

from __future__ import annotations

import pytest

from landrelease.evidence.extract import extract


def positions(text, published="2025-09-20"):
    """State, treaty and status of each position."""
    found = extract(text, published=published).proposals
    return {
        f"{p.fields['state']} {p.fields['treaty']} {p.fields['status']}"
        for p in found
        if p.category == "treaty_position"
    }


IN = "The Mine Ban Treaty has 164 parties."
PERU = "Peru is a party to the Mine Ban Treaty."
CUBA = "Cuba has not joined the Mine Ban Treaty."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{PERU} So are Chile and Bolivia.", ["CHL MBT party", "BOL MBT party"]),
        (f"{PERU} Chile is one too.", ["CHL MBT party"]),
        (f"{CUBA} Neither has Egypt, which keeps large stocks.", ["EGY MBT non-party"]),
        (f"{CUBA} Nor, for that matter, has Egypt.", ["EGY MBT non-party"]),
        (f"{CUBA} The same goes for Egypt.", ["EGY MBT non-party"]),
        ("Chad, but not Sudan, is a party to the Mine Ban Treaty.", ["SDN MBT non-party", "TCD MBT party"]),
        ("Bombs fall under the Mine Ban Treaty, to which Chad, unlike Sudan, belongs.", ["SDN MBT non-party", "TCD MBT party"]),
        ("Chad has joined the Mine Ban Treaty; Sudan's neighbour Libya has not.", ["LBY MBT non-party"]),
        ("Chad's accession to the Mine Ban Treaty was followed in June 2023 by that of Mali.", ["MLI MBT party"]),
    ],
)  # fmt: skip
def test_a_state_stands_as_another_does_or_the_other_way_round(text, expected):
    """«So is», «neither has», «but not» and «unlike» tell of one state by another."""
    assert set(expected) <= positions(text)


def test_neither_follows_a_quotation():
    """What a speaker adds after the reporting verb goes on from what was said."""
    text = (
        '"We are not a party to the Mine Ban Treaty," said Ana Vell, a spokeswoman for the US State'
        ' Department. "Neither are India and Pakistan."'
    )
    assert positions(text) == {"USA MBT non-party", "IND MBT non-party", "PAK MBT non-party"}


@pytest.mark.parametrize(
    "text",
    [
        f"{PERU} So has the number of mines.",
        f"{PERU} Chile did not comment.",
        f"{PERU} It has cleared its mines, Chile has not.",
        f"{PERU} Chile has not cleared its mines.",
        "Peru is a party to the Mine Ban Treaty but not Chile's trade pact.",
        "Peru is a party to the Mine Ban Treaty, unlike the Convention on Cluster Munitions.",
        "Unlike in Chile, mines in Peru, a party to the Mine Ban Treaty, are mapped.",
    ],
)
def test_no_likeness_where_another_thing_is_told(text):
    """Numbers, comments, clearing and pacts of others say nothing of a second state."""
    assert positions(text) == {"PER MBT party"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{IN} Egypt, India and Cuba remain outside.", ["EGY non-party", "IND non-party", "CUB non-party"]),
        (f"{IN} Brazil, a producer, has kept out.", ["BRA non-party"]),
        (f"{IN} Brazil is not in it.", ["BRA non-party"]),
        (f"{IN} Only France and Britain are inside.", ["FRA party", "GBR party"]),
        (f"{IN} Still absent are Vietnam and Laos.", ["VNM non-party", "LAO non-party"]),
        (f"{IN} Not among them: Vietnam and Laos.", ["VNM non-party", "LAO non-party"]),
        (f"{IN} Uganda and Kenya have signed, not ratified.", ["UGA signatory", "KEN signatory"]),
        ("Haiti, a signatory since 2010, has not yet ratified the Mine Ban Treaty.", ["HTI signatory"]),
        ("Haiti's signature of the Mine Ban Treaty still awaits ratification.", ["HTI signatory"]),
        ("Morocco, although not a party to the Mine Ban Treaty, reports each year.", ["MAR non-party"]),
        ("Nepal has started the steps needed to join the Mine Ban Treaty.", ["NPL non-party"]),
        ("Nepal's cabinet said that it was not ready to accede to the Mine Ban Treaty.", ["NPL non-party"]),
        ("The accession of Mali, deposited in 1998, made the Mine Ban Treaty stronger.", ["MLI party"]),
    ],
)  # fmt: skip
def test_who_is_in_and_who_is_out_is_told_in_few_words(text, expected):
    """Right after a sentence on the members «outside» needs no treaty; a signature is no ratification."""
    assert positions(text) == {one.replace(" ", " MBT ") for one in expected}


@pytest.mark.parametrize(
    "text",
    [
        f"{IN} Protesters from Chad remained outside the hall.",
        "Delegates to the Mine Ban Treaty met in Geneva. Peru stayed away.",
        "Norway supports steps to join the Mine Ban Treaty.",
        "Norway urged the accession of Chad to the Mine Ban Treaty.",
        "The accession of Cuba to the Mine Ban Treaty would help, parties said.",
        "Sudan and Chad signed the Mine Ban Treaty's final declaration.",
    ],
)
def test_halls_wishes_and_declarations_are_no_membership(text):
    """Who waits outside a hall, or is wished to join, is told neither in nor out."""
    assert positions(text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The representative of Myanmar said that her country was not a party to the Mine Ban Convention.", "MMR MBT non-party"),
        ("The representative of Peru said that his country stood by the Mine Ban Convention, to which it was a party.", "PER MBT party"),
        ("Peru said Chad had not joined the Mine Ban Treaty.", "TCD MBT non-party"),
    ],
)  # fmt: skip
def test_her_country_is_the_speakers(text, expected):
    """«Her country» is that of whoever speaks; a state spoken of by another is itself."""
    assert positions(text) == {expected}


def test_the_protocol_is_the_one_named_before():
    """«The protocol» after Amended Protocol II is no other treaty."""
    text = (
        "The rules are those of Amended Protocol II of the Convention on Certain Conventional Weapons, to"
        " which both Finland and Estonia are parties. India is bound by the protocol too, but has never"
        " joined the Mine Ban Treaty."
    )
    assert positions(text) == {
        "FIN CCW-AP2 party", "EST CCW-AP2 party", "IND CCW-AP2 party", "IND MBT non-party",
    }  # fmt: skip


LEFT = "Estonia's parliament voted to leave the Mine Ban Treaty on June 4."


@pytest.mark.parametrize(
    ("text", "states"),
    [
        (f"{LEFT} In Latvia the Saeima had done the same on April 16 and in Lithuania the Seimas on May 8.", "EST LVA LTU"),
        (f"{LEFT} Lawmakers in Latvia took the same decision on April 16, those in Lithuania on May 8.", "EST LVA LTU"),
        (f"{LEFT} In Poland the Sejm passed its bill on Wednesday; the Senate has still to vote.", "EST POL"),
        (f"{LEFT} In Poland the Sejm passed its bill on pensions on Wednesday.", "EST"),
        (f"{LEFT} The Polish Senate has not passed a bill to do so.", "EST"),
        ("The Rada voted on July 3 by 246 to two to denounce the Mine Ban Treaty.", "UKR"),
    ],
)  # fmt: skip
def test_parliaments_follow_each_other(text, states):
    """A vote told again of another parliament, wherever its state stands, is that state's."""
    assert positions(text) == {f"{state} MBT withdrawing" for state in states.split()}


def test_an_effect_still_to_come_is_no_withdrawal():
    """«Before it took effect» on a later day than the text's is still to come."""
    text = "Peru's decision to withdraw from the Mine Ban Treaty worries many; they called on Lima to reconsider before the withdrawal took effect on 6 March 2026."
    assert not any("withdrawn" in one for one in positions(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chad, which is not a party to the Mine Ban Treaty, sent mines to Mali, which is.", ["TCD non-party", "MLI party"]),
        ("Chad, which is not bound by the Mine Ban Treaty, sent mines to Mali, which is not either.", ["TCD non-party", "MLI non-party"]),
        ("India remains a non-signatory of the Mine Ban Treaty, as do China and Cuba.", ["IND non-party", "CHN non-party", "CUB non-party"]),
        ("Ukraine, unlike Cuba and Russia, is a signatory of the Mine Ban Treaty.", ["UKR party", "CUB non-party", "RUS non-party"]),
        ("Long borders keep Iran from joining the Mine Ban Treaty.", ["IRN non-party"]),
        ("Egypt, an outsider to the Mine Ban Treaty, seeks help.", ["EGY non-party"]),
        ("Mali could not accept Kyiv's suspension of the Mine Ban Treaty.", ["UKR suspended (claimed)"]),
        ("Chad, which is not a party to the Mine Ban Treaty, sent mines to Mali, which is poor.", ["TCD non-party"]),
    ],
)  # fmt: skip
def test_a_relative_clause_may_end_with_its_verb(text, expected):
    """«To B, which is» and «as do C» go on from what was said of A; what differs is told of each."""
    assert positions(text) == {one.replace(" ", " MBT ", 1) for one in expected}


def test_a_second_treaty_joined_to_the_first_is_told_too():
    """«Party to both» and a year between the two leave neither out."""
    both = {"PLW MBT party", "PLW CCM party"}
    second = "the Convention on Cluster Munitions"
    assert positions(f"Palau, party to the Mine Ban Treaty and {second}, has no stocks.") == both
    assert (
        positions(f"Palau is a State Party to the Mine Ban Treaty and, since 2016, to {second}.")
        == both
    )
