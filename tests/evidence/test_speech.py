"""Who speaks: forms of speech and kinds of document, each on a sentence or two of its own."""

from __future__ import annotations

import pytest

from landrelease.evidence.extract import extract
from landrelease.evidence.reading import read


def spoken(text: str, published: str = "2024-05-10") -> list[tuple[str, str]]:
    """Speaker and quote of each statement."""
    found = extract(text, published=published).proposals
    return [(str(p.fields["speaker"]), p.quote) for p in found if p.category == "statement"]


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("“Every cleared mine is a field.” — Ana Reyl, director of the centre", "Ana Reyl"),
        ("Deputy governor In Ben told reporters that mines were laid.", "In Ben"),
        ("Speaking in Oslo, the minister of roads, Ana Reyl, said mines remain.", "Ana Reyl"),
        ("Minister of Urban Development and Housing Ana Reyl said mines remain.", "Ana Reyl"),
        ("The agency quoted its director, Ms. Ana Reyl, as saying that mines remain.", "Ana Reyl"),
        ("The mines are old, said village elder U Than Maung.", "Than Maung"),
        (
            "A statement from Norway's foreign ministry said mines remain.",
            "Norway foreign ministry",
        ),
        ("Residents of the valley fled. Residents said they saw mines laid.", "Residents"),
    ],
)
def test_forms_of_speech(sentence: str, speaker: str) -> None:
    """Each form of attribution leads to its speaker."""
    assert speaker in [who for who, _ in spoken(sentence)]


def test_what_was_announced_is_the_sentence_before() -> None:
    """«This was announced by» gives the speaker of the sentence before it."""
    text = "Clearance of the north will end in May. This was announced by minister Ana Reyl."
    assert spoken(text) == [("Ana Reyl", "Clearance of the north will end in May.")]


def test_a_quotation_goes_on_over_paragraphs() -> None:
    """What one paragraph leaves open and a later one closes is quoted in between too."""
    text = "“Mines came with the flood,\n\nand they stayed in the fields.” She left."
    assert [text[q.start : q.end] for q in read(text).quotes] == [
        "Mines came with the flood,",
        "and they stayed in the fields.",
    ]


def test_a_quotation_within_a_quotation_does_not_end_it() -> None:
    """Inner marks belong to the outer quotation where both are closed."""
    text = "“We call it a “bombie” here, and it kills,” said Ana Reyl."
    assert [text[q.start : q.end] for q in read(text).quotes] == [
        "We call it a “bombie” here, and it kills,"
    ]


def test_a_state_body_belongs_to_the_state_beside_it() -> None:
    """The same name is another body with another state before it, and stays so afterwards."""
    text = "South Korea's Joint Chiefs of Staff said mines were laid. The Joint Chiefs of Staff said more mines came."
    found = extract(text, published="2024-05-10").proposals
    assert {p.fields["country"] for p in found if p.category == "statement"} == {"KOR"}


def test_states_speak_together() -> None:
    """«The four countries» are those listed before, with all their codes."""
    text = "Poland, Latvia, Estonia and Lithuania plan to leave the treaty. The four countries said mines deter."
    found = [
        p for p in extract(text, published="2024-05-10").proposals if p.rule == "statement.direct"
    ]
    assert [p.fields["country"] for p in found] == ["POL;LVA;EST;LTU"]


def test_a_ministry_alone_is_the_one_named_before() -> None:
    """«The ministry» is no new body."""
    text = "Cambodia's foreign ministry denied that mines were laid. The ministry said the mines were old."
    assert {who for who, _ in spoken(text)} == {"Cambodia foreign ministry"}


def test_reports_of_nobody_are_no_statement() -> None:
    """«According to preliminary estimates» names no speaker."""
    assert spoken("According to preliminary estimates, mines cover 40 hectares.") == []


