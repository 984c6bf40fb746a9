"""Every check, on a text as a user hands it over: the remark is there, and its words say why."""

from __future__ import annotations

import pytest

from landrelease.evidence import ages
from landrelease.evidence.checks import checked
from landrelease.evidence.extract import extract
from landrelease.evidence.proposals import Proposal
from landrelease.terms import load_terms

# code, text, date of publication, category of the proposal, words of the message
TEXTS = [
    ("area_exceeds_state", "Some 403,397 square kilometres of Lebanon are contaminated by mines, the agency said in 2024.", "2024-11-21", "event", "all of LBN"),
    ("area_large", "Around 174,000 square kilometres of Ukraine is contaminated by mines, officials said in 2024.", "2024-11-21", "event", "of UKR"),
    ("parts_differ_from_total", "Last year mines killed 251 people and injured 780 in Yemen, 780 casualties in all, the centre said.", "2024-11-21", "event", "the text says 780"),
    ("parts_exceed_total", "In 2023, 40 people were killed by mines in Yemen, out of 30 casualties in total.", "2024-11-21", "event", "40 killed of 30"),
    ("rate_not_total", "In Afghanistan mines and explosive remnants caused an average of 50 casualties a month.", "2024-11-21", "event", "a rate is no total"),
    ("units_contradict", "The agency cleared 174 thousand square meters. km in Azerbaijan in May 2024.", "2024-11-21", "event", "which one is meant"),
    ("treaty_status_differs", "Ukraine has signed the Mine Ban Treaty.", "2024-11-21", "treaty_position", "party since 2005-12-27"),
    ("before_treaty", "Norway ratified the Mine Ban Treaty in 1990.", "2024-11-21", "treaty_position", "adopted"),
    ("before_state", "In 2005 a mine killed two people in South Sudan near Juba.", "2024-11-21", "event", "independent (2011)"),
    ("before_organisation", "The HALO Trust cleared 12 hectares of minefields in Angola in 1979.", "2024-11-21", "event", "founded (1988"),
    ("before_munition", "Bulgaria delivered 400 PFM-1 mines to Romania in 1960, the ministry said.", "2024-11-21", "transfer", "PFM-1 was made (1975"),
    ("before_munition", "Russian forces used POM-3 mines near Kharkiv in 2015, Human Rights Watch said.", "2024-11-21", "use_allegation", "first found in use (2022"),
    ("before_munition", "In 1955 deminers destroyed 12 PMN-2 mines and cleared 3 hectares in Cambodia.", "2024-11-21", "event", "PMN-2 was made (1970"),
    ("before_munition", "Officials said the PFM-1S mines self-destruct within 40 hours.", "1961-05-04", "munition_claim", "secondary source"),
    ("date_after_publication", "On 3 June 2025 the minister said that mines remain.", "2024-11-21", "statement", "after publication"),
    ("date_open", "Teams cleared 3 hectares and destroyed 12 mines last week in Angola.", None, "event", "'last week'"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "text", "published", "category", "words"), TEXTS)
def test_a_text_that_contradicts_itself_or_what_is_known_is_flagged(
    code, text, published, category, words
):
    """The proposal is made with the text's own value, and the remark travels with it."""
    found = [
        check["message"]
        for proposal in extract(text, published=published).proposals
        if proposal.category == category
        for check in proposal.checks
        if check["code"] == code
    ]
    assert found, f"no {code}"
    assert words in found[0]


PLAIN = [
    "In 2023, 251 people were killed and 780 injured by mines in Yemen, 1,031 casualties in all.",
    "The HALO Trust cleared 12 hectares of minefields in Angola in 1999.",
    "Russian forces used POM-3 mines near Kharkiv in 2022, Human Rights Watch said.",
    "Bulgaria delivered 400 PFM-1 mines to Romania in 1980, the ministry said.",
    "In 2015 a mine killed two people in South Sudan near Juba.",
    "Norway ratified the Mine Ban Treaty in 1998.",
]


@pytest.mark.parametrize("text", PLAIN)
def test_a_plain_text_is_not_flagged(text):
    """The same kinds of sentence without a contradiction carry no remark."""
    found = extract(text, published="2024-11-21").proposals
    assert found
    assert [c["code"] for p in found for c in p.checks] == []


def _event(**fields):
    return Proposal("event", "x", 0, 1, {"kind": "clearance", **fields}, "test")


def test_a_period_that_ends_before_it_begins_is_flagged():
    """A reversed period is shown, not turned."""
    found = checked(_event(period_start="2024-05-08", period_end="2024-05-02"), "x", "2024")
    assert [c["code"] for c in found.checks] == ["period_reversed"]


def test_a_state_that_nobody_knows_is_flagged():
    """A plug-in's code that is no state is said to be none."""
    fields = {"state": "QQQ", "treaty": "MBT", "status": "party"}
    found = checked(Proposal("treaty_position", "x", 0, 1, fields, "test"), "x", "2024")
    assert [c["code"] for c in found.checks] == ["state_unknown"]


def test_a_first_use_says_nothing_of_an_announcement():
    """A type is shown and offered before it is used: only use and finds are flagged by that year."""
    items = [{"name": "POM-3 mines", "class": "AP mine", "quantity": None}]
    fields = {"supplier": "RUS", "recipient": "BLR", "items": items, "date": "2019"}
    offer = Proposal("transfer", "x", 0, 1, fields, "test")
    assert list(ages.before_munition(offer, "2024")) == []


def test_a_period_that_reaches_the_year_is_not_flagged():
    """Only the last year of a period must not lie before."""
    munitions = [{"name": "PMN-2 mines", "class": "AP mine", "count": None}]
    event = _event(period_start="1960", period_end="1979", munitions=munitions)
    assert list(ages.before_munition(event, None)) == []


def test_every_introduction_has_its_source_edition_and_evidence():
    """No year without a source that is listed with its edition, and a tag for how it was read."""
    table = load_terms("introductions")
    for group in ("classes", "munitions", "organisations"):
        for name, entry in table[group].items():
            assert 1800 < entry["year"] <= 2026, name
            assert table["sources"][entry["source"]]["edition"], name
            assert entry["evidence"] in ("read", "secondary"), name
            assert entry["basis"] in ("developed", "first_use", "founded"), name


def test_introductions_name_what_the_vocabulary_knows():
    """Classes are those of the ordnance list, organisations those of the organisations list."""
    table = load_terms("introductions")
    assert set(table["classes"]) <= set(load_terms("ordnance")["classes"])
    assert set(table["organisations"]) <= set(load_terms("organisations")["organisations"])


def test_a_check_never_changes_a_field():
    """What the text says is kept beside the remark."""
    text = "Ukraine has signed the Mine Ban Treaty."
    position = next(
        p for p in extract(text, published="2024").proposals if p.category == "treaty_position"
    )
    assert position.fields["status_in_text"] == "signed"
    assert position.checks
