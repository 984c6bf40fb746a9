"""Documents come in, proposals wait, a named person judges; nothing else enters the register."""

from __future__ import annotations

import json

import pytest

from landrelease.errors import FieldError, InputError, NotFoundError, RefusedError
from landrelease.register import open_register
from landrelease.services import documents, ingesting, judging, keeping, recording, records
from landrelease.services.api import Services
from landrelease.services.judging import Accepting
from landrelease.services.reading import Reading

ARTICLE = (
    "Vientiane, 4 May 2024 - Laos joined the Convention on Cluster Munitions in 2009.\n"
    'On 2 May 2024 a farmer was killed when a mine exploded in Xieng Khouang, police said. "We ask '
    'everyone not to touch what they find," said Bounmy Keola, director of the clearance agency.\n'
)
OTHER = "On 2 May 2024 one person was killed by a mine in Xieng Khouang, Laos, an agency said.\n"


@pytest.fixture
def register(tmp_path):
    """An empty register."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country="LAO", name="Test", by="Tester")
    return path


@pytest.fixture
def article(tmp_path):
    """An article in a file."""
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def take_in(register, *files):
    """Ingest files and return the answer."""
    how = Reading(published="2024-05-04")
    return ingesting.ingest(register, [str(f) for f in files], by="Tester", how=how)


def test_every_quote_stands_in_the_text(article) -> None:
    """Offsets are those of the file as given, and the quote is what stands there."""
    found = documents.extract(str(article), Reading("2024-05-04"))
    assert found["proposals"]
    for proposal in found["proposals"]:
        assert ARTICLE[proposal["start"] : proposal["end"]] == proposal["quote"]


def test_ingesting_again_changes_nothing(register, article) -> None:
    """The same bytes are the same source, under any name."""
    first = take_in(register, article)["documents"][0]
    with open_register(register) as opened:
        before = opened.revision()
    again = take_in(register, article)["documents"][0]
    assert (first["status"], again["status"]) == ("added", "unchanged")
    assert again["source_id"] == first["source_id"]
    with open_register(register) as opened:
        assert opened.revision() == before


def test_a_changed_document_is_a_new_version(register, article) -> None:
    """The same name with other bytes is a new version of the source, and names the earlier."""
    first = take_in(register, article)["documents"][0]
    article.write_text(ARTICLE + "Corrected on 5 May.\n", encoding="utf-8")
    second = take_in(register, article)["documents"][0]
    assert second["status"] == "new_version"
    found = documents.source(register, second["source_id"])
    assert found["source"]["version_of"] == first["source_id"]


def test_accepting_writes_a_record_with_quote_source_judge_and_reason(register, article) -> None:
    """The ledger entry carries all four; the proposal leaves the pending list."""
    take_in(register, article)
    proposal = documents.inbox(register)["proposals"][0]
    done = judging.judge(register, proposal["id"], "accept", why="Read and agreed", by="Judge")
    with open_register(register) as opened:
        entry = next(e for e in opened.entries() if e.entry_id == done["entry_id"])
    assert entry.kind == proposal["category"]
    assert (entry.quote, entry.source_id) == (proposal["quote"], proposal["source_id"])
    assert (entry.author, entry.reason) == ("Judge", "Read and agreed")
    assert proposal["id"] not in {p["id"] for p in documents.inbox(register)["proposals"]}


def test_amended_fields_are_what_is_accepted(register, article) -> None:
    """``--set`` changes a field of the accepted record; the proposal keeps its words."""
    take_in(register, article)
    proposal = documents.inbox(register)["proposals"][0]
    judging.judge(
        register,
        proposal["id"],
        "accept",
        why="y",
        by="J",
        how=Accepting(set_fields={"place": '"Phonsavan"'}),
    )
    with open_register(register) as opened:
        accepted = next(iter(opened.records(proposal["category"])))
    assert accepted.body["fields"]["place"] == "Phonsavan"


def test_a_rejected_proposal_stays_findable(register, article) -> None:
    """Rejecting keeps the proposal with its reason, and writes no record."""
    take_in(register, article)
    proposal = documents.inbox(register)["proposals"][0]
    judging.judge(register, proposal["id"], "reject", why="Not so", by="Judge")
    assert [p["id"] for p in documents.inbox(register, "rejected")["proposals"]] == [proposal["id"]]
    with open_register(register) as opened:
        assert opened.history(proposal["id"])[-1].reason == "Not so"
        assert proposal["category"] not in opened.counts()


def test_a_proposal_is_judged_once(register, article) -> None:
    """A second judgement is refused; so is one without a reason or with another word."""
    take_in(register, article)
    first, second = documents.inbox(register)["proposals"][:2]
    judging.judge(register, first["id"], "accept", why="y", by="J")
    with pytest.raises(RefusedError, match="accepted before"):
        judging.judge(register, first["id"], "reject", why="n", by="J")
    with pytest.raises(FieldError):
        judging.judge(register, second["id"], "accept", why=" ", by="J")
    with pytest.raises(FieldError):
        judging.judge(register, second["id"], "maybe", why="y", by="J")


def test_two_reports_of_one_event_keep_both_sources(register, article, tmp_path) -> None:
    """Reports of the same accident are offered as one candidate; accepting keeps every source."""
    other = tmp_path / "other.txt"
    other.write_text(OTHER, encoding="utf-8")
    take_in(register, article, other)
    candidates = documents.inbox(register)["candidates"]
    event = next(c for c in candidates if c["category"] == "event")
    first, second = event["members"]
    done = judging.judge(
        register, first, "accept", why="Same", by="J", how=Accepting(together=[second])
    )
    with open_register(register) as opened:
        record = next(iter(opened.records("event")))
    assert {record.body["source"], record.body["also"][0]["source"]} == set(event["sources"])
    assert done["state"] == "accepted"
    assert not [c for c in documents.inbox(register)["candidates"] if c["category"] == "event"]


@pytest.fixture
def told_later(register, article, tmp_path):
    """An accident that was accepted from one report, and a later report with another figure."""
    take_in(register, article)
    first = next(p for p in documents.inbox(register)["proposals"] if p["category"] == "event")
    done = judging.judge(register, first["id"], "accept", why="Read", by="J")
    later = tmp_path / "later.txt"
    later.write_text(OTHER.replace("one person was", "two people were"), encoding="utf-8")
    take_in(register, later)
    found = documents.inbox(register)
    second = next(p for p in found["proposals"] if p["category"] == "event")
    return done["record_id"], second["id"], found["held"]


def test_a_later_report_is_shown_beside_the_record_that_it_seems_to_tell_of(told_later) -> None:
    """With the record's sources, its words, and both values where they differ."""
    record_id, second, held = told_later
    [one] = held
    assert (one["proposal"], one["record_id"]) == (second, record_id)
    assert one["differences"]["killed"] == [1, 2]
    assert one["figures"] == ["killed", "total"]
    assert "farmer was killed" in one["quote"]
    assert [source["title"] for source in one["sources"]]


