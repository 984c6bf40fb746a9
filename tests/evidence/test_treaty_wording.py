"""Treaty positions in the many ways that texts word them. All sentences are made up."""

from __future__ import annotations

import pytest

from landrelease.evidence.extract import extract
from tests.evidence.told import records


def positions(text, published="2025-09-20"):
    """State, treaty and status of each position."""
    return records(text, "treaty_position", "state", "treaty", "status", published=published)


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("Countries outside the Mine Ban Treaty include Nepal and Iran.", ["NPL", "IRN"]),
        ("Non-signatories such as Nepal and Iran keep mines; the Mine Ban Treaty is old.", ["NPL", "IRN"]),
        ("Among the holdouts from the Mine Ban Treaty are Nepal and Iran.", ["NPL", "IRN"]),
        ("Those that have not joined the Mine Ban Treaty, such as Nepal, keep mines.", ["NPL"]),
        ("Nepal and Iran are the only states of the club that have not joined the Mine Ban Treaty.", ["NPL", "IRN"]),
        ("Nepal is one of the few countries not to have signed the Mine Ban Treaty.", ["NPL"]),
        ("Nepal never joined a 1997 international treaty banning such mines.", ["NPL"]),
        ("Nepal, Iran and Cuba keep mines. None of these three has joined the Mine Ban Treaty.", ["NPL", "IRN", "CUB"]),
        ("Unlike Peru, Nepal has not joined the Mine Ban Treaty.", ["NPL"]),
        ("Nepal, unlike its neighbours, is not bound by the Mine Ban Treaty.", ["NPL"]),
        ("Sixty nations have joined the Mine Ban Treaty but Nepal, Iran and Cuba have not.", ["NPL", "IRN", "CUB"]),
        ("Sixty countries (but not Nepal or Iran) are signatories to the Mine Ban Treaty.", ["NPL", "IRN"]),
        ("Nepal, Iran and other major non-signatories to the Mine Ban Treaty were silent.", ["NPL", "IRN"]),
        ("Non-signatory Nepal watched the meeting of the Mine Ban Treaty.", ["NPL"]),
        ("However, neither Nepal nor Iran are among the Mine Ban Treaty's signatories.", ["NPL", "IRN"]),
        ("Many have joined a pact outlawing landmines, though not Nepal or Iran.", ["NPL", "IRN"]),
    ],
)  # fmt: skip
def test_who_stands_outside_is_named_in_many_ways(text, states):
    """Each state said to be outside is one, and nobody else; «Countries» is no state."""
    assert positions(text) == [(state, "MBT", "non-party") for state in states]


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("The treaty's states parties, among them Peru and Fiji, met under the Mine Ban Treaty.", ["PER", "FJI"]),
        ("States Parties to the Mine Ban Treaty, which include Peru and Fiji, met.", ["PER", "FJI"]),
        ("The Mine Ban Treaty, to which Peru is a party, bans them.", ["PER"]),
        ("Under the Mine Ban Treaty, which it joined in 1998, Peru must report.", ["PER"]),
        ("The last countries to join the Mine Ban Treaty were Peru and Fiji.", ["PER", "FJI"]),
        ("The Mine Ban Treaty is old; the last countries to join it were Peru and Fiji in 2017.", ["PER", "FJI"]),
        ("Peru, a signatory to the Mine Ban Treaty, was silent.", ["PER"]),
        ("The Baltic states are parties to the Mine Ban Treaty.", ["EST", "LVA", "LTU"]),
        ("Peru stated that it would not leave the Mine Ban Treaty.", ["PER"]),
        ("Peru, the last country of the bloc to join the Mine Ban Treaty, voted late.", ["PER"]),
        ("Peru, like Fiji and Mali, has signed the Mine Ban Treaty.", ["PER", "FJI", "MLI"]),
    ],
)  # fmt: skip
def test_who_belongs_is_named_in_many_ways(text, states):
    """Each state said to belong is a party."""
    assert positions(text) == [(state, "MBT", "party") for state in states]