def test_a_date_within_what_is_accused_does_not_date_the_accusing() -> None:
    """The last date of a sentence dates the announcing only where it can."""
    dates = {}
    for text in (
        "The foreign ministry of Norway announced clearance of mines on Monday.",
        "The foreign ministry of Norway accused them of breaking the mine ban signed on May 2.",
    ):
        found = extract(text, published="2024-05-10").proposals
        dates[text] = [p.fields.get("date") for p in found if p.category == "statement"]
    assert list(dates.values()) == [["2024-05-06"], [None]]


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("The Foreign Ministry of Norway's view is that mines remain a danger.", "Norway"),
        ("The vote on mines drew criticism from the HALO Trust.", "HALO"),
        ("The vote on mines was condemned by the HALO Trust.", "HALO"),
        ("Ana Reyl, head of the team, on the vote: “Mines never sleep at night.”", "Ana Reyl"),
        ("“Mines never sleep at night”: Ana Reyl, head of the team", "Ana Reyl"),
        ("Critics of the decision contend mines kill farmers.", "Critics"),
        ("Per a Norwegian official, the mines are old.", "Norwegian official"),
        ("Norway's minister, Ana Reyl, was quoted as saying that mines remain.", "Ana Reyl"),
        ("The HALO Trust estimates two million mines have been laid.", "The HALO Trust"),
        ("Speaking in Oslo, Ana Reyl made clear that mines belong to the North Plan.", "Ana Reyl"),
        ("The director of the group, Ana Reyl, was blunt. “Mines stay,” she said.", "Ana Reyl"),
    ],
)
def test_views_held_reactions_drawn_and_names_that_introduce(sentence: str, speaker: str) -> None:
    """A view, a reaction and a name before a colon say who speaks, without a verb of speech."""
    assert any(speaker.casefold() in who.casefold() for who, _ in spoken(sentence))


def test_an_office_belongs_to_the_state_that_acts_in_its_sentence() -> None:
    """«Norway opposes …, the minister said» is Norway's minister, whoever else is named more."""
    text = "Finland left. Finland mined. Norway opposes mines, Prime Minister Ana Reyl said."
    found = [p for p in extract(text, published="2024-05-10").proposals if p.fields.get("role")]
    assert [p.fields["country"] for p in found if p.category == "statement"] == ["NOR"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The mines were condemned to rust in the depots for years.",
        "The team identified 14 minefields near Izium.",
        "Soldiers feared the mines more than shells.",
        "The decision drew crowds from the town to the mined fields.",
        "The sign reads: “Danger mines”.",
    ],
)
def test_what_only_looks_like_a_view_is_no_statement(sentence: str) -> None:
    """Words of views and reactions that tell a fact name no speaker."""
    assert spoken(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "speakers"),
    [
        ("The HALO Trust, MAG and UNICEF urged states to clear mines.", ["The HALO Trust, Mines Advisory Group and UNICEF"]),
        ("“Mines kill,” said Human Rights Watch and Amnesty International.", ["Human Rights Watch and Amnesty International"]),
        ("Roads Minister Ana Reyl and Health Minister Bo Lund said mines remain.", ["Ana Reyl", "Bo Lund"]),
        ("Mr Reyl and Ms Lund told reporters that mines remain.", ["Reyl", "Lund"]),
        ("Mines remain, said UNICEF, and Amnesty International said they kill.", ["Amnesty International"]),
        ("The Minister of Roads and Deputy Prime Minister Ana Reyl said mines remain.", ["Ana Reyl"]),
    ],
)  # fmt: skip
def test_those_who_speak_together(sentence: str, speakers: list[str]) -> None:
    """Bodies that speak together are one speaker; of people each speaks for himself."""
    assert [who for who, _ in spoken(sentence)] == speakers


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("Deminers found mines that were laid along the road.", 0),
        ("The deminers found on Monday that the mines were new.", 1),
        ("The report, published on Wednesday, found that mines killed 40 people.", 1),
        ("“Why do they still make mines?” asked Ana Reyl.", 1),
    ],
)
def test_what_follows_the_verb_makes_it_speech(sentence: str, number: int) -> None:
    """Things found are no speech; what someone finds to be so, or asks, is."""
    assert len(spoken(sentence)) == number


