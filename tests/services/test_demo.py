"""The demonstration walks the whole path, and walking again adds nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from landrelease.register import open_register
from landrelease.services import documents, land
from landrelease.services.demo import DEMO_USER, register_of

from ..conftest import ROOT


@pytest.fixture(scope="module")
def walked(tmp_path_factory):
    """The folder of a finished demonstration, and its steps; a process of its own, as a user's."""
    folder = tmp_path_factory.mktemp("demo")
    return folder, walk(folder)


def walk(folder):
    """Walk the demonstration and return its steps."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("LANDRELEASE_")}
    env["PYTHONPATH"] = str(ROOT / "src")
    command = [sys.executable, "-m", "landrelease", "demo", "--no-serve", "--dir", str(folder)]
    done = subprocess.run([*command, "--json"], capture_output=True, text=True, env=env, check=True)
    return json.loads(done.stdout)["steps"]


def step(steps, title):
    """The step with a title."""
    return next(s for s in steps if title in s["title"])


def test_every_row_is_accounted_for(walked) -> None:
    """Of each layer, read = added + changed + unchanged + quarantined; some are quarantined."""
    rows = step(walked[1], "Layers")["rows"]
    for _, read, added, changed, unchanged, _, quarantined in rows:
        assert read == added + changed + unchanged + quarantined
    assert sum(row[-1] for row in rows) > 0


def test_a_named_person_judged(walked) -> None:
    """Accepted and rejected proposals carry the judge's name and reason; some are left."""
    register = register_of(walked[0])
    states = {p["state"] for p in documents.inbox(register, "all")["proposals"]}
    assert states == {"pending", "accepted", "rejected"}
    with open_register(register) as opened:
        accepted = list(opened.entries(action="proposal.accepted"))
    assert accepted
    assert all(e.author == DEMO_USER and e.reason and e.quote and e.source_id for e in accepted)


def test_the_claim_and_the_supply_are_in_the_register(walked) -> None:
    """The claim «inert within two weeks» and the transfer stand as records with their quotes."""
    with open_register(register_of(walked[0])) as register:
        claim = next(iter(register.records("munition_claim")))
        transfer = next(iter(register.records("transfer")))
    assert "within two weeks they become inert" in (claim.quote or "")
    assert transfer.body["fields"]["recipient"] == "XHV"


def test_land_leaves_between_the_two_dates(walked) -> None:
    """The balance of square metres closes on both dates, and more was released on the later."""
    register = register_of(walked[0])
    released = []
    for date in ("2015-12-31", "2025-12-31"):
        account = land.balance(register, as_of=date)
        assert abs(account["difference_m2"]) < 0.5
        released.append(account["cancelled_m2"] + account["reduced_m2"] + account["cleared_m2"])
    assert released[0] < released[1]


def test_an_accident_in_released_land_opens_an_inquiry(walked) -> None:
    """The accident inside the land handed over has its inquiry; clearance finds its own devices."""
    with open_register(register_of(walked[0])) as register:
        inquiries = list(register.records("inquiry"))
    assert [i.body["area"] for i in inquiries] == ["HA-003"]


def test_plan_and_reports_are_written(walked) -> None:
    """The plan has three teams; the report exists as page and workbook."""
    plan = json.loads((walked[0] / "plan.json").read_text(encoding="utf-8"))
    assert len(plan["teams"]) == 3
    assert plan["releases_land"] is False
    assert {p.suffix for p in (walked[0] / "reports").iterdir()} == {".html", ".xlsx"}


def test_walking_again_adds_nothing(walked) -> None:
    """A second walk leaves the ledger as it was."""
    with open_register(register_of(walked[0])) as register:
        before = register.revision()
    walk(walked[0])
    with open_register(register_of(walked[0])) as register:
        assert register.revision() == before
