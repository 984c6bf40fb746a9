"""The rules of land: what is refused, by which rule, and what is let through."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from landrelease.domain.entries import Draft
from landrelease.domain.kinds import codes
from landrelease.domain.product_rules import allowed_methods, usual_method
from landrelease.domain.rules import check_change
from landrelease.errors import NotFoundError, RefusedError


def box(west, south, east, north):
    """A box as GeoJSON."""
    return {
        "type": "Polygon",
        "coordinates": [
            [[west, south], [east, south], [east, north], [west, north], [west, south]]
        ],
    }


@dataclass
class Rec:
    """A record as the rules see it."""

    kind: str
    record_id: str
    body: dict[str, Any]
    local_id: str | None = None
    voided: bool = False


@dataclass
class Memory:
    """Records in memory."""

    held: list[Rec] = field(default_factory=list)
    states: dict[str, str] = field(default_factory=dict)

    def workflow_state(self, record_id):
        """As given."""
        return self.states.get(record_id)

    def history(self, record_id):
        """None is kept."""
        return []

    def record(self, record_id, kind=None):
        """By id or local id."""
        for rec in self.held:
            if kind in (None, rec.kind) and record_id in (rec.record_id, rec.local_id):
                return rec
        raise NotFoundError("record_unknown", record_id)

    def records(self, kind):
        """Of one kind."""
        return (rec for rec in self.held if rec.kind == kind)


AREA = Rec(
    "hazardous_area",
    "a",
    {"hazard_kind": "SHA", "status": "open", "geometry": box(17, 44, 17.01, 44.01)},
    "HA-1",
)


def activity(kind):
    """An activity of a kind."""
    return Rec("activity", "w", {"activity_type": kind})


HALF = box(17, 44, 17.005, 44.01)


def product(method="cleared", geometry=HALF, **body):
    """A draft of a product of the area."""
    return Draft(
        "land_release_product",
        "land.released",
        {"area": "HA-1", "method": method, "geometry": geometry, **body},
    )


def refused(draft, before=None, *held, **states):
    """The code with which the change is refused; None where it is let through."""
    try:
        check_change(draft, before, Memory([AREA, *held], states))
    except RefusedError as problem:
        return problem.code if problem.cure else f"{problem.code} without a cure"
    return None


@pytest.mark.parametrize(
    ("kind", "method", "reason", "code"),
    [
        ("non_technical_survey", "cancelled", None, None),
        ("non_technical_survey", "reduced", "x", "method_beyond_activity"),
        ("non_technical_survey", "cleared", "x", "method_beyond_activity"),
        ("technical_survey", "reduced", None, None),
        ("technical_survey", "cancelled", None, "method_reason_missing"),
        ("technical_survey", "cancelled", "no sign on the ground", None),
        ("technical_survey", "cleared", "x", "method_beyond_activity"),
        ("clearance", "cleared", None, None),
        ("battle_area_clearance", "cleared", None, None),
        ("clearance", "reduced", None, "method_reason_missing"),
        ("spot_task", "cleared", "x", "method_beyond_activity"),
        ("inspection", "cancelled", "x", "method_beyond_activity"),
        ("handover", "cleared", "x", "method_beyond_activity"),
    ],
)
def test_an_activity_marks_land_only_as_it_may(kind, method, reason, code):
    """The table of IMAS 07.11 as we read it."""
    draft = product(method, activity="w", method_reason=reason)
    assert refused(draft, None, activity(kind)) == code


def test_every_usual_method_of_the_vocabulary_is_the_one_of_the_rules():
    """The code list and the rules cannot drift apart."""
    for method, terms in codes("release_method").items():
        assert usual_method(terms["usual_activity"]) == method
    assert all(
        set(allowed_methods(kind)) <= set(codes("release_method"))
        for kind in codes("activity_type")
    )


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (product(), None),
        (product(area="HA-2"), "area_unknown"),
        (product(area=None), "area_missing"),
        (product(geometry=box(17, 44, 17.02, 44.01)), "product_outside"),
        (product(geometry=box(17, 44, 17.0100000001, 44.01)), None),
        (product("reduced", depth_m=0.2), "depth_without_clearance"),
        (product(depth_datum="ground_surface"), "depth_missing"),
        (product(depth_m=0.2, depth_datum="ground_surface"), None),
        (product(geometry=None, stated_area_m2=100.0), None),
        (
            product(
                geometry={
                    "type": "Polygon",
                    "coordinates": [[[17, 44], [17.01, 44.01], [17.01, 44], [17, 44.01], [17, 44]]],
                }
            ),
            "geometry_invalid",
        ),
        (
            Draft(
                "resurvey", "area.resurveyed", {"area": "nothing", "geometry": box(17, 44, 18, 45)}
            ),
            "area_unknown",
        ),
    ],
)
def test_a_product_leaves_its_own_open_area(draft, code):
    """Inside, once, of an area that there is."""
    assert refused(draft) == code


@pytest.mark.parametrize(
    ("ground", "code"),
    [
        (None, None),
        (box(17, 44, 17.01, 44.01), None),
        (HALF, None),
        (box(17, 44, 17.004, 44.01), "ground_not_processed"),
        ({"type": "Point", "coordinates": [17, 44]}, None),
    ],
)
def test_land_is_cleared_only_where_it_was_processed(ground, code):
    """Inside the polygon of the clearance, where there is one; survey works otherwise."""
    work = Rec("activity", "w", {"activity_type": "clearance", "geometry": ground})
    assert refused(product(activity="w"), None, work) == code
    survey = Rec("activity", "w", {"activity_type": "technical_survey", "geometry": ground})
    assert refused(product("reduced", activity="w"), None, survey) is None


def test_what_was_called_off_released_no_land():
    """A withdrawn activity is no ground for a product."""
    work = Rec("activity", "w", {"activity_type": "clearance", "status": "withdrawn"})
    assert refused(product(activity="w"), None, work) == "activity_withdrawn"


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("non_technical_survey", None),
        ("technical_survey", None),
        ("clearance", None),
        ("inspection", "resurvey_beyond_activity"),
        ("handover", "resurvey_beyond_activity"),
        ("spot_task", "resurvey_beyond_activity"),
        ("marking", "resurvey_beyond_activity"),
    ],
)
def test_only_survey_and_clearance_draw_an_area_anew(kind, code):
    """An inspection finds fault or none; it changes no square metre."""
    body = {"area": "HA-1", "activity": "w", "geometry": HALF}
    assert refused(Draft("resurvey", "area.resurveyed", body), None, activity(kind)) == code


def test_a_product_of_land_handed_over_may_get_a_note_but_no_other_ground():
    """What decides the ground is settled; words about it are not."""
    closed = Rec("hazardous_area", "c", {**AREA.body, "status": "handed_over"}, "HA-C")
    body = product(area="HA-C").body
    before = Rec("land_release_product", "p", body)
    noted = Draft("land_release_product", "record.amended", {**body, "note": "x"}, "p")
    assert refused(noted, before, closed) is None
    moved = Draft("land_release_product", "record.amended", {**body, "method": "reduced"}, "p")
    assert refused(moved, before, closed) == "area_ended"


def test_land_leaves_once():
    """What has left the area cannot leave it again, but the same product may be corrected."""
    earlier = Rec(
        "land_release_product",
        "p",
        {"area": "a", "method": "reduced", "geometry": box(17, 44, 17.002, 44.01)},
    )
    assert refused(product(), None, earlier) == "products_overlap"
    assert refused(product(geometry=box(17.002, 44, 17.005, 44.01)), None, earlier) is None
    same = Draft("land_release_product", "record.amended", product().body, "p")
    assert refused(same, earlier, earlier) is None


def test_a_resurvey_widens_what_may_leave():
    """Ground that a later survey drew is inside."""
    wider = Rec("resurvey", "s", {"area": "HA-1", "geometry": box(17, 44, 17.03, 44.01)})
    assert refused(product(geometry=box(17, 44, 17.02, 44.01)), None, wider) is None


def test_no_land_leaves_an_area_that_has_ended():
    """It must be opened again first."""
    closed = Rec("hazardous_area", "c", {**AREA.body, "status": "handed_over"}, "HA-C")
    assert refused(product(area="HA-C"), None, closed) == "area_ended"


def changed(**body):
    """A draft that changes the area."""
    reason = body.pop("reason", None)
    return Draft(
        "hazardous_area", "hazardous_area.amended", {**AREA.body, **body}, "a", reason=reason
    )


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (changed(hazard_kind="CHA"), "evidence_indirect"),
        (changed(hazard_kind="CHA", evidence=["verbal_report"]), "evidence_indirect"),
        (changed(hazard_kind="CHA", evidence=["verbal_report", "accident"]), None),
        (changed(geometry=box(17, 44, 17.005, 44.01)), "land_lost"),
        (changed(geometry=box(17, 44, 17.005, 44.01), reason="drawn from the wrong sheet"), None),
        (changed(geometry=box(17, 44, 17.02, 44.02)), None),
        (changed(split_from=["HA-1"]), "split_from_itself"),
        (changed(split_from=["HA-0"]), None),
        (changed(split_from=["HA-7"]), "split_from_unknown"),
        (changed(status="handed_over"), None),
    ],
)
def test_an_area_changes_only_on_evidence_or_with_a_reason(draft, code):
    """Confirmed on direct evidence; smaller only by a product, a survey or a reason."""
    older = Rec("hazardous_area", "o", {"hazard_kind": "SHA"}, "HA-0")
    assert refused(draft, AREA, older) == code


@pytest.mark.parametrize(
    ("severity", "is_open", "area", "code"),
    [
        ("critical", True, "a", "critical_finding_open"),
        ("critical", True, "HA-1", "critical_finding_open"),
        ("critical", False, "a", None),
        ("major", True, "a", None),
        ("critical", True, "other", None),
    ],
)
def test_handed_over_only_without_an_open_critical_finding(severity, is_open, area, code):
    """A critical finding holds the area back until it is closed."""
    finding = Rec(
        "non_conformity",
        "n",
        {"severity": severity, "open": is_open, "area": area, "what": "lane missed"},
    )
    assert refused(changed(status="handed_over"), AREA, finding) == code


@pytest.mark.parametrize("status", ["closed", "handed_over"])
def test_an_area_ends_only_on_approved_release(status):
    """A product that waits for approval holds the area; approved or never asked, it does not."""
    waiting = Rec("land_release_product", "p", {"area": "HA-1", "method": "cleared"})
    for state, code in (("collected", "products_unapproved"), ("verified", "products_unapproved")):
        assert refused(changed(status=status), AREA, waiting, p=state) == code
    assert refused(changed(status=status), AREA, waiting, p="approved") is None
    assert refused(changed(status=status), AREA, waiting) is None


def test_a_critical_finding_is_closed_once_its_closing_is_approved():
    """The inspector's word alone does not hand land over where approval is asked for."""
    finding = Rec(
        "non_conformity", "n", {"severity": "critical", "open": False, "area": "a", "what": "lane"}
    )
    handed = changed(status="handed_over")
    assert refused(handed, AREA, finding, n="collected") == "critical_finding_open"
    assert refused(handed, AREA, finding, n="approved") is None


