"""What files claim is listed, previewed and settled by a person; no land leaves by a file's word."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from landrelease.services import land
from landrelease.services.api import Services
from landrelease.services.claims import listing
from landrelease.web.app import create_app
from landrelease.web.context import Settings

from ..services.test_claims import CORNER, by_hand, path, rows_in, take_in
from .test_inbox import token_on

__all__ = ["path"]


@pytest.fixture
def claimed(path):
    """One area that a file hands over and shrinks, and another whose stated m² it lowers."""
    by_hand(path, local_id="S2 <x>", hazard_kind="SHA", stated_area_m2=900.0, district="Vale")
    take_in(path, "2024-02", CORNER, status="handed_over")
    row = {"local_id": "S2 <x>", "hazard_kind": "SHA", "stated_area_m2": 100, "district": "Vale"}
    rows_in(path, "hazardous_area", (row, None))
    return path


def client_of(path, by="Ben", audience="internal"):
    """A client of the pages in a person's name."""
    app = create_app(Services(path, by or ""), Settings(author=by, audience=audience))
    return TestClient(app, base_url="http://127.0.0.1")


def ids(path):
    """Record ids by local id, of what is claimed."""
    return {claim["local_id"]: claim["record_id"] for claim in listing(path)["claims"]}


def area_of(path, name):
    """One area's state."""
    return next(a for a in land.areas(path)["areas"] if a["local_id"] == name)


def send(client, *record_ids, **more):
    """Send the form with some boxes ticked."""
    form = {"token": token_on(client, "/claims"), "decision": "accept", "why": "counted anew"}
    form |= {f"tick.{one}": "1" for one in record_ids}
    return client.post("/claims", data=form | more)


def test_claims_are_listed_with_the_rule_that_holds_them_back(claimed):
    """What the record says, what the file claims, which file, and why it is only a claim."""
    with client_of(claimed) as client:
        text = client.get("/claims").text
        assert client.get("/api/claims").json() == listing(claimed)
        assert "2 records" in text
        assert re.search(r"status</th><td>open</td><td>handed over</td>", text)
        ground = area_of(claimed, "I4")["area_m2"]
        assert f"an outline of {ground:,.0f}".replace(",", "\N{NARROW NO-BREAK SPACE}") in text
        assert re.search(r"stated area m2</th><td>900</td><td>100</td>", text)
        assert "hazardous_area.geojson" in text
        assert "S2 &lt;x&gt;" in text
        [one] = [c for c in listing(claimed)["claims"] if c["local_id"] == "S2 <x>"]
        only = client.get("/claims", params={"import_id": one["import_id"]}).text
    assert "1 record" in only
    assert "handed over" not in only


def test_what_would_happen_is_shown_and_nothing_is_written(claimed):
    """The preview names what would be taken over and what the rules refuse, with the reason."""
    before = listing(claimed)
    with client_of(claimed) as client:
        text = send(client, *ids(claimed).values()).text
    assert "Nothing is written yet" in text
    taken, left = text.split("Left, since the rules refuse it")
    assert "S2 &lt;x&gt;" in taken
    assert "I4" not in taken
    assert "I4" in left
    assert "land_left" in left
    assert 'name="step" value="settle"' in left
    assert listing(claimed) == before


def test_what_was_previewed_is_settled_and_no_land_leaves(claimed):
    """The form of the preview settles just that; the refused claims wait on, the area stays open."""
    before = land.balance(claimed)["remaining_m2"]
    with client_of(claimed) as client:
        preview = send(client, *ids(claimed).values()).text
        hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', preview)
        answer = client.post("/claims", data=dict(hidden) | {"step": "settle"})
        assert "Claims of 1 record taken over" in answer.text
        assert "they wait on" in answer.text
    assert set(ids(claimed)) == {"I4"}
    assert area_of(claimed, "I4")["status"] == "open"
    assert land.balance(claimed)["remaining_m2"] == pytest.approx(before)


def test_what_the_rules_refuse_wholly_says_why(claimed):
    """Nothing was settled, so the page tells each reason instead of saying that it is done."""
    with client_of(claimed) as client:
        answer = send(client, ids(claimed)["I4"], step="settle")
        unknown = send(client, ids(claimed)["S2 <x>"], step="settle", set="colour=red")
    assert answer.status_code == 409
    assert "land_left" in answer.text
    assert 'value="settle"' not in answer.text
    assert "no such field" in unknown.text
    assert len(ids(claimed)) == 2


def test_dismissed_claims_leave_the_record_as_it_is(claimed):
    """Nothing is claimed any more, and the record says what it said."""
    with client_of(claimed) as client:
        send(client, *ids(claimed).values(), decision="dismiss", step="settle", why="a slip")
        assert "No file claims anything against the rules" in client.get("/claims").text
    assert area_of(claimed, "I4")["status"] == "open"
    assert area_of(claimed, "S2 <x>")["stated_area_m2"] == 900.0


@pytest.mark.parametrize(
    ("form", "words"),
    [({"why": ""}, "why"), ({"decision": "maybe"}, "decision"), ({"set": "rests_on"}, "name=value"),
     ({"records": ()}, "no record is ticked")],
)  # fmt: skip
def test_what_is_missing_or_unknown_is_named(claimed, form, words):
    """The page says which field, keeps what was typed, and settles nothing."""
    chosen = form.pop("records", ids(claimed).values())
    with client_of(claimed) as client:
        answer = send(client, *chosen, step="settle", **form)
    assert answer.status_code == 400
    assert words in re.search(r'class="error-line".*?</p>', answer.text, re.S).group(0)
    assert len(ids(claimed)) == 2


def test_without_a_token_and_outside_this_machine_nothing_is_settled(claimed):
    """Another site's form is refused, and another machine sees no claim."""
    form = {f"tick.{ids(claimed)['I4']}": "1", "decision": "dismiss", "why": "x", "step": "settle"}
    with client_of(claimed) as client:
        assert client.post("/claims", data=form).status_code == 403
    with client_of(claimed, audience="public") as public:
        assert public.get("/claims").status_code == 403
        assert public.get("/api/claims").status_code == 403
        assert public.post("/claims", data=form).status_code == 403
    assert len(ids(claimed)) == 2
