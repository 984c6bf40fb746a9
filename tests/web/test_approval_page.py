"""The second person sees what would change, and acts with a reason; never on their own records."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from landrelease.register import open_register
from landrelease.services import keeping, recording, workflow
from landrelease.services.api import Services
from landrelease.web.app import create_app
from landrelease.web.context import Settings

from .test_inbox import token_on


def record(path, by, kind, **body):
    """Record one entry."""
    entry = {"kind": kind, "body": body, "source": {"title": "Form <1>"}}
    recording.record(path, {"entries": [entry]}, by=by)


def state(path, name):
    """Where a record stands on its way."""
    with open_register(path) as register:
        return register.workflow_state(register.record(name).record_id)


@pytest.fixture
def path(tmp_path):
    """A register that asks for approval: an approved area that was changed, and a new one."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Ana", workflow=True)
    record(path, "Ana", "hazardous_area", local_id="HA-1", hazard_kind="SHA", place="mill")
    for step, by in (("verify", "Ben"), ("approve", "Cem")):
        workflow.take_step(path, step, ["HA-1"], by=by)
    record(path, "Dan", "hazardous_area", local_id="HA-1", place="<the> bridge")
    record(path, "Eva", "hazardous_area", local_id="HA-2", hazard_kind="CHA", place="school", evidence="accident")  # fmt: skip
    return path


def client_of(path, by="Ben", audience="internal"):
    """A client of the pages in a person's name."""
    app = create_app(Services(path, by or ""), Settings(author=by, audience=audience))
    return TestClient(app, base_url="http://127.0.0.1")


def ids(path):
    """Record ids by local id."""
    rows = workflow.awaiting(path)["records"]
    return {row["local_id"]: row["record_id"] for row in rows}


def send(client, *record_ids, step="verify", why="seen", **more):
    """Send the form with some boxes ticked."""
    ticks = {f"tick.{one}": "1" for one in record_ids}
    form = {"token": token_on(client, "/approval"), "step": step, "why": why, **ticks, **more}
    return client.post("/approval", data=form)


def test_what_would_change_is_shown_with_who_and_when(path):
    """Only the field that differs, before and now, with its writer; a new record is told whole."""
    with client_of(path) as client:
        text = client.get("/approval").text
    first, second = re.findall(r"<article.*?</article>", text, re.S)
    assert re.search(r"place</th><td>mill</td><td>&lt;the&gt; bridge</td>", first)
    assert "by Dan" in first
    assert "record approved by Cem" in first
    assert "hazard kind" not in first
    assert re.search(r"hazard kind</th><td>CHA</td>", second)
    assert "Form &lt;1&gt;" in text


def test_two_people_verify_and_approve(path):
    """The reason and the person stand in the ledger; then nothing waits."""
    both = ids(path).values()
    with client_of(path) as client:
        assert "2 records verified" in send(client, *both).text
    with client_of(path, "Cem") as client:
        assert "2 records approved" in send(client, *both, step="approve", why="site visit").text
        assert "Nothing waits for a second person" in client.get("/approval").text
    with open_register(path) as register:
        last = register.history(register.record("HA-2").record_id)[-1]
    assert (last.author, last.reason, last.action) == ("Cem", "site visit", "record.approved")


def test_nobody_verifies_their_own_record_and_the_rule_is_explained(path):
    """Refused with the rule and the way out; ticks and reason stay in the form, nothing is done."""
    both = ids(path)
    with client_of(path, "dan") as client:
        assert "You recorded this" in client.get("/approval").text
        answer = send(client, *both.values(), why="I am sure")
    assert answer.status_code == 409
    assert "four_eyes" in answer.text
    assert "a second person opens them with" in answer.text
    assert 'value="I am sure"' in answer.text
    assert answer.text.count(" checked>") == 2
    assert (state(path, "HA-1"), state(path, "HA-2")) == ("collected", "collected")


def test_a_rejection_voids_what_is_new_and_puts_back_a_change(path):
    """Both with the reason; the change waits again as it stood before."""
    both = ids(path)
    with client_of(path) as client:
        answer = send(client, *both.values(), step="reject", why="not seen there")
        assert "2 records rejected" in answer.text
        assert "It says what it said before" in answer.text
    with open_register(path) as register:
        assert register.record("HA-1").body["place"] == "mill"
        assert register.record("HA-2").voided


@pytest.mark.parametrize(
    ("form", "words"),
    [({"why": " "}, "why"), ({"step": "bless"}, "step"), ({"records": ()}, "no record is ticked")],
)
def test_what_is_missing_is_named(path, form, words):
    """Without a reason, a known step or a tick nothing is done."""
    with client_of(path) as client:
        chosen = form.pop("records", ids(path).values())
        answer = send(client, *chosen, **form)
    assert answer.status_code == 400
    assert words in re.search(r'class="error-line".*?</p>', answer.text, re.S).group(0)
    assert state(path, "HA-2") == "collected"


def test_collected_is_not_approved(path):
    """The order is kept, and the page says which record it is about."""
    with client_of(path) as client:
        answer = send(client, ids(path)["HA-2"], step="approve")
    assert answer.status_code == 409
    assert "HA-2 is collected" in answer.text


def test_states_are_shown_apart(path):
    """One tab for each state; another is refused."""
    workflow.take_step(path, "verify", ["HA-2"], by="Ben", why="asked <her>")
    with client_of(path) as client:
        verified = client.get("/approval?state=verified").text
        assert "HA-2" in verified
        assert "HA-1" not in verified
        assert "Record verified by Ben" in verified
        assert "asked &lt;her&gt;" in verified
        assert client.get("/approval?state=lost").status_code == 400
        document = client.get("/api/approval", params={"state": "verified"}).json()
    assert [one["local_id"] for one in document["records"]] == ["HA-2"]


def test_a_register_that_asks_for_none_says_how_to_ask(tmp_path):
    """The empty page names the command."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Ana")
    with client_of(path) as client:
        text = client.get("/approval").text
    assert "asks for no approval" in text
    assert "landrelease workflow on --why" in text


def test_without_a_token_and_outside_this_machine_nothing_is_approved(path):
    """Another site's form is refused, and another machine sees no queue."""
    with client_of(path) as client:
        tick = {f"tick.{ids(path)['HA-2']}": "1", "step": "verify", "why": "x"}
        assert client.post("/approval", data=tick).status_code == 403
    with client_of(path, audience="public") as public:
        assert public.get("/approval").status_code == 403
        assert public.get("/api/approval").status_code == 403
        assert public.post("/approval", data=tick).status_code == 403
    assert state(path, "HA-2") == "collected"


def test_a_name_is_asked_for_where_none_is_set(path):
    """Served without a name, the form's name counts, for the rule of two persons as well."""
    one = ids(path)["HA-2"]
    with client_of(path, None) as client:
        assert send(client, one).status_code == 400
        assert send(client, one, by="Eva").status_code == 409
        assert "1 record verified" in send(client, one, by="Ben").text