def test_a_further_source_changes_no_figure_that_nobody_chose(register, told_later) -> None:
    """Figures that differ are refused until a person says which stands; what is kept stays."""
    record_id, second, _ = told_later
    with pytest.raises(RefusedError, match="killed is 1 here and 2 there"):
        judging.judge(
            register, second, "accept", why="Same", by="J", how=Accepting(same_as=record_id)
        )
    keep = Accepting(same_as=record_id, keep=["killed", "total"])
    done = judging.judge(register, second, "accept", why="Same accident", by="J", how=keep)
    assert done["record_id"] == record_id
    shown = records.show(register, record_id)
    assert shown["body"]["fields"]["killed"] == 1
    assert len(shown["sources"]) == 2
    assert shown["sources"][1]["says"]["killed"] == 2
    assert "two people were killed" in shown["sources"][1]["quote"]
    with open_register(register) as opened:
        assert opened.counts()["event"] == 1
        assert opened.verify().ok
    assert documents.inbox(register)["held"] == []


def test_a_person_may_take_the_figure_of_the_later_report(register, told_later) -> None:
    """The record says it from then on, its history what it said before."""
    record_id, second, _ = told_later
    take = Accepting(same_as=record_id, take=["killed", "total"], set_fields={"injured": "1"})
    judging.judge(register, second, "accept", why="The later count", by="J", how=take)
    body = records.show(register, record_id)["body"]
    assert (body["fields"]["killed"], body["fields"]["injured"]) == (2, 1)
    assert len(records.history(register, record_id)["entries"]) == 2


