"""Lists of goods are read whole: headings with a status, groups, marks, remarks, rows without marks."""

from __future__ import annotations

import pytest

from landrelease.evidence.extract import extract

Row = tuple[str | None, str | None, float | None, str, str]


def rows(text: str) -> list[Row]:
    """Giver, getter, number, first goods and status of each transfer."""
    found = extract(text, published="2024-05-03").proposals
    fields = [p.fields for p in found if p.category == "transfer"]
    return [
        (f["supplier"], f["recipient"], i["quantity"], i["name"], f["status"])
        for f in fields
        for i in f["items"][:1]
    ]


def test_headings_without_a_colon_tell_the_status() -> None:
    """«Delivered …» and «… in planning» open lists, group headings part them, a note ends them."""
    text = (
        "Military support for Moldova\n\nNorway supports Moldova with goods from the stocks of its army.\n\n"
        "Delivered military support (extract)\n\nVehicles\n- 12 trucks NORDA 4* (shared with Denmark)\n\n"
        "Clearance of mines\n- 3 mobile, tracked and armoured flail systems (before: 2, now: 5)\n- metal detectors\n\n"
        "Support in planning or in preparation\n\n- 7 mine ploughs\n\n* From the stocks of industry.\n"
    )
    assert rows(text) == [
        ("NOR", "MDA", 12, "trucks NORDA 4", "delivered"),
        ("NOR", "MDA", 3, "mobile, tracked and armoured flail systems", "delivered"),
        ("NOR", "MDA", None, "metal detectors", "delivered"),
        ("NOR", "MDA", 7, "mine ploughs", "proposed"),
    ]


@pytest.mark.parametrize(
    ("heading", "status"),
    [
        ("Already delivered", "delivered"),
        ("Equipment handed over so far", "delivered"),
        ("What Denmark has sent", "delivered"),
        ("**Donated to date**", "delivered"),
        ("## Provided in 2023", "delivered"),
        ("Planned deliveries", "proposed"),
        ("Under consideration", "proposed"),
        ("Yet to be delivered", "announced"),
        ("On order", "announced"),
        ("Aid in preparation (selection)", "announced"),
        ("Pledged, not yet delivered", "announced"),
    ],
)
def test_many_headings_tell_how_far_the_goods_are(heading: str, status: str) -> None:
    """The words of a heading above entries give the status, whatever their order."""
    text = f"Danish military aid to Moldova\n\n{heading}\n\n- 40 rifles\n- 6 mine flails\n"
    assert rows(text) == [
        ("DNK", "MDA", 40, "rifles", status),
        ("DNK", "MDA", 6, "mine flails", status),
    ]


@pytest.mark.parametrize(
    "mark", ["▪ ", "• ", "– ", "* ", "- **", "◦ ", "► ", "✓ ", "‣ ", "1. ", ""]
)
def test_any_mark_or_none_opens_an_entry(mark: str) -> None:
    """Dots, dashes, stars, ticks, numbers, bold type or the bare number at the head of a line."""
    text = f"Denmark's military aid to Moldova\n\nDelivered aid\n\n{mark}40 rifles\n{mark}6 mine flails\n"
    assert [r[2:4] for r in rows(text)] == [(40, "rifles"), (6, "mine flails")]


@pytest.mark.parametrize(
    ("entry", "items"),
    [
        ("Detectors (120), 14 drones", [(120, "Detectors"), (14, "drones")]),
        ("9 tanks with ammunition and spare parts", [(9, "tanks"), (None, "ammunition"), (None, "spare parts")]),
        ("900 rifles, of which 40 with night sights", [(900, "rifles")]),
        ("5 radars† (joint project with Finland)", [(5, "radars")]),
        ("2 long-range, unmanned and armoured boats", [(2, "long-range, unmanned and armoured boats")]),
    ],
)  # fmt: skip
def test_remarks_are_no_part_of_the_goods(
    entry: str, items: list[tuple[float | None, str]]
) -> None:
    """Notes in brackets, footnote signs and shares are left out; a number behind its noun counts."""
    text = f"Danish military aid to Moldova\n\nDelivered\n\n- {entry}\n- 6 helmets\n"
    first = next(p for p in extract(text).proposals if p.category == "transfer")
    assert [(i["quantity"], i["name"]) for i in first.fields["items"]] == items


def test_deliveries_of_the_past_week_stand_under_a_comparison() -> None:
    """«Compared with the list of …:» dates the older list, not the deliveries."""
    text = (
        "Danish military aid to Moldova\n\nShipments of the last month are in bold. Changes from the list of 2 April:\n\n"
        "▪ **6 mine rollers (before: 1, now: 7)**\n▪ **rifles**\n"
    )
    found = [p.fields for p in extract(text, published="2024-05-03").proposals]
    assert [(f["supplier"], f["status"], f["date"]) for f in found if "supplier" in f] == [
        ("DNK", "delivered", None)
    ] * 2


@pytest.mark.parametrize(
    "text",
    [
        "Danish aid to Moldova\n\nTraining delivered\n\n- 12 courses on mines\n- 40 sappers\n",
        "Mine action in Moldova\n\nDelivered by the teams\n\n- 12 sessions in schools\n- 3 villages\n",
        "Danish military aid to Moldova\n\nDelivered\n\nThe minister said that 40 rifles were seen.\n",
        "Danish military aid to Moldova\n\nRelated documents\n\n- 3 mines found in Balti\n",
    ],
)
def test_lists_of_other_work_are_left(text: str) -> None:
    """Courses, sessions, prose under a heading and links are no goods given."""
    assert rows(text) == []
