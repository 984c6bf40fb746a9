"""What takes land away on a day to come, or in a month that is not over, does not count today."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from landrelease.domain.entries import Draft
from landrelease.register import create_register
from landrelease.register.state import NOW, bounds
from landrelease.services import area_page, exporting, land, records

FIELD = {"type": "Polygon", "coordinates": [[[17, 44], [17.01, 44], [17.01, 44.01], [17, 44]]]}
TODAY = datetime.now(UTC).date()
#: The month of tomorrow is not over today, not even on the last day of one.
MONTH = (TODAY + timedelta(days=1)).strftime("%Y-%m")


@pytest.fixture
def path(tmp_path):
    """A register with an area, closed in a month that is not over, with a product of that month."""
    found = tmp_path / "register.gpkg"
    body = {"local_id": "A", "hazard_kind": "SHA", "status": "open", "geometry": FIELD}
    area = Draft("hazardous_area", "hazardous_area.reported", body, occurred_on="2014")
    body = {"local_id": "P", "area": "A", "method": "cancelled", "geometry": FIELD}
    product = Draft("land_release_product", "land.released", body, occurred_on=MONTH)
    with create_register(found, name="Test", author="Ana") as register, register.write("Ana") as w:
        [first, _] = w.append([area, product])
        ended = {**area.body, "status": "closed"}
        w.append(
            [
                Draft(
                    "hazardous_area",
                    "hazardous_area.closed",
                    ended,
                    first.record_id,
                    MONTH,
                    supersedes=first.entry_id,
                )
            ]
        )
    return found


def test_today_is_asked_as_the_day_of_today_is(path):
    """The account without a date is that of today's date, and tells what is ahead."""
    now, then = land.balance(path), land.balance(path, as_of=TODAY.isoformat())
    assert now["remaining_m2"] == then["remaining_m2"] > 0
    assert (now["ahead"], land.balance(path, as_of=MONTH)["remaining_m2"]) == (2, 0)
    [area] = land.areas(path)["areas"]
    assert (area["status"], area["date_uncertain"]) == ("open", TODAY.strftime("%Y-%m") == MONTH)


def test_near_and_the_pages_say_the_same(path):
    """Whoever stands at the place reads «open», on the page and in the record too."""
    found = land.near(path, 17.005, 44.002)["found"]
    assert [one["local_id"] for one in found] == ["A"]
    assert "closed" not in found[0]["text"]
    assert records.show(path, "A")["status"] == "open"
    page = area_page.area_page(path, "A")["record"]
    assert page["status"] == "open"
    assert page["remaining_m2"] > 0


@pytest.mark.parametrize(("audience", "status"), [("public", "open"), ("internal", "closed")])
def test_exports_for_others_and_the_map_say_the_same(path, tmp_path, audience, status):
    """Who gets the file reads how the area is today; an internal file holds what was recorded."""
    file = tmp_path / "out.csv"
    exporting.export(path, file, kind="hazardous_area", audience=audience, as_of=None)
    assert status in file.read_text()
    [(*_, shown)] = exporting.features(path, "hazardous_area", audience)
    assert shown["status"] == "open"
    assert not list(exporting.features(path, "land_release_product", "internal"))


def test_today_is_the_day_in_utc():
    """No country's morning decides what is released."""
    assert bounds(NOW, None)["today"] == datetime.now(UTC).toordinal()
