"""Rows of gifts: led by the state that gives or gets, or in a table whose columns say who does."""

from __future__ import annotations

from typing import Any

import pytest

from landrelease.evidence.extract import extract

Row = tuple[str | None, str | None, object, str, str | None]


def fields(text: str) -> list[dict[str, Any]]:
    """Fields of the transfers."""
    found = extract(text, published="2014-06-20").proposals
    return [dict(p.fields) for p in found if p.category == "transfer"]


def rows(text: str) -> list[Row]:
    """Giver, getter, sum or goods, status and day."""
    return [
        (f["supplier"], f["recipient"], f["value"] or [(i["quantity"], i["name"]) for i in f["items"]], f["status"], f["date"])
        for f in fields(text)
    ]  # fmt: skip


BULLETIN = "Angola Mine Action Bulletin\n\nTeams in Angola cleared 4,000 m2 near Luena, Angola, in May 2014.\n\n"


@pytest.mark.parametrize("mark", ["{} - ", "{}: ", "- {} – ", "* **{}:** ", "• {} (lead donor): "])
def test_under_donations_each_state_gives(mark: str) -> None:
    """A dash, a colon, bold type or a remark in brackets may part the state from its gift."""
    text = (
        f"{BULLETIN}DONATIONS\n\n{mark.format('Finland')}EUR 300,000 through a fund, signed on 3 June 2014.\n\n"
        f"{mark.format('Norway')}12 detectors, handed over in May 2014.\n\n{mark.format('Peru')}a proposal for US$ 40,000 is under discussion.\n"
    )
    assert rows(text) == [
        ("FIN", "AGO", 300_000, "announced", "2014-06-03"),
        ("NOR", "AGO", [(12, "detectors")], "delivered", "2014-05"),
        ("PER", "AGO", 40_000, "proposed", None),
    ]


@pytest.mark.parametrize(
    "opener",
    [
        "Since 2003 Canada has provided $90 million to 20 countries. Recent examples include:",
        "Canada has supported mine action in many lands. In the past year:",
        "What Canada gave in the last years:",
    ],
)
def test_under_what_one_state_gave_each_state_gets(opener: str) -> None:
    """The state that leads a row got the goods where the line above names who gave."""
    text = f"Mine action\n\n{opener}\n\n- Chad: 30 detectors and four trucks;\n- Peru: six dogs arrived in Lima in March 2014;\n"
    assert [r[:4] for r in rows(text)] == [
        ("CAN", "TCD", [(30, "detectors"), (4, "trucks")], "delivered"),
        ("CAN", "PER", [(6, "dogs")], "delivered"),
    ]


def test_a_table_of_funds_names_who_gets_in_a_column() -> None:
    """Sum and goods are in their columns; the unit stands in the title, the day above the table."""
    text = (
        "Canada announces new support for demining in Chad and Peru\n\nToday, 20 June 2014, the Minister of Canada announced $3 million:\n\n"
        "| Partner | Country | Purpose | Funding (CAD) |\n|---|---|---|---|\n"
        "| Apopo | Chad | Survey and clearance | $2,000,000 |\n| UNDP | Peru | 4 trucks | $1,000,000 |\n"
    )
    assert [(*r[:2], f["value"], f["currency"], f["date"]) for r, f in zip(rows(text), fields(text), strict=True)] == [
        ("CAN", "TCD", 2_000_000, "CAD", "2014-06-20"),
        ("CAN", "PER", 1_000_000, "CAD", "2014-06-20"),
    ]  # fmt: skip


def test_a_table_of_donors_names_who_gives() -> None:
    """«Donor», «Equipment» and «Status» are columns too."""
    text = f"{BULLETIN}| Donor | Equipment | Status |\n| Japan | 4 flails | delivered in May |\n| Italy | 60 helmets | promised |\n"
    assert [r[:4] for r in rows(text)] == [
        ("JPN", "AGO", [(4, "flails")], "delivered"),
        ("ITA", "AGO", [(60, "helmets")], "announced"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"{BULLETIN}ACCIDENTS\n\nAngola: 3 trucks hit mines.\nZambia: 2 tanks hit mines.\n",
        f"{BULLETIN}DONATIONS\n\nFinland: talks go on.\nNorway: a visit.\n",
        f"{BULLETIN}Finland: 3 trucks\n",
        f"{BULLETIN}STOCKPILES\n\nFinland: 40,000 mines destroyed.\nNorway: 2,000 mines destroyed.\n",
        f"{BULLETIN}| Operator | Area (m2) | Items |\n| Apopo | 4,000 | 3 mines |\n| Halo | 5,000 | 2 mines |\n",
        f"{BULLETIN}| Country | Casualties | Total |\n| Chad | 14 | 20 |\n| Peru | 2 | 3 |\n",
    ],
)
def test_rows_of_other_matters_are_left(text: str) -> None:
    """Accidents, talks, stocks destroyed, land cleared and casualties by state are no gifts."""
    assert rows(text) == []