def test_one_sentence_may_tell_of_two_treaties():
    """What a clause with «but» says of a second treaty is a position of its own."""
    text = "Nepal has not joined the Mine Ban Treaty but is a state party to the Convention on Cluster Munitions."
    assert positions(text) == [("NPL", "MBT", "non-party"), ("NPL", "CCM", "party")]
    text = "Nepal signed neither the Mine Ban Treaty nor the Convention on Cluster Munitions."
    assert positions(text) == [("NPL", "MBT", "non-party"), ("NPL", "CCM", "non-party")]


@pytest.mark.parametrize(
    "text",
    [
        "Danish lawmakers voted 60 to 31 to leave the Mine Ban Treaty.",
        "The president signed a decree withdrawing Denmark from the Mine Ban Treaty.",
        "Denmark's president has signed a decree to pull the country out of the Mine Ban Treaty.",
        "Denmark, which joined the treaty in 1998, is now leaving the Mine Ban Treaty.",
    ],
)
def test_leaving_is_told_of_lawmakers_and_decrees(text):
    """A vote or decree that takes a state out is its withdrawing, whoever the subject is."""
    assert ("DNK", "MBT", "withdrawing") in positions(text)


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("The Sejm adopted a law on withdrawal from the Mine Ban Treaty.", ["POL"]),
        ("The vote follows those in Peru and Fiji, where lawmakers have decided to leave the Mine Ban Treaty.", ["PER", "FJI"]),
        ("The ministers of the Baltic States and Peru announced their intention to leave the Mine Ban Treaty.", ["EST", "LVA", "LTU", "PER"]),
    ],
)  # fmt: skip
def test_groups_and_parliaments_stand_for_their_states(text, states):
    """A parliament's vote is its state's, and the members of a group are each meant."""
    assert positions(text) == [(state, "MBT", "withdrawing") for state in states]


def test_countries_at_large_are_no_state():
    """«Western countries» names nobody."""
    assert positions("Western countries have signed the Mine Ban Treaty.") == []


def test_who_is_urged_back_has_left():
    """Nobody is asked to rejoin what he has not left."""
    text = "Campaigners urged Denmark to rejoin the Mine Ban Treaty."
    assert positions(text) == [("DNK", "MBT", "withdrawn")]


def test_a_depositary_notification_is_read_as_a_form():
    """The act under the state's name is dated by «was effected on», and the effect by its own line."""
    text = "\n".join(
        [
            "CONVENTION ON THE PROHIBITION OF THE USE, STOCKPILING, PRODUCTION AND TRANSFER OF ANTI-PERSONNEL MINES AND ON THEIR DESTRUCTION",
            "DENMARK: WITHDRAWAL",
            "",
            "The Secretary-General, acting as depositary, communicates the following:",
            "",
            "The above action was effected on 3 May 2025.",
            "",
            "The action shall take effect for Denmark on 3 November 2025.",
        ]
    )
    found = [
        (p.fields["status"], p.fields["date"], p.fields["date_kind"])
        for p in extract(text, published="2025-05-04").proposals
        if p.category == "treaty_position"
    ]
    assert found == [
        ("withdrawing", "2025-05-03", "notified"),
        ("withdrawing", "2025-11-03", "effective"),
    ]


def test_entry_into_force_is_a_position_only_where_no_joining_is_told():
    """A second sentence on the same joining proposes nothing new."""
    force = "The Convention on Cluster Munitions will enter into force for Fiji on 1 March 2026."
    assert positions(force) == [("FJI", "CCM", "party")]
    joined = f"Fiji acceded to the Convention on Cluster Munitions in May 2025. {force}"
    assert positions(joined) == [("FJI", "CCM", "party")]


def test_the_year_of_a_treaty_dates_no_position():
    """«A 1997 treaty» says when the treaty was made."""
    text = "Nepal never joined a 1997 international treaty banning landmines."
    found = extract(text, published="2025-09-20").proposals
    assert [p.fields["date"] for p in found if p.category == "treaty_position"] == ["2025-09-20"]


