"""Families of attribution: each construction in the words of several journalists and offices."""

from __future__ import annotations

import pytest

from tests.evidence.told import statements


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("A UN panel and Amnesty International have both accused the army of laying mines.", "Amnesty International"),
        ("An Amnesty International report published on Thursday said mines killed eight.", "Amnesty International"),
        ("A Human Rights Watch study released last week found that mines killed eight.", "Human Rights Watch"),
        ("Peru's defence ministry, in a written reply to the group last month, denied that mines had been laid.", "Peru defence ministry"),
        ("The HALO Trust, asked about the pause, said mines remain.", "The HALO Trust"),
        ("A mine expert who has worked in both countries and asked not to be named said the mines were new.", "expert"),
        ("An official who was not authorised to speak publicly said mines had been laid.", "official"),
        ("Prime Minister Ana Reyl visited the wounded in the afternoon and said mine victims would be paid.", "Ana Reyl"),
        ("The United Nations puts the number of mine casualties at 1,200.", "United Nations"),
        ("Norway's armed forces put the first bill for new mines at about 60 million euros.", "Norway armed forces"),
        ("In Lima, Bo al-Reyl, the emergencies minister, said on Wednesday that mine clearance would start.", "Bo al-Reyl"),
        ("Peru, the only member of the African Union on the river to stay in, said it would keep the mine ban.", "Peru government"),
        ("Vortal, a Finnish explosives maker, told reporters last month that it could make mines again.", "Vortal"),
        ("Chile sent two mine-clearing tanks to Peru last month, its defence ministry said.", "Chile defence ministry"),
        ("Chile, Peru and Ghana hold that the mine ban does not provide for suspension.", "Chile, Peru and Ghana"),
        ("An objection to the suspension of the mine ban was lodged by Chile on 4 May 2024.", "Chile government"),
        ("US officials speak of “non-persistent” mines that lose their power.", "US officials"),
        ("The HALO Trust contests the idea that such mines are safe.", "The HALO Trust"),
        ("President Ana Reyl undertook not to use mines abroad.", "Ana Reyl"),
        ("Bo Lund heads the service. Bo Lund asked people not to touch mines.", "Bo Lund"),
        ("Senator Ana Reyl argued that mines are of no use, a claim the army denies.", "Ana Reyl"),
        ("The Ministers of Defence of Chile, Peru and Ghana issued a joint statement on mines.", "Ministers of Defence of Chile, Peru and Ghana"),
    ],
)  # fmt: skip
def test_who_speaks(sentence: str, speaker: str) -> None:
    """Each construction leads to its speaker."""
    assert any(speaker in str(p.fields["speaker"]) for p in statements(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "The army put mines at the gate of the village.",
        "The states parties asked for more time to clear their mines.",
        "The mine was made by Vortal, a Finnish maker of explosives, in May.",
        "The machine, which they called the Beast, cleared mines.",
        "A protest march against mines was held by the river.",
    ],
)
def test_who_does_not_speak(sentence: str) -> None:
    """What only looks like one of the constructions gives no statement."""
    assert statements(sentence) == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ana Reyl, secretary of the defence committee, said mines help. “We cannot stay in the mine ban,” the lawmaker wrote.", "Ana Reyl"),
        ("Ana Reyl lost a leg to a mine in May. “I did not see the mine,” the 21-year-old said.", "Ana Reyl"),
        ("Bo Reyl's neighbours put red stones around the mines. He will not leave. “I have lived with mines,” he said.", "Bo Reyl"),
        ("Ana Reyl, the minister, said mines remain. Chile gave two machines to clear mines, her office said.", "office of Ana Reyl"),
        ("The Lagos Demining Trust (LDT) clears mines. LDT condemns the decision to send mines.", "Lagos Demining Trust"),
        ("The Lagos Peace Coalition counts. The Coalition, whose report came out on Monday, recorded 580 mine casualties.", "Lagos Peace Coalition"),
        ("The Ministers of Defence of Chile and Peru issued a joint statement on mines. In the statement the ministers note that mines deter.", "Ministers of Defence of Chile and Peru"),
        ("The Ministers of Defence of Chile and Peru issued a joint statement on mines. “We recommend to leave the mine ban,” the statement reads.", "Ministers of Defence of Chile and Peru"),
    ],
)  # fmt: skip
def test_whom_a_later_word_means(text: str, speaker: str) -> None:
    """A common noun, a pronoun, a short name or a paper leads back to whom the text named."""
    assert statements(text)[-1].fields["speaker"] == speaker