def test_a_further_source_is_of_the_same_category_and_of_a_record_that_stands(
    register, told_later
) -> None:
    """A statement is no source of an event; a voided record takes none, and frees its proposals."""
    record_id, second, _ = told_later
    other = next(p for p in documents.inbox(register)["proposals"] if p["category"] != "event")
    same = Accepting(same_as=record_id, keep=["killed", "total"])
    with pytest.raises(FieldError, match="the proposal a"):
        judging.judge(register, other["id"], "accept", why="Same", by="J", how=same)
    with pytest.raises(FieldError, match="for what is accepted"):
        judging.judge(register, second, "reject", why="No", by="J", how=same)
    recording.void(register, record_id=record_id, import_id=None, why="Wrong", by="J")
    with pytest.raises(RefusedError, match="voided"):
        judging.judge(register, second, "accept", why="Same", by="J", how=same)
    assert documents.inbox(register)["held"] == []


def test_one_bad_document_does_not_stop_the_others(register, article, tmp_path) -> None:
    """Of several files the readable ones are taken in; one alone raises its error."""
    broken = tmp_path / "broken.txt"
    broken.write_bytes(bytes(range(256)) * 8)
    done = take_in(register, broken, article)
    assert [d["status"] for d in done["documents"]] == ["added"]
    assert [r["code"] for r in done["refused"]] == ["file_binary"]
    with pytest.raises(InputError):
        take_in(register, broken)


def test_answers_are_json(register, article) -> None:
    """Every answer is one JSON document."""
    answers = [take_in(register, article), documents.inbox(register)]
    proposals = answers[1]["proposals"]
    answers.append(documents.context(register, proposals)[0])
    answers.append(documents.source(register, proposals[0]["source_id"]))
    for answer in answers:
        assert json.loads(json.dumps(answer)) == answer


def test_what_is_alike_stands_beside_a_proposal(register, article, tmp_path) -> None:
    """One page of the inbox shows each proposal with the others and where they differ."""
    other = tmp_path / "other.txt"
    other.write_text(OTHER, encoding="utf-8")
    take_in(register, article, other)
    found = Services(register, "J").inbox(limit=50)
    event = next(p for p in found["proposals"] if p["category"] == "event")
    assert [(o["quote"], o["source_id"]) for o in event["alike"]] == [
        (p["quote"], p["source_id"])
        for p in found["proposals"]
        if p["category"] == "event" and p["id"] != event["id"]
    ]
    assert found["total"] == len(found["proposals"])
    assert [p["id"] for p in Services(register, "J").inbox(limit=1, offset=1)["proposals"]] == [
        found["proposals"][1]["id"]
    ]


def test_one_proposal_is_found_by_its_id(register, article) -> None:
    """The proposal of an id is that of the inbox; another record's id is refused."""
    take_in(register, article)
    listed = documents.inbox(register)["proposals"][0]
    assert documents.proposal(register, listed["id"]) == listed
    with pytest.raises(NotFoundError):
        documents.proposal(register, listed["source_id"])


def test_what_was_undone_can_be_judged_again(register, article):
    """Voiding the record that a proposal became opens it again; while it stands it is closed."""
    take_in(register, article)
    pending = documents.inbox(register)["proposals"]
    key = next(p["id"] for p in pending if p["category"] == "event")
    itself = Accepting(together=[key])
    with pytest.raises(FieldError):
        judging.judge(register, key, "accept", why="with itself", by="B", how=itself)
    judging.judge(register, key, "accept", why="it says so", by="B")
    with pytest.raises(RefusedError):
        judging.judge(register, key, "accept", why="again", by="B")
    with open_register(register) as opened:
        made = next(iter(opened.records("event"))).record_id
    recording.void(register, record_id=made, import_id=None, why="wrong place", by="B")
    judging.judge(register, key, "accept", why="right after all", by="B")
