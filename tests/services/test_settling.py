"""Claims of files are settled in bulk by a person, and by no more than the rules allow."""

from __future__ import annotations

import pytest

from landrelease.errors import FieldError, NotFoundError, UsageError
from landrelease.register import open_register
from landrelease.services import land
from landrelease.services.claims import Chosen, Settling, listing, preview, settle

from .test_claims import CORNER, FIELD, area, by_hand, codes, path, rows_in, take_in

__all__ = ["path"]


@pytest.fixture
def claimed(path):
    """One area that a file hands over and shrinks, and another whose stated m² it lowers."""
    by_hand(path, local_id="S2", hazard_kind="SHA", stated_area_m2=900.0, district="Vale")
    take_in(path, "2024-02", CORNER, status="handed_over")
    row = {"local_id": "S2", "hazard_kind": "SHA", "stated_area_m2": 100, "district": "Vale"}
    rows_in(path, "hazardous_area", (row, None))
    return path


def body_of(path, name):
    """What a record says now."""
    with open_register(path) as register:
        return dict(register.record(name).body)


def test_claims_are_listed_with_what_holds_them_back(claimed) -> None:
    """Each with its file, what the record says and what the file does; by kind, id and import."""
    found = listing(claimed)["claims"]
    told = {(c["local_id"], c["field"], c["code"]) for c in found}
    assert told == {
        ("I4", "status", "land_left"),
        ("I4", "geometry", "land_lost"),
        ("S2", "stated_area_m2", "stated_less"),
    }
    [stated] = [c for c in found if c["local_id"] == "S2"]
    assert (stated["held"], stated["value"]) == (900.0, 100.0)
    assert stated["file_name"] == "hazardous_area.geojson"
    by_import = listing(claimed, Chosen(import_id=stated["import_id"]))["claims"]
    assert [c["local_id"] for c in by_import] == ["S2"]
    assert listing(claimed, Chosen(kind="resurvey"))["claims"] == []
    assert len(listing(claimed, Chosen(["I4"]))["claims"]) == 2
    by_hand(claimed, local_id="S3", hazard_kind="SHA", district="Vale")
    with pytest.raises(NotFoundError, match="no file claims"):
        listing(claimed, Chosen(["S3"]))


def test_what_the_rules_refuse_stays_a_claim(claimed) -> None:
    """The stated figure is lowered for the reason given; the handover of uncleared land is not."""
    before = land.balance(claimed)
    how = Settling("accept", "the survey of May counted anew")
    done = settle(claimed, Chosen(kind="hazardous_area"), how, by="Ben")
    assert [(one["local_id"], one["fields"]) for one in done["settled"]] == [
        ("S2", ["stated_area_m2"])
    ]
    assert {(one["local_id"], one["code"]) for one in done["left"]} == {
        ("I4", "land_left"),
        ("I4", "land_lost"),
    }
    assert all(one["message"] for one in done["left"])
    assert body_of(claimed, "S2")["stated_area_m2"] == 100.0
    assert "claims" not in body_of(claimed, "S2")
    assert (
        area(claimed)[0].status == "open" if False else body_of(claimed, "I4")["status"] == "open"
    )
    assert land.balance(claimed)["remaining_m2"] == before["remaining_m2"]
    assert codes(claimed).count("claimed_by_file") == 2
    with open_register(claimed) as register:
        [*_, last] = register.history(register.record("S2").record_id)
        assert (last.author, last.reason) == ("Ben", "the survey of May counted anew")
        assert register.verify().ok


def test_with_what_the_rules_ask_for_a_claim_is_taken_over(claimed) -> None:
    """The outline rests on the survey that worked there; the ending still waits for the rest."""
    by_hand(claimed, "activity", local_id="T", activity_type="technical_survey", area="I4")
    how = Settling("accept", "surveyed on foot", {"rests_on": "T"}, source="Survey report")
    done = settle(claimed, Chosen(["I4"]), how, by="Ben")
    assert done["settled"]
    assert land.balance(claimed)["remaining_m2"] < 2e4
    assert body_of(claimed, "I4")["rests_on"] == "T"


def test_a_preview_writes_nothing_and_says_the_same(claimed) -> None:
    """The ledger and the balance are as they were; settling then does what was shown."""
    with open_register(claimed) as register:
        before = register.revision()
    how = Settling("accept", "counted anew")
    shown = preview(claimed, Chosen(kind="hazardous_area"), how)
    with open_register(claimed) as register:
        assert register.revision() == before
        assert register.verify().ok
    assert body_of(claimed, "S2")["stated_area_m2"] == 900.0
    assert settle(claimed, Chosen(kind="hazardous_area"), how, by="Ben") == shown


def test_dismissed_claims_change_nothing_but_the_list(claimed) -> None:
    """The records stay as they are; a file that repeats the claim makes none, another word does."""
    before = body_of(claimed, "I4")
    done = settle(claimed, Chosen(["I4", "S2"]), Settling("dismiss", "a typing error"), by="Ben")
    assert len(done["settled"]) == 2
    after = body_of(claimed, "I4")
    assert {k: v for k, v in before.items() if k != "claims"} == after
    assert "claimed_by_file" not in codes(claimed)
    take_in(claimed, "2024-05", CORNER, status="handed_over", remark="again")
    assert "claimed_by_file" not in codes(claimed)
    take_in(claimed, "2024-06", CORNER, status="closed", remark="again")
    assert codes(claimed) == ["claimed_by_file"]


def test_an_area_ends_with_the_product_that_is_settled_before_it(path) -> None:
    """Claims of products come first, so that one settling takes a cleared area over whole."""
    field = {"type": "Polygon", "coordinates": FIELD}
    work = {"activity_type": "clearance", "area": "I4", "geometry": field}
    by_hand(path, "activity", local_id="C", **work)
    product = {"local_id": "P1", "area": "I4", "activity": "C", "method": "cleared"}
    depth = {"depth_m": 0.2, "depth_datum": "ground_surface"}
    corner = {"type": "Polygon", "coordinates": CORNER}
    by_hand(path, "land_release_product", **product, **depth, geometry=corner)
    by_hand(path, "activity", local_id="C", status="withdrawn", reason="read as called off")
    rows_in(path, "land_release_product", (product | depth, FIELD))
    take_in(path, "2024-02", status="closed")
    assert codes(path).count("claimed_by_file") == 2
    by_hand(path, "activity", local_id="C", status="completed")
    chosen = Chosen(["I4", "P1"])
    done = settle(path, chosen, Settling("accept", "completion report read"), by="Ben")
    assert (done["left"], len(done["settled"])) == ([], 2)
    assert area(path)[0].status == "closed"


@pytest.mark.parametrize("how", [("maybe", "x"), ("accept", "  ")])
def test_a_settling_has_a_decision_and_a_reason(how) -> None:
    """Neither is guessed."""
    with pytest.raises(FieldError):
        Settling(*how)


def test_nothing_is_settled_that_was_not_chosen(claimed) -> None:
    """Without a choice the call is refused; a field that a kind has not is refused in words."""
    with pytest.raises(UsageError, match="which claims"):
        settle(claimed, Chosen(), Settling("accept", "all"), by="Ben")
    how = Settling("accept", "x", {"measures": "searched"})
    left = settle(claimed, Chosen(["S2"]), how, by="Ben")["left"]
    assert "has no such field" in left[0]["message"]