@pytest.mark.parametrize(
    ("text", "role", "org", "country"),
    [
        ("Bo Reyl, who heads a demining unit of the HALO Trust, said mines remain.", "head of a demining unit", "The HALO Trust", None),
        ("Ana Reyl, who follows the region for Amnesty International, said mines remain.", None, "Amnesty International", None),
        ("The HALO Trust regretted the vote on mines. “Mines protect nobody at all,” its regional delegate, Ana Reyl, said.", "regional delegate", "The HALO Trust", None),
        ("The HALO Trust opposes mines. Ana Reyl, a researcher at the group, warned that mines kill.", "researcher at the group", "The HALO Trust", None),
        ("The HALO Trust opposes mines. Director Ana Reyl said mines kill.", "Director", "The HALO Trust", None),
        ("Chile's army rejected the charge. “We laid no mines at all,” spokeswoman Ana Reyl told reporters.", "spokeswoman", "Chile army", "CHL"),
        ("In Kyiv, the foreign ministry spokesperson Ana Reyl said mines kill.", "foreign ministry spokesperson", "Ukraine Ministry of Foreign Affairs", "UKR"),
        ("Chile went further. “No to mines of any kind,” the defence minister, Ana Reyl, said.", "defence minister", "Chile Ministry of Defence", "CHL"),
        ("Ana Reyl, director of the crisis, conflict and arms division at Amnesty International, said mines kill.", "director of the crisis, conflict and arms division", "Amnesty International", None),
        ("Ana Reyl, director at Human Rights Watch and an editor of the Landmine Monitor, said mines kill.", "director", "Human Rights Watch", None),
        ("Ambassador Ana Reyl of Peru said mines kill in Chad and in Chad only.", "Ambassador", None, "PER"),
    ],
)  # fmt: skip
def test_for_whom_someone_speaks(
    text: str, role: str | None, org: str | None, country: str | None
) -> None:
    """Office, body and state of a person come from the words nearby."""
    fields = statements(text)[-1].fields
    assert fields["speaker"].endswith("Reyl")
    assert (role is None or str(fields["role"]).startswith(role), fields["org"]) == (True, org)
    assert country is None or fields["country"] == country


@pytest.mark.parametrize(
    ("text", "published", "role", "country"),
    [
        ("Joe Biden told reporters that mines would be sent. The president said no more.", "2023-07-09", "President", "USA"),
        ("Joe Biden told reporters that mines would be sent. The president said no more.", "2012-07-09", None, "USA"),
        ("Jane Biden told reporters that mines would be sent.", "2023-07-09", None, None),
    ],
)  # fmt: skip
def test_a_known_office_holder(
    text: str, published: str, role: str | None, country: str | None
) -> None:
    """A name without an office leads to its state, to the office only in its years."""
    fields = statements(text, published)[0].fields
    assert (fields["role"], fields["country"]) == (role, country)


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("Two US officials familiar with the decision told reporters the mines were old.", "officials"),
        ("The ministry defended the move, with spokesman Bo Reyl telling reporters that mines save lives.", "Bo Reyl"),
        ("It is the view of Amnesty International that mines must never be used.", "Amnesty International"),
        ("The foreign ministries of Chile and Peru condemned the use of cluster munitions.", "foreign ministries of Chile and Peru"),
        ("Kyiv and Moscow have both said mines must go.", "Ukraine and Russia"),
        ("There is a report by Amnesty International saying the army used a new kind of mine.", "Amnesty International"),
        ("The HALO Trust put out a report this morning that says mines kill farmers.", "The HALO Trust"),
        ("Our colleagues at the World Food Programme tell us that mines close the road.", "World Food Programme"),
        ("The HALO Trust is gravely concerned by the laying of mines.", "The HALO Trust"),
    ],
)  # fmt: skip
def test_who_is_behind_words(sentence: str, speaker: str) -> None:
    """People informed, papers that say, views and feelings lead to their speaker."""
    assert any(speaker in str(p.fields["speaker"]) for p in statements(sentence))


