"""The rules of land: what is refused, by which rule, and what is let through."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import shapely

from landrelease.domain.entries import Draft
from landrelease.domain.in_use_rules import check_not_in_use
from landrelease.domain.kinds import codes
from landrelease.domain.placing import Placing
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
    former_ids: tuple[str, ...] = ()
    occurred_on: str | None = None


@dataclass
class Memory:
    """Records in memory."""

    held: list[Rec] = field(default_factory=list)
    states: dict[str, str] = field(default_factory=dict)
    since: dict[str, str] = field(default_factory=dict)

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

    def as_it_stood(self, record_id, as_of=None):
        """As it is, from the day that is given for it."""
        if as_of is not None and as_of < self.since.get(record_id, ""):
            raise NotFoundError("record_not_then", record_id)
        return self.record(record_id)

    def records(self, kind):
        """Of one kind."""
        return (rec for rec in self.held if rec.kind == kind)

    def placings(self, record_id, as_of=None):
        """Where an area is drawn, the one version that is held."""
        geometry = self.record(record_id).body.get("geometry")
        return [Placing(geometry and shapely.geometry.shape(geometry))]

    def outlines(self, as_of=None, *, record_id=None):
        """The last polygon drawn, without the products; all dates are one."""
        area = self.record(record_id)
        surveys = [r for r in self.held if r.kind == "resurvey" and r.body["area"] in names(area)]
        drawn = [r.body["geometry"] for r in (area, *surveys) if r.body.get("geometry")]
        gone = [
            shapely.geometry.shape(r.body["geometry"])
            for r in self.held
            if r.kind == "land_release_product"
            and r.body["area"] in names(area)
            and r.body.get("geometry")
        ]
        left = [
            shapely.geometry.shape(one).difference(shapely.unary_union(gone)) for one in drawn[-1:]
        ]
        return dict.fromkeys([area.record_id], left[0]) if left else {}


def names(area):
    """What an area is called."""
    return {area.record_id, area.local_id}


AREA = Rec(
    "hazardous_area",
    "a",
    {"hazard_kind": "SHA", "status": "open", "geometry": box(17, 44, 17.01, 44.01)},
    "HA-1",
)


def activity(kind, status="completed"):
    """An activity of a kind that worked on the whole area."""
    body = {"activity_type": kind, "status": status, "geometry": AREA.body["geometry"]}
    return Rec("activity", "w", body)


DONE = {"status": "completed"}
HALF = box(17, 44, 17.005, 44.01)


def product(method="cleared", geometry=HALF, source_id="report", **body):
    """A draft of a product of the area, from its completion report."""
    reason = body.pop("reason", None)
    return Draft(
        "land_release_product",
        "land.released",
        {"area": "HA-1", "method": method, "geometry": geometry, **body},
        source_id=source_id,
        reason=reason,
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
        (None, "ground_not_drawn"),
        (box(17, 44, 17.01, 44.01), None),
        (HALF, None),
        (box(17, 44, 17.004, 44.01), "ground_not_processed"),
        ({"type": "Point", "coordinates": [17, 44]}, "ground_not_drawn"),
        ({"type": "LineString", "coordinates": [[17, 44], [17, 44.01]]}, "ground_not_drawn"),
        ({"type": "Point", "coordinates": [17.1, 44]}, "activity_elsewhere"),
    ],
)
def test_land_is_released_only_where_it_was_processed(ground, code):
    """Inside the polygon of the clearance or technical survey; a reason stands for one not drawn."""
    work = Rec("activity", "w", {**DONE, "activity_type": "clearance", "geometry": ground})
    assert refused(product(activity="w"), None, work) == code
    survey = Rec("activity", "w", {**DONE, "activity_type": "technical_survey", "geometry": ground})
    assert refused(product("reduced", activity="w"), None, survey) == code
    told = product(activity="w", reason="the sketch of 2003 was lost")
    assert refused(told, None, work) == (None if code == "ground_not_drawn" else code)


@pytest.mark.parametrize("method", ["cleared", "cancelled"])
@pytest.mark.parametrize("extent", [{}, {"geometry": None, "stated_area_m2": 100.0}])
def test_no_land_is_released_by_undrawn_work_of_another_area(method, extent):
    """Without a polygon the area that the work names says where it was; no reason changes that."""
    other = Rec("hazardous_area", "o", {"hazard_kind": "SHA", "status": "open"}, "HA-9")
    kind = {"cleared": "clearance", "cancelled": "non_technical_survey"}[method]
    work = Rec("activity", "w", {**DONE, "activity_type": kind, "area": "HA-9"})
    draft = product(method, activity="w", reason="as told", **extent)
    assert refused(draft, None, work, other) == "activity_elsewhere"
    work.body["area"] = "HA-1"
    assert refused(draft, None, work, other) is None
    part = Rec("hazardous_area", "k", {**AREA.body, "split_from": ["HA-9"]}, "HA-K")
    work.body["area"] = "HA-9"
    of_part = draft._replace(body={**draft.body, "area": "HA-K"})
    assert refused(of_part, None, work, other, part) is None


def test_a_stated_figure_leaves_no_area_by_work_far_from_it():
    """The place of the area stands for that of a product without polygon."""
    stated = {"geometry": None, "stated_area_m2": 100.0, "activity": "w"}
    work = Rec("activity", "w", {**DONE, "activity_type": "clearance", "geometry": FAR})
    assert refused(product(**stated), None, work) == "activity_elsewhere"
    work.body["geometry"] = HALF
    assert refused(product(**stated), None, work) is None


FAR = box(30, 10, 30.01, 10.01)


@pytest.mark.parametrize(("ground", "code"), [(FAR, "activity_elsewhere"), (HALF, None)])
def test_a_survey_elsewhere_changes_nothing_here(ground, code):
    """It cancels no land, draws no area smaller and ends none."""
    work = Rec(
        "activity", "w", {**DONE, "activity_type": "non_technical_survey", "geometry": ground}
    )
    assert refused(product("cancelled", activity="w"), None, work) == code
    drawn = {"area": "HA-1", "geometry": HALF, "activity": "w"}
    smaller = Draft("resurvey", "area.resurveyed", drawn, reason="no threat in the east")
    assert refused(smaller, None, work) == code
    own = changed(geometry=HALF, rests_on="w", reason="no threat in the east")
    assert refused(own, AREA, work) == code
    ended = changed(status="closed", rests_on="w", reason="no threat")._replace(source_id="s")
    assert refused(ended, AREA, work) == code


def test_work_that_names_another_area_ends_only_that():
    """Without a polygon, the area that it names is all that says where it worked."""
    other = Rec("hazardous_area", "o", {"hazard_kind": "SHA", "status": "open"}, "HA-9")
    work = Rec("activity", "w", {**DONE, "activity_type": "non_technical_survey", "area": "HA-9"})
    ended = changed(status="closed", rests_on="w", reason="no threat")._replace(source_id="s")
    assert refused(ended, AREA, work, other) == "activity_elsewhere"
    work.body["area"] = "HA-1"
    assert refused(ended, AREA, work, other) is None


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
    draft = Draft("resurvey", "area.resurveyed", body, reason="no sign of mines in the east")
    assert refused(draft, None, activity(kind)) == code


@pytest.mark.parametrize(
    ("ground", "work", "reason", "code"),
    [
        (HALF, None, None, "land_lost"),
        (HALF, None, "drawn anew", "land_lost"),
        (HALF, "w", None, "land_lost"),
        (HALF, "w", "no sign of mines in the east", None),
        (box(17, 44, 17.02, 44.01), None, None, None),
        (box(17, 44, 17.01, 44.01), None, None, None),
    ],
)
def test_a_resurvey_takes_land_only_by_survey_and_with_a_reason(ground, work, reason, code):
    """Found larger, an area is larger; found smaller, somebody looked and says why."""
    body = {"area": "HA-1", "geometry": ground} | ({"activity": work} if work else {})
    draft = Draft("resurvey", "area.resurveyed", body, reason=reason)
    assert refused(draft, None, activity("technical_survey")) == code


def test_a_planned_survey_draws_nothing_smaller():
    """What has not begun found nothing."""
    body = {"area": "HA-1", "geometry": HALF, "activity": "w"}
    draft = Draft("resurvey", "area.resurveyed", body, reason="as planned")
    work = activity("technical_survey", "planned")
    assert refused(draft, None, work) == "activity_planned"
    begun = Rec("activity", "w", {**work.body, "started_on": "2020"})
    assert refused(draft, None, begun) is None


def test_what_products_took_may_be_left_out():
    """A surveyor who draws the remainder alone loses no land."""
    gone = Rec("land_release_product", "p", product(area="a").body)
    body = {"area": "HA-1", "geometry": box(17.005, 44, 17.01, 44.01)}
    assert refused(Draft("resurvey", "area.resurveyed", body), None, gone) is None


def test_a_product_of_land_handed_over_may_get_a_note_but_no_other_ground():
    """What decides the ground is settled; words about it are not."""
    closed = Rec("hazardous_area", "c", {**AREA.body, "status": "handed_over"}, "HA-C")
    body = product(area="HA-C").body
    before = Rec("land_release_product", "p", body)
    noted = Draft("land_release_product", "record.amended", {**body, "note": "x"}, "p")
    assert refused(noted, before, closed) is None
    moved = Draft(
        "land_release_product",
        "record.amended",
        {**body, "method": "reduced", "activity": "w"},
        "p",
        reason="technical survey, not clearance",
    )
    assert refused(moved, before, closed, activity("technical_survey")) == "area_ended"


def test_land_leaves_once():
    """What has left the area cannot leave it again, but the same product may be corrected."""
    earlier = Rec(
        "land_release_product",
        "p",
        {"area": "a", "method": "reduced", "geometry": box(17, 44, 17.002, 44.01)},
    )
    assert refused(product(), None, earlier) == "products_overlap"
    assert refused(product(geometry=box(17.002, 44, 17.005, 44.01)), None, earlier) is None
    same = Draft(
        "land_release_product",
        "record.amended",
        product(activity="w").body,
        "p",
        reason="clearance, not technical survey",
        source_id="report",
    )
    assert refused(same, earlier, earlier, activity("clearance")) is None


def test_a_resurvey_widens_what_may_leave():
    """Ground that a later survey drew is inside."""
    wider = Rec("resurvey", "s", {"area": "HA-1", "geometry": box(17, 44, 17.03, 44.01)})
    assert refused(product(geometry=box(17, 44, 17.02, 44.01)), None, wider) is None


@pytest.mark.parametrize(
    ("occurred_on", "reason", "code"),
    [
        ("2009", None, "released_before_reported"),
        ("2009", "reported anew from an old map", None),
        ("2010", None, None),
        (None, None, None),
    ],
)
def test_no_land_leaves_an_area_before_it_is_reported(occurred_on, reason, code):
    """The report is the later word, unless a reason says why the release is older."""
    draft = product(reason=reason)._replace(occurred_on=occurred_on)
    memory = Memory([AREA], since={"a": "2010"})
    if code is None:
        check_change(draft, None, memory)
        return
    with pytest.raises(RefusedError) as caught:
        check_change(draft, None, memory)
    assert caught.value.code == code


def test_no_land_leaves_an_area_that_has_ended():
    """It must be opened again first."""
    closed = Rec("hazardous_area", "c", {**AREA.body, "status": "handed_over"}, "HA-C")
    assert refused(product(area="HA-C"), None, closed) == "area_ended"


def changed(**body):
    """A draft that changes the area."""
    said = {name: body.pop(name, None) for name in ("reason", "source_id")}
    return Draft("hazardous_area", "hazardous_area.amended", {**AREA.body, **body}, "a", **said)


#: A product that took the whole area.
ALL_GONE = Rec(
    "land_release_product",
    "g",
    {"area": "HA-1", "method": "cleared", "geometry": AREA.body["geometry"]},
)


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (changed(hazard_kind="CHA"), "evidence_indirect"),
        (changed(hazard_kind="CHA", evidence=["verbal_report"]), "evidence_indirect"),
        (changed(hazard_kind="CHA", evidence=["verbal_report", "accident"]), None),
        (changed(geometry=box(17, 44, 17.005, 44.01)), "land_lost"),
        (changed(geometry=HALF, reason="drawn from the wrong sheet"), "land_lost"),
        (changed(geometry=HALF, reason="drawn from the wrong sheet", rests_on="w"), None),
        (changed(geometry=None), "land_lost"),
        (changed(geometry=box(17, 44, 17.02, 44.02)), None),
        (changed(split_from=["HA-1"]), "split_from_itself"),
        (changed(split_from=["HA-0"]), None),
        (changed(split_from=["HA-7"]), "split_from_unknown"),
        (changed(status="handed_over"), "land_left"),
        (changed(status="suspended"), None),
        (changed(split_from=["HA-0"], geometry=box(18, 44, 18.01, 44.01)), "land_lost"),
    ],
)
def test_an_area_changes_only_on_evidence_or_with_a_reason(draft, code):
    """Confirmed on direct evidence; smaller only by a product, a survey or a reason."""
    older = Rec("hazardous_area", "o", {"hazard_kind": "SHA"}, "HA-0")
    assert refused(draft, AREA, older, activity("non_technical_survey")) == code


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
    assert refused(changed(status="handed_over"), AREA, finding, ALL_GONE) == code


@pytest.mark.parametrize("status", ["closed", "handed_over"])
def test_an_area_ends_only_on_approved_release(status):
    """A product that waits for approval holds the area; approved or never asked, it does not."""
    waiting = Rec("land_release_product", "p", {"area": "HA-1", "method": "cleared"})
    waiting.body["geometry"] = AREA.body["geometry"]
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
    assert refused(handed, AREA, finding, ALL_GONE, n="collected") == "critical_finding_open"
    assert refused(handed, AREA, finding, ALL_GONE, n="approved") is None


@pytest.mark.parametrize("action", ["record.verified", "record.approved", "identity.erased"])
def test_nobody_approves_by_recording(action):
    """A file of entries cannot carry an approval past the rules."""
    draft = Draft("hazardous_area", action, AREA.body, "a")
    assert refused(draft, AREA) == "act_recorded"


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
    work = Rec("activity", "w", {"activity_type": "clearance", "geometry": HALF}, "12")
    assert refused(product(activity="12"), None, accident) == "activity_unknown"
    assert refused(product(activity="12"), None, accident, work) is None


def test_a_new_area_may_be_confirmed_at_once():
    """Its source says so, or the evidence is direct; an indirect one confirms nothing."""
    body = {"hazard_kind": "CHA"}

    def code(source_id=None, **said):
        draft = Draft(
            "hazardous_area", "hazardous_area.reported", {**body, **said}, source_id=source_id
        )
        return refused(draft)

    assert code() == "evidence_indirect"
    assert code(source_id="survey report") is None
    assert code(evidence=["accident"]) is None
    assert code(evidence=["verbal_report"], source_id="letter") == "evidence_indirect"


@pytest.mark.parametrize("status", ["closed", "handed_over"])
@pytest.mark.parametrize(
    ("work", "said", "code"),
    [
        (None, {}, "land_left"),
        (None, {"reason": "done", "source_id": "s"}, "land_left"),
        ("non_technical_survey", {"rests_on": "w", "reason": "no threat found"}, "land_left"),
        ("non_technical_survey", {"rests_on": "w", "source_id": "s"}, "land_left"),
        (
            "non_technical_survey",
            {"rests_on": "w", "reason": "no threat found", "source_id": "s"},
            None,
        ),
        (
            "spot_task",
            {"rests_on": "w", "reason": "one item", "source_id": "s"},
            "ending_beyond_activity",
        ),
        (
            "inspection",
            {"rests_on": "w", "reason": "all well", "source_id": "s"},
            "ending_beyond_activity",
        ),
    ],
)
def test_an_area_ends_when_nothing_of_it_is_left(status, work, said, code):
    """By products; else on a survey, with its reason and its source."""
    held = [activity(work)] if work else []
    assert refused(changed(status=status, **said), AREA, *held) == code
    assert refused(changed(status=status), AREA, ALL_GONE) is None


def test_a_single_item_is_closed_by_its_spot_task():
    """A hazard that is a point has no square metres to release."""
    body = {"hazard_kind": "SHA", "status": "open", "geometry": None, "place": "well"}
    item = Rec("hazardous_area", "i", body, "HA-I")
    after = {**body, "status": "closed", "rests_on": "w"}
    draft = Draft("hazardous_area", "hazardous_area.closed", after, "i")
    assert refused(draft, item, item, activity("spot_task")) == "land_left"
    told = Draft(
        draft.kind, draft.action, after, "i", reason="shell removed", source_id="log of the day"
    )
    assert refused(told, item, item, activity("spot_task")) is None
    assert refused(told, item, item, activity("spot_task", "planned")) == "activity_planned"


def test_stated_land_leaves_by_stated_products():
    """Where there is no polygon, the figures are compared."""
    body = {"hazard_kind": "SHA", "status": "open", "stated_area_m2": 1000.0, "place": "x"}
    area = Rec("hazardous_area", "s", body, "HA-S")
    draft = Draft("hazardous_area", "hazardous_area.closed", {**body, "status": "closed"}, "s")
    part = Rec(
        "land_release_product", "p", {"area": "s", "method": "reduced", "stated_area_m2": 400.0}
    )
    rest = Rec("land_release_product", "q", {**part.body, "stated_area_m2": 600.0})
    assert refused(draft, area, area, part) == "land_left"
    assert refused(draft, area, area, part, rest) is None
    more = product("reduced", None, area="HA-S", stated_area_m2=601.0)
    assert refused(more, None, area, part) == "product_larger"
    assert (
        refused(product("reduced", None, area="HA-S", stated_area_m2=600.0), None, area, part)
        is None
    )
    less = Draft("hazardous_area", "hazardous_area.amended", {**body, "stated_area_m2": 10.0}, "s")
    assert refused(less, area, area) == "stated_less"


def test_a_new_area_is_open():
    """What became of its land is told by its products."""
    draft = Draft(
        "hazardous_area", "hazardous_area.reported", {"hazard_kind": "SHA", "status": "closed"}
    )
    assert refused(draft) == "area_new_ended"


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (product("cancelled", source_id=None), "activity_missing"),
        (product("cancelled", source_id=None, reason="archive of 2003"), None),
        (product("cancelled", source_id=None, activity="w", method_reason="x"), None),
        (product(source_id=None, activity="w"), "depth_missing"),
        (product(source_id=None, activity="w", depth_m=0.2), "depth_datum_missing"),
        (product(source_id=None, activity="w", depth_m=0.2, depth_datum="ground_surface"), None),
        (product(geometry=None), "extent_missing"),
        (product(geometry={"type": "Point", "coordinates": [17, 44]}), "geometry_not_polygon"),
        (product(geometry=None, stated_area_m2=9e9), "product_larger"),
    ],
)
def test_a_product_says_by_what_how_deep_and_how_much(draft, code):
    """What is not on record is told by the source or the reason."""
    assert refused(draft, None, activity("clearance")) == code


def test_no_product_rests_on_planned_work():
    """Land is not released by an intention."""
    work = activity("clearance", "planned")
    assert refused(product(activity="w"), None, work) == "activity_planned"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({}, "method_changed"),
        ({"reason": "typing error"}, "method_changed"),
        ({"reason": "typing error", "activity": "w"}, None),
    ],
)
def test_cancelled_land_is_not_cleared_by_an_edit(said, code):
    """Another method is another work: it is named, with the reason of the correction."""
    before = Rec("land_release_product", "p", product("cancelled", activity="n").body)
    reason = said.pop("reason", None)
    body = {**before.body, "method": "cleared", "activity": None, "depth_m": 0.2, **said}
    draft = Draft("land_release_product", "record.amended", body, "p", reason=reason)
    assert refused(draft, before, before, activity("clearance")) == code


CHA = Rec(
    "hazardous_area", "k", {**AREA.body, "hazard_kind": "CHA", "evidence": ["accident"]}, "HA-K"
)


@pytest.mark.parametrize(
    ("said", "reason", "code"),
    [
        ({"evidence": ["verbal_report"]}, "as told", "evidence_indirect"),
        ({"evidence": []}, "as told", "evidence_indirect"),
        ({"evidence": ["ordnance_seen"]}, None, None),
        ({"hazard_kind": "SHA", "evidence": []}, None, "reclassified_unexplained"),
        ({"hazard_kind": "SHA", "evidence": []}, "the accident was elsewhere", None),
        ({"name": "Mill field"}, None, None),
    ],
)
def test_a_confirmed_area_keeps_direct_evidence(said, reason, code):
    """Or it is suspected again, with the reason."""
    draft = Draft(
        "hazardous_area", "hazardous_area.amended", {**CHA.body, **said}, "k", reason=reason
    )
    assert refused(draft, CHA, CHA) == code


@pytest.mark.parametrize(
    ("geometry", "code"),
    [
        (HALF, None),
        (box(18, 44, 18.01, 44.01), "part_outside"),
        (box(17.005, 44, 17.02, 44.01), "part_outside"),
        (None, None),
    ],
)
def test_a_part_lies_within_what_it_was_split_from(geometry, code):
    """Not a hundred kilometres away."""
    body = {"local_id": "HA-1a", "hazard_kind": "SHA", "split_from": ["HA-1"], "geometry": geometry}
    assert refused(Draft("hazardous_area", "hazardous_area.reported", body)) == code


def test_no_area_is_its_own_ancestor():
    """A part of a part is no parent of the whole."""
    part = Rec("hazardous_area", "b", {"hazard_kind": "SHA", "split_from": ["a"]}, "HA-B")
    grand = Rec("hazardous_area", "c", {"hazard_kind": "SHA", "split_from": ["HA-B"]}, "HA-C")
    assert refused(changed(split_from=["HA-C"]), AREA, part, grand) == "split_cycle"


FINDING = Rec(
    "non_conformity", "n", {"severity": "critical", "open": True, "area": "a", "what": "x"}
)


@pytest.mark.parametrize(
    ("said", "reason", "code"),
    [
        ({"open": False}, "done", "measures_missing"),
        ({"open": False, "measures": "searched again"}, None, None),
        ({"severity": "minor"}, None, "critical_finding_changed"),
        ({"area": None}, None, "critical_finding_changed"),
        ({"severity": "minor"}, "metal of a fence, no mine", None),
        ({"what": "lane 4 missed"}, None, None),
    ],
)
def test_a_critical_finding_goes_away_by_measures(said, reason, code):
    """Not by an edit of its severity or its link."""
    body = {**FINDING.body, **said}
    draft = Draft("non_conformity", "record.amended", body, "n", reason=reason)
    assert refused(draft, FINDING, FINDING) == code


def test_every_refusal_is_listed_in_the_documentation():
    """A user who is refused finds the code and the rule; none is listed that no rule raises."""
    root = Path(__file__).resolve().parents[2]
    domain = root / "src/landrelease/domain"
    modules = [*domain.glob("*rules.py"), domain / "workflow.py", domain / "known.py"]
    source = "".join(module.read_text("utf-8") for module in modules)
    codes_raised = set(re.findall(r'(?:RefusedError|Against)\(\s*f?"([a-z_{}]+)"', source))
    codes_raised -= {"{field}_unknown", "already_{state}", "activity_{status}"}
    codes_raised |= {f"{name}_unknown" for name in ("area", "activity", "split_from", "rests_on")}
    codes_raised |= {"activity_planned", "activity_withdrawn"}
    codes_raised |= {"already_verified", "already_approved"}
    text = (root / "docs/register.md").read_text("utf-8")
    table = text[text.index("## Rules of land") : text.index("An accident on released land")]
    listed = {
        code
        for row in table.splitlines()
        for code in re.findall(r"`([a-z_]+)`", row.split("|")[1] if row.startswith("|") else "")
    }
    assert listed == codes_raised


PART = Rec(
    "hazardous_area",
    "b",
    {
        "hazard_kind": "SHA",
        "status": "open",
        "geometry": box(17, 44, 17.004, 44.01),
        "split_from": ["HA-1"],
    },
    "HA-1b",
)


@pytest.mark.parametrize(
    ("geometry", "code"),
    [(HALF, "ground_of_part"), (box(17.004, 44, 17.01, 44.01), None)],
)
def test_a_parent_takes_no_ground_of_its_part(geometry, code):
    """Neither a product nor a re-survey of the whole reaches into what a part holds."""
    done = activity("clearance")
    draft = product(geometry=geometry, activity="w", depth_m=0.2, depth_datum="ground_surface")
    assert refused(draft, None, PART, done) == code
    drawn = Draft(
        "resurvey",
        "area.resurveyed",
        {"area": "HA-1", "activity": "w", "geometry": geometry},
        reason="drawn anew",
    )
    assert refused(drawn, None, PART, done) == code


def test_what_is_said_of_an_old_resurvey_does_not_draw_it_again():
    """A note on a re-survey made before the split is let through."""
    before = Rec("resurvey", "r", {"area": "HA-1", "geometry": AREA.body["geometry"]})
    draft = Draft("resurvey", "record.amended", {**before.body, "note": "x"}, "r")
    assert refused(draft, before, PART) is None


RESTING = (
    Rec("land_release_product", "p", product(activity="W-1").body, "P-1"),
    Rec("resurvey", "r", {"area": "HA-1", "activity": "w", "geometry": HALF}, "R-1"),
    Rec("hazardous_area", "c", {**AREA.body, "status": "closed", "rests_on": "w"}, "HA-C"),
)
WORK = Rec(
    "activity",
    "w",
    {**DONE, "activity_type": "clearance", "geometry": AREA.body["geometry"]},
    "W-1",
)


@pytest.mark.parametrize(
    ("said", "resting", "code"),
    [
        ({"status": "withdrawn"}, 0, "work_in_use"),
        ({"status": "withdrawn"}, 1, "work_in_use"),
        ({"status": "withdrawn"}, 2, "work_in_use"),
        ({"status": "planned"}, 0, "work_in_use"),
        ({"status": "planned", "started_on": "2020"}, 0, None),
        ({"activity_type": "technical_survey"}, 0, "work_in_use"),
        ({"activity_type": "technical_survey"}, 1, None),
        ({"activity_type": "spot_task"}, 1, "work_in_use"),
        ({"activity_type": "spot_task"}, 2, None),
        ({"geometry": FAR}, 0, "work_in_use"),
        ({"geometry": None}, 0, "work_in_use"),
        ({"geometry": HALF}, 0, None),
        ({"method": "with dogs"}, 0, None),
    ],
)
def test_work_is_not_taken_from_under_what_rests_on_it(said, resting, code):
    """Called off, moved or of another kind it would carry the record no more; a reason is told."""
    held = (WORK, RESTING[resting])
    body = {**WORK.body, **said}
    draft = Draft("activity", "record.amended", body, "w")
    assert refused(draft, WORK, *held) == code
    assert refused(draft._replace(reason="entered for another task"), WORK, *held) is None
    assert refused(draft, WORK, WORK) is None


@pytest.mark.parametrize("resting", range(3))
def test_work_is_not_voided_from_under_what_rests_on_it(resting):
    """Its records first name the work that was done, or are voided themselves."""
    with pytest.raises(RefusedError) as caught:
        check_not_in_use(WORK, Memory([AREA, WORK, RESTING[resting]]))
    assert caught.value.code == "work_in_use"
    check_not_in_use(WORK, Memory([AREA, WORK]))


@pytest.mark.parametrize(
    ("moved", "named", "code"),
    [
        ({"activity": "x"}, {}, "finding_unlinked"),
        ({"activity": "x"}, {"area": "HA-1"}, None),
        ({"activity": "w", "area": "HA-1"}, {}, None),
        ({"activity": "W-1"}, {}, None),
        ({"activity": None, "area": "a"}, {}, None),
    ],
)
def test_a_visit_is_not_moved_from_under_an_open_critical_finding(moved, named, code):
    """The finding goes on holding its area, or names it itself."""
    work = Rec("activity", "w", {"activity_type": "clearance", "area": "HA-1"}, "W-1")
    other = Rec("activity", "x", {"activity_type": "clearance"})
    visit = Rec("quality_visit", "q", {"activity": "W-1"}, "Q-1")
    finding = Rec(
        "non_conformity", "n", {"severity": "critical", "what": "x", "visit": "Q-1", **named}
    )
    held = (work, other, visit, finding)
    draft = Draft("quality_visit", "record.amended", {**visit.body, **moved}, "q")
    assert refused(draft, visit, *held) == code
    if not named:
        away = Draft("activity", "record.amended", {**work.body, "area": "HA-9"}, "w")
        assert refused(away, work, *held) == "finding_unlinked"
