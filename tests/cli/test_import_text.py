"""What a person reads on the screen of an import, without --json."""

from __future__ import annotations

from pathlib import Path

import pytest

from landrelease.services import keeping
from tests.exchange.bad_files import csv, two_layers

from .conftest import Run


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """An empty register."""
    path = tmp_path / "register.gpkg"
    keeping.init(path, country=None, name="Test", by="Tester")
    return path


@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
def test_each_code_shows_its_first_rows(
    inside: Run, register: Path, tmp_path: Path, dry: tuple[str, ...]
) -> None:
    """Row, id, field and value of the first three, errors on top, and that there are more."""
    lines = [f"A-{n},Mill,31/02/202{n}" for n in range(5)]
    file = csv(tmp_path, "local_id,place,date", *lines, ",,2024-01-01")
    ran = inside("import", file, "-r", register, "--by", "T", "--kind", "hazardous_area",
                 "--set", "hazard_kind=SHA", *dry)  # fmt: skip
    assert ran.status == 0
    told = ran.out.splitlines()
    assert "geometry_missing (error, 1 row)" in told
    assert "  - row 6" in told
    assert "date_invalid (warning, 5 rows)" in told
    assert "  - row 1 (A-0): date = '31/02/2020'" in told
    assert "  - row 3 (A-2): date = '31/02/2022'" in told
    assert "row 4 (A-3)" not in ran.out
    assert "    … and 2 more; --json gives all" in told
    assert told.index("geometry_missing (error, 1 row)") < told.index(
        "date_invalid (warning, 5 rows)"
    )
    assert "mend the cell, or add its format" in " ".join(ran.out.split())


def test_other_layers_are_named_with_the_way_to_read_them(
    inside: Run, register: Path, tmp_path: Path
) -> None:
    """The names stand on the screen, and the option that reads each."""
    ran = inside("import", two_layers(tmp_path), "-r", register, "--by", "T", "--kind", "accident")
    assert "  - file: two" in ran.out.splitlines()
    assert "--layer NAME" in ran.out


def test_a_row_of_totals_has_one_reason(inside: Run, register: Path, tmp_path: Path) -> None:
    """It is not told beside that it lies nowhere."""
    file = csv(tmp_path, "local_id,stated_area_m2", "H-1,1000", "Total,1000")
    ran = inside("import", file, "-r", register, "--by", "T", "--kind", "hazardous_area",
                 "--set", "hazard_kind=SHA", "--json")  # fmt: skip
    assert [one["code"] for one in ran.json["issues"] if one["row"] == 2] == ["row_of_totals"]


def test_products_against_the_rules_are_told(inside: Run, register: Path, tmp_path: Path) -> None:
    """The preview names rows and rules, and says that they are taken all the same."""
    file = csv(
        tmp_path, "local_id,method,stated_area_m2", *[f"P{n},cancelled,50" for n in range(5)]
    )
    ran = inside("import", file, "-r", register, "--by", "T", "--kind", "land_release_product",
                 "--dry-run")  # fmt: skip
    told = ran.out.splitlines()
    assert "activity_missing (against the rules of land, 5 products)" in told
    assert "  - row 1 (P0): no activity is named by which the land was cancelled" in told
    assert "such products are taken as they stand, and listed in `conflicts`" in told