BRIEFING = """United Nations
Highlights of the noon briefing by Ana Reyl, Deputy Spokesperson for the Secretary-General

Good afternoon.

**Mines
The Secretary-General is gravely concerned by plans to leave the mine ban. He calls on all States to keep it.

**Chad
The HALO Trust reports from Lima that mines killed four people.

Question: Amnesty International says the army laid mines. Was there a dud rate?

Deputy Spokesperson: It can be as high as two in ten, as far as we know. I would refer you to the experts.

Question: Any update on the budget?

Deputy Spokesperson: It can be as low as two in ten, as far as we know.
"""


def test_a_noon_briefing() -> None:
    """Its opening is of those it quotes, questions too, and answers are of whom the head names."""
    found = [(p.fields["speaker"], p.quote[:24]) for p in statements(BRIEFING)]
    assert found == [
        ("Secretary-General", "The Secretary-General is"),
        ("Secretary-General", "He calls on all States t"),
        ("The HALO Trust", "The HALO Trust reports f"),
        ("Amnesty International", "Amnesty International sa"),
        ("Ana Reyl", "It can be as high as two"),
    ]


NOTICE = """Notice to States Parties

Geneva, 22 August 2025

1. The Implementation Support Unit (ISU) has the honour to inform the States Parties of communications on the Convention.

2. Until then the States concerned remain bound by all obligations of the Convention on mines.

3. Chile and Peru hold that the Convention on mines does not provide for suspension.

4. The notification was accompanied by the following statement of reasons:

“The Republic of Ghana acceded to the mine Convention on 9 January 2012.

The Government has concluded that mines are needed for its defence.”

5. The withdrawal from the Convention takes effect for the State after six months.
"""


def test_a_notice() -> None:
    """A notice is its sender's, but for those whom it names and the reasons that it quotes."""
    found = [str(p.fields["speaker"]) for p in statements(NOTICE, "2025-08-22")]
    assert found[-5:] == [
        "Implementation Support Unit",
        "Chile and Peru",
        "Ghana government",
        "Ghana government",
        "Implementation Support Unit",
    ]


STATEMENT = """Statement

Joint statement of the International Committee of the Red Cross (ICRC) to the meeting of the Convention.
Delivered by the ICRC's legal officer, Ana Reyl.

Madam President,

We regret these transfers of mines. In Chad, more than 100 people were hurt by mines, according to UNICEF.

We therefore call on all States:
– to reaffirm that nothing justifies the use of mines;
– to meet their clearance deadlines.
"""


def test_a_written_statement() -> None:
    """Short sentences and what is called for are the author's, figures of another body are its own."""
    found = [(p.fields["speaker"] == "UNICEF", p.quote[:12]) for p in statements(STATEMENT)]
    assert (False, "We regret th") in found
    assert (True, "In Chad, mor") in found
    assert any("reaffirm" in p.quote for p in statements(STATEMENT))
    assert not any(p.quote.startswith("Joint statement") for p in statements(STATEMENT))


@pytest.mark.parametrize(
    "sentence",
    [
        "The view of the valley was full of mines.",
        "Ana, reports say that mines kill.",
        "The opinion of the court came with a map of mines.",
    ],
)
def test_words_without_a_speaker(sentence: str) -> None:
    """Views of a place, opinions on paper and «reports» name nobody who speaks of mines."""
    assert statements(sentence) == []