INTERVIEWS = [
    "Ana Reyl, director of the Moor Trust, spoke about landmines in the valley last week.\n\nQ: {q}\n\nA: {a}\n\nQ: {r}\n\nA: {b}",
    "Interview\n\nAna Reyl, director of the Moor Trust, spoke about landmines in the valley last week. Q: {q} A: {a} Q: {r} A: {b}",
    "Interview\n\nJournalist: {q}\n\nAna Reyl: {a}\n\nJournalist: {r}\n\nAna Reyl: {b}",
    "Interview: Ana Reyl, director of the Moor Trust\n\n{q}\n\n{a}\n\n{r}\n\n{b}",
    "Question: {q}\nAna Reyl: {a}\nQuestion: {r}\nAna Reyl: {b}",
]


@pytest.mark.parametrize("form", INTERVIEWS)
def test_an_interview_is_its_guests(form: str) -> None:
    """However the turns are marked, the answers are the guest's and the questions nobody's."""
    said = {
        "a": "Some 20,000 mines are left in the valley.",
        "b": "Clearance of mines needs ten years.",
    }
    text = form.format(q="How many mines are left?", r="When will the mines be gone?", **said)
    assert spoken(text) == [("Ana Reyl", said["a"]), ("Ana Reyl", said["b"])]


def test_a_page_of_questions_is_its_bodys() -> None:
    """What stands under the questions is written by the body that the head names."""
    text = (
        "Frequently asked questions on cluster munitions\nInternational Committee of the Red Cross\n\n"
        "What are cluster munitions?\n\nCluster munitions scatter many bomblets over a wide area.\n\n"
        "Why do they harm civilians?\n\nMany submunitions do not explode and stay in the fields."
    )
    assert [who for who, _ in spoken(text)] == ["International Committee of the Red Cross"] * 2


def test_answers_of_nobody_named_are_not_proposed() -> None:
    """«A:» is no speaker, and no one else is made one."""
    text = "Talk\n\nQ: How many mines?\n\nA: Some mines are left.\n\nQ: Where are mines?\n\nA: Mines are in fields."
    assert spoken(text) == []


def test_entries_of_a_bulletin_are_no_interview() -> None:
    """Words before a colon that come again and again are columns unless someone asks."""
    text = (
        "Weekly tasks\n\n" + "Task Site: Moor\n\nMines Found: 12 mines were destroyed here.\n\n" * 3
    )
    assert spoken(text) == []


def test_an_official_without_a_name_is_an_office() -> None:
    """The label of a background call is a role of its body and no name; the welcome is no statement."""
    text = (
        "Background call\n\nSENIOR STATE DEPARTMENT OFFICIAL ONE: Thank you for joining this call on landmines. "
        "We fund mine clearance in 40 countries.\n\nQ: Where are the mines?\n\n"
        "SENIOR STATE DEPARTMENT OFFICIAL ONE: The mines are in the north."
    )
    found = [p for p in extract(text, published="2024").proposals if p.category == "statement"]
    assert [p.quote for p in found] == [
        "We fund mine clearance in 40 countries.",
        "The mines are in the north.",
    ]
    first = found[0].fields
    assert (first["speaker_kind"], first["role"]) == ("unnamed", "Senior State Department Official")
    assert (first["org"], first["country"]) == ("US Department of State", "USA")


_VIEW = (
    "For thirty years the ban on mines has saved lives. Bo Lund said that mines deter.\n\n"
    "Leaving the treaty on mines would be a mistake."
)


