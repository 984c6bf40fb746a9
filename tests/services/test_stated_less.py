"""A stated hazard is not drawn away: a far smaller outline says why, and its ending tells the rest."""

from __future__ import annotations

import pytest

from landrelease.domain.entries import Draft
from landrelease.errors import RefusedError
from landrelease.register import create_register, open_register
from landrelease.services import land, review
from tests.services.test_parts import by_hand
from tests.services.test_time_conflicts import box, codes, write

TINY = box(17, 44, 17.00001, 44.00001)
ENOUGH = box(17, 44, 17.0009, 44.0009)
STATED = {"local_id": "A", "hazard_kind": "SHA", "place": "Mill", "stated_area_m2": 5000}


@pytest.fixture
def path(tmp_path):
    """A register of one hazard known by 5,000 stated m²."""
    found = tmp_path / "register.gpkg"
    create_register(found, name="Test", author="Ana").close()
    by_hand(found, "2018", STATED)
    return found


def drawn(geometry, kind="hazardous_area"):
    """The kind and body that first draw the hazard."""
    name = {"area": "A"} if kind == "resurvey" else {"local_id": "A"}
    return {"kind": kind, "body": {**name, "geometry": geometry}}


@pytest.mark.parametrize("kind", ["hazardous_area", "resurvey"])
def test_a_far_smaller_outline_needs_a_reason(path, kind):
    """Refused in words without one; a reason or a source is enough; one as large as stated needs none."""
    with pytest.raises(RefusedError) as caught:
        by_hand(path, "2019", **drawn(TINY, kind))
    assert caught.value.code == "stated_less"
    assert "5,000 m²" in str(caught.value)
    by_hand(path, "2019", **drawn(TINY, kind), reason="measured on the ground")
    assert codes(path) == []


def test_an_outline_as_large_as_stated_needs_no_word(path):
    """A drawing that holds what was stated is simply a better word."""
    by_hand(path, "2019", **drawn(ENOUGH))
    assert codes(path) == []


def test_a_new_hazard_is_held_against_its_own_figure(path):
    """Both in one entry contradict each other as well."""
    with pytest.raises(RefusedError) as caught:
        by_hand(path, "2019", {**STATED, "local_id": "B", "geometry": TINY})
    assert caught.value.code == "stated_less"


def drawn_past_the_rules(path):
    """The tiny outline as a file or a merge may bring it, cancelled as a whole."""
    with open_register(path) as register:
        record_id = register.record("A").record_id
    body = {**STATED, "status": "open", "geometry": TINY}
    survey = {"local_id": "N", "activity_type": "non_technical_survey", "geometry": TINY}
    product = {"local_id": "P", "area": "A", "method": "cancelled", "activity": "N"}
    write(
        path,
        Draft("hazardous_area", "hazardous_area.amended", body, record_id, "2019"),
        Draft("activity", "record.added", survey, None, "2020"),
        Draft("land_release_product", "land.released", {**product, "geometry": TINY}, None, "2020"),
    )


def test_past_the_rules_it_is_listed_and_told_at_the_ending(path):
    """The stated m² that were never drawn leave no figure without a word."""
    drawn_past_the_rules(path)
    [found] = review.conflicts(path)["conflicts"]
    assert (found["code"], round(found["stated_m2"])) == ("stated_less", 4999)
    by_hand(path, "2021", {"local_id": "A", "status": "closed"})
    assert codes(path) == ["ended_with_land", "stated_less"]
    [area] = land.areas(path)["areas"]
    assert "4,999 m² that were stated of it were never drawn or released" in area["not_released"]


def test_a_later_word_settles_it(path):
    """The figure, corrected with its source, agrees with the outline again."""
    drawn_past_the_rules(path)
    by_hand(path, "2021", {"local_id": "A", "stated_area_m2": 0.8}, source={"title": "Sheet 4"})
    assert codes(path) == []