@pytest.mark.parametrize("action", ["record.verified", "record.approved"])
def test_nobody_approves_by_recording(action):
    """A file of entries cannot carry an approval past the rules."""
    draft = Draft("hazardous_area", action, AREA.body, "a")
    assert refused(draft, AREA) == "step_recorded"


@pytest.mark.parametrize(
    "finding",
    [
        {"activity": "W-1"},
        {"visit": "Q-1"},
        {"visit": "Q-2"},
    ],
)
def test_a_finding_on_the_work_or_the_visit_is_one_on_the_area(finding):
    """Whichever way the inspector linked it."""
    held = (
        Rec("activity", "w", {"activity_type": "clearance", "area": "HA-1"}, "W-1"),
        Rec("quality_visit", "q", {"area": "a"}, "Q-1"),
        Rec("quality_visit", "r", {"activity": "W-1"}, "Q-2"),
        Rec("non_conformity", "n", {"severity": "critical", "what": "mine found", **finding}),
    )
    assert refused(changed(status="handed_over"), AREA, *held) == "critical_finding_open"


def test_a_link_is_to_a_record_of_its_kind():
    """An accident that goes by the same local id is no activity."""
    accident = Rec("accident", "x", {}, "12")
    work = Rec("activity", "w", {"activity_type": "clearance"}, "12")
    assert refused(product(activity="12"), None, accident) == "activity_unknown"
    assert refused(product(activity="12"), None, accident, work) is None


def test_a_new_area_may_be_confirmed_at_once():
    """Its source says so; the evidence can follow."""
    assert (
        refused(Draft("hazardous_area", "hazardous_area.reported", {"hazard_kind": "CHA"})) is None
    )


def test_every_refusal_is_listed_in_the_documentation():
    """A user who is refused finds the code and the rule; none is listed that no rule raises."""
    root = Path(__file__).resolve().parents[2]
    modules = ("rules", "area_rules", "product_rules", "workflow", "known")
    source = "".join((root / f"src/landrelease/domain/{m}.py").read_text("utf-8") for m in modules)
    codes_raised = set(re.findall(r'RefusedError\(\s*f?"([a-z_{}]+)"', source))
    codes_raised -= {"{field}_unknown", "already_{state}"}
    codes_raised |= {f"{name}_unknown" for name in ("area", "activity", "split_from")}
    codes_raised |= {"already_verified", "already_approved"}
    text = (root / "docs/register.md").read_text("utf-8")
    table = text[text.index("## Rules of land") : text.index("An accident on released land")]
    listed = {
        code
        for row in table.splitlines()
        for code in re.findall(r"`([a-z_]+)`", row.split("|")[1] if row.startswith("|") else "")
    }
    assert listed == codes_raised