@pytest.mark.parametrize(
    ("form", "speaker"),
    [
        ("Mines are back\n\nBy Ana Reyl, director of the Moor Foundation\n\n{v}", "Ana Reyl"),
        ("OPINION: Mines are back\n\nAna Reyl is the director of the Moor Foundation.\n\n{v}", "Ana Reyl"),
        ("Mines are back\n\nBy Ana Reyl\n\n{v}\n\nAna Reyl is a professor of law at Moor University.", "Ana Reyl"),
        ("Opinion\n\nMines are back\n\nAna Reyl\n\n{v}\n\nThe writer is director of the Moor Foundation.", "Ana Reyl"),
        ("Mines are back\n\nBy Ana Reyl, Staff Reporter\n\n{v}", None),
        ("Mines are back\n\nBy Ana Reyl\n\n{v}\n\nAna Reyl is a reporter and editor in Moor.", None),
        ("Mines are back\n\nBy Ana Reyl\n\n{v}", None),
    ],
)  # fmt: skip
def test_an_opinion_piece_is_its_authors(form: str, speaker: str | None) -> None:
    """Where the page says whose view it is, what nobody else says in it is the author's."""
    found = spoken(form.format(v=_VIEW))
    own = [q for who, q in found if who == speaker]
    assert len(own) == (2 if speaker else 0)
    assert ("Bo Lund", "Bo Lund said that mines deter.") in found
    assert len(found) == len(own) + 1


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (
            "Norway’s foreign ministry issued a statement on the mine blast, Azernews reports.\n\n"
            '"Three people were killed by mines.\n\nMore mines were laid in May," the ministry said.',
            ["Norway foreign ministry"] * 3,
        ),
        (
            "A report released by Amnesty International on Tuesday said that mines killed 84 people.",
            ["Amnesty International"],
        ),
        ("Polish and Latvian officials said mines deter.", ["Polish and Latvian officials"]),
        ("The RDU says mines remain in the valley.", ["RDU"]),
    ],
)
def test_who_speaks_in_news(text: str, speakers: list[str]) -> None:
    """An agency that passes words on is not their speaker; a report is its body's."""
    assert [who for who, _ in spoken(text)] == speakers


def test_a_text_is_at_home_where_it_is_told_from() -> None:
    """An office without a state belongs to the state with whose words the text opens."""
    text = (
        "South Korea accused North Korea of laying mines. Mines from North Korea hurt two.\n\n"
        "“North Korea laid the mines,” presidential spokesman Min Kyung said."
    )
    found = extract(text, published="2024-05-10").proposals
    said = [p for p in found if p.category == "statement"]
    assert said[-1].fields["country"] == "KOR"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "The ministry of Norway reported on cluster munitions.\nSource: an agency citing Ana Reyl, spokesperson\n"
            "Quote: “We do not think that this will divide our many friends.”",
            ("Ana Reyl", "We do not think that this will divide our many friends."),
        ),
        (
            "We asked those who clear mines.\n\nAna Reyl, Deminer, Angola\n\n“My first mine lay under a tree by the road.”",
            ("Ana Reyl", "My first mine lay under a tree by the road."),
        ),
        (
            "“My first mine lay under a tree by the road.”\n\nAna Reyl, Deminer, Angola\n\nThe mines are old.",
            ("Ana Reyl", "My first mine lay under a tree by the road."),
        ),
        (
            "United Nations\n\nSecretary-General's remarks at the meeting on mines\n\nMr. President,\n\nI thank you for this important day.\n\n"
            "We must end the harm of mines.\n\nLandmines maim and kill without telling whom they hit.",
            ("Secretary-General", "Landmines maim and kill without telling whom they hit."),
        ),
        (
            "A palace spokesperson said on Monday that mines kill. The spokesperson said the bombs stay.",
            ("palace spokesperson", "The spokesperson said the bombs stay."),
        ),
        (
            "Clearing roads helps, Ana Reyl of the United Nations Mine Action Service (UNMAS) in Laos, said of mines.",
            ("Ana Reyl", "Clearing roads helps, Ana Reyl of the United Nations Mine Action Service (UNMAS) in Laos, said of mines."),
        ),
        ("Norway officials continue to urge states to clear mines.", ("Norway officials", "Norway officials continue to urge states to clear mines.")),
    ],
)  # fmt: skip
def test_speakers_that_stand_beside_their_words(text: str, found: tuple[str, str]) -> None:
    """A line of source, a name line or an office before tells who speaks."""
    assert found in spoken(text)


def test_an_outlet_that_passes_on_is_no_speaker() -> None:
    """«According to national TV» names nobody who says so."""
    assert spoken("According to Lao national TV on Monday, mines lie in 316 villages.") == []


def test_another_secretary_general_is_not_the_united_nations() -> None:
    """Without the United Nations in the head the office alone names no one."""
    text = (
        "Secretary-General's remarks at the meeting on mines\n\nMr. President,\n\nI thank you for this day.\n\n"
        "We must end the harm of mines.\n\nLandmines maim and kill without telling whom they hit."
    )
    assert "Secretary-General" not in [who for who, _ in spoken(text)]
