"""Judging: a person decides, with a reason, in their own name."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from landrelease.web.app import create_app
from landrelease.web.context import Settings


def token_on(client, path="/inbox"):
    """Load a page and return its form token."""
    return re.search(r'name="token" value="([^"]+)"', client.get(path).text).group(1)


def test_accept_records_reason_changes_and_person(client, services):
    """An accepted proposal carries the reason, only the altered fields, and the author."""
    form = {
        "token": token_on(client), "decision": "accept", "why": " checked with the ministry ",
        "field.claim": "inert", "field.duration": "14", "field.duration_days": "15",
    }  # fmt: skip
    answer = client.post("/inbox/p0", data=form, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/inbox?done=accepted"
    changed = {"duration": '"14"', "duration_days": "15"}
    assert services.judged == [("p0", "accept", "checked with the ministry", changed, "Ana Test")]
    assert "Nothing waits" in client.get("/inbox").text
    assert "the shipment includes" in client.get("/inbox?state=accepted").text


@pytest.mark.parametrize("why", ["", "   "])
def test_no_judgement_without_reason(client, services, why):
    """Without a reason nothing is judged, and the page names the field."""
    form = {"token": token_on(client), "decision": "reject", "why": why}
    answer = client.post("/inbox/p0", data=form)
    assert answer.status_code == 400
    assert "why" in answer.text
    assert services.judged == []


def test_second_judgement_is_refused(client, services):
    """A proposal is judged once."""
    form = {"token": token_on(client), "decision": "reject", "why": "a rumour"}
    client.post("/inbox/p0", data=form)
    assert client.post("/inbox/p0", data=form).status_code == 409
    assert len(services.judged) == 1


def test_name_is_asked_for_where_none_is_set(services):
    """Served without a name, the form needs one."""
    app = create_app(services, Settings(author=None))
    with TestClient(app, base_url="http://127.0.0.1") as client:
        form = {"token": token_on(client), "decision": "accept", "why": "seen"}
        assert client.post("/inbox/p0", data=form).status_code == 400
        client.post("/inbox/p0", data=form | {"by": "Bo"})
    assert services.judged[0][-1] == "Bo"


def test_quote_stands_highlighted_in_its_context(client):
    """The words lie marked between the words around them, all escaped."""
    text = client.get("/inbox").text
    assert re.search(r"Officials said </span><mark>the shipment .*weeks</mark>", text)
    assert ". &lt;b&gt;No&lt;/b&gt; further" in text
    assert client.get("/inbox?state=lost").status_code == 400


def test_what_is_alike_can_be_judged_together(client, services):
    """Another report of the same stands beside it with its differences, and a tick joins it."""
    other = {
        "id": "p9", "quote": "two hurt near Vale", "source_id": "s2", "source": {"title": "Gazette"},
        "differences": {"injured": (3, 2)},
    }  # fmt: skip
    services.proposals[0]["alike"] = [other]
    text = client.get("/inbox").text
    assert "Perhaps the same" in text
    assert "two hurt near Vale" in text
    assert re.search(r"Injured</th><td>3</td><td>2</td>", text)
    form = {"token": token_on(client), "decision": "accept", "why": "same event", "with.p9": "1"}
    client.post("/inbox/p0", data=form)
    assert services.together == ["p9"]


def test_what_the_register_holds_stands_beside_the_report(client, services):
    """Its words, sources and differing values; the person says which stands, and it is one record."""
    known = {
        "proposal": "p0", "record_id": "r7", "quote": "the mines deactivate themselves",
        "sources": [{"id": "s2", "title": "Fact sheet", "publisher": None, "published_on": "2020"}],
        "differences": {"duration_days": [30, 14], "claimant": ["Ministry", None]}, "figures": [],
    }  # fmt: skip
    services.proposals[0]["held"] = [known]
    text = client.get("/inbox").text
    assert "The register seems to know it" in text
    assert "the mines deactivate themselves" in text
    assert 'href="/records/r7">Fact sheet, 2020</a>' in text
    assert 'name="stands.r7.duration_days" value="take"' in text
    assert 'name="stands.r7.claimant" value="take"' not in text
    form = {
        "token": token_on(client), "decision": "accept", "why": "same claim", "same_as": "r7",
        "stands.r7.duration_days": "take", "stands.r7.claimant": "keep", "stands.r8.x": "take",
    }  # fmt: skip
    client.post("/inbox/p0", data=form)
    assert services.same == {"same_as": "r7", "take": ["duration_days"], "keep": ["claimant"]}


def test_flags_stand_in_words(client):
    """A check is a sentence on the card."""
    assert "a claim, not a fact" in client.get("/inbox").text