@pytest.mark.parametrize(
    "text",
    [
        "None of these four has cleared the Mine Ban Treaty's minefields.",
        "Peru's neighbour, Nepal's partner, signed a treaty that bans landmines from trade fairs of Iran.",
    ],
)
def test_possessors_join_nothing(text):
    """A state that only owns the subject takes no position."""
    assert not {"PER", "IRN"} & {state for state, _, _ in positions(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two states joined the Mine Ban Treaty this year: Peru and Fiji, in May 2025.", [("PER", "party"), ("FJI", "party")]),
        ("Three more countries acceded to the Mine Ban Treaty in 2012: Peru, Fiji and Mali.", [("PER", "party"), ("FJI", "party"), ("MLI", "party")]),
        ("Envoys from Nepal and Iran made known that they plan to accede to the Mine Ban Treaty.", [("NPL", "non-party"), ("IRN", "non-party")]),
        ("Nepal told the meeting of the Mine Ban Treaty that it intends to join.", [("NPL", "non-party")]),
        ("The Mine Ban Treaty has 160 parties. Nepal said it is weighing accession.", [("NPL", "non-party")]),
        ("Nepal is still studying accession to the Mine Ban Treaty.", [("NPL", "non-party")]),
        ("We urge Nepal, our friend, which has not acceded to the Mine Ban Treaty, to act.", [("NPL", "non-party")]),
        ("The Mine Ban Treaty is old. Nepal, which has not joined, was silent.", [("NPL", "non-party")]),
        ("The Mine Ban Treaty has 165 States Parties today, Fiji among them.", [("FJI", "party")]),
        ("Many states are party to the Mine Ban Treaty, among them Peru and Fiji.", [("PER", "party"), ("FJI", "party")]),
        ("Peru and Fiji took a first step on Tuesday towards leaving the Mine Ban Treaty.", [("PER", "withdrawing"), ("FJI", "withdrawing")]),
        ("The Peruvian government formally began the process of leaving the Mine Ban Treaty.", [("PER", "withdrawing")]),
        ("The Mine Ban Treaty is strong. I greet Peru and Fiji, which joined most recently.", [("PER", "party"), ("FJI", "party")]),
        ("The Mine Ban Treaty is old. When it joined in 2011, Fiji agreed to promote its norms.", [("FJI", "party")]),
        ("The Mine Ban Treaty bans this. Peru spoke: they are a party to the Mine Ban Treaty — Nepal is not; so be it.", [("PER", "party"), ("NPL", "non-party")]),
        ("Peru passed a law leaving the Mine Ban Treaty, and on 6 May 2025 it gave notice to the depositary.", [("PER", "withdrawing")]),
        ("Two states joined the Mine Ban Treaty debate: Peru and Chile, in May.", []),
        ("Peru took no step towards leaving the Mine Ban Treaty.", []),
        ("Peru, which shares a border of 1,340 km with Chile, quit the Mine Ban Treaty.", [("PER", "withdrawn")]),
        ("Peru, which borders Chile, has not joined the Mine Ban Treaty.", [("PER", "non-party")]),
        ("Nepal and Iran have stayed outside the Mine Ban Treaty.", [("NPL", "non-party"), ("IRN", "non-party")]),
        ("Geneva, which hosts the Mine Ban Treaty, is not a party.", []),
        ("Nepal is considering joining the sports union; the Mine Ban Treaty was not discussed.", []),
    ],
)  # fmt: skip
def test_joining_and_leaving_is_read_in_more_words(text, expected):
    """Who joined, will join, leaves or stays out is read with the state meant and nobody else."""
    assert set(positions(text)) == {(state, "MBT", status) for state, status in expected}


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("Mines lie along the border. Peru was hit. Chile denied it. Both countries joined the Mine Ban Treaty in 1999.", {"PER", "CHL"}),
        ("Nepal laid mines. Iranian troops did so too. Cuba sold them. None of the three countries has joined the Mine Ban Treaty.", {"NPL", "IRN", "CUB"}),
        ("Nepal laid mines. Iranian troops did so too. None of these states has signed the Mine Ban Treaty.", {"NPL", "IRN"}),
        ("Nepal laid mines. None of the three countries has joined the Mine Ban Treaty.", set()),
    ],
)  # fmt: skip
def test_states_meant_by_both_or_none_of_these_are_those_named_last(text, states):
    """«Both countries» and «none of the three» are states of the sentences before, if so many."""
    assert {state for state, _, _ in positions(text)} == states
