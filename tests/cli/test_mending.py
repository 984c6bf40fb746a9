"""The cycle of a row that waits, the monthly update and attachments, as a person runs them."""

from __future__ import annotations

import csv
import json

from .conftest import Run

GOOD = "POLYGON ((17.2 44, 17.3 44, 17.3 44.1, 17.2 44))"


def survey(path, *lines):
    """A table of areas with outlines as text."""
    path.write_text("\n".join(["local_id,hazard_kind,geometry_crs,wkt", *lines]) + "\n")
    return path


def test_quarantine_is_a_cycle(run: Run, register, tmp_path):
    """List, write out, mend, import, and nothing waits any more."""
    table = survey(
        tmp_path / "a.csv", "A-1,SHA,EPSG:4326,POINT (17 44)", "A-2,SHA,EPSG:4326,POLYGON ((17 44))"
    )
    first = run(
        "import", table, "-r", register, "--by", "T", "--kind", "hazardous_area", "--json"
    ).json
    assert (first["added"], first["quarantined"]) == (1, 1)
    listed = run("quarantine", "-r", register)
    assert "geometry_malformed" in listed.out
    assert "--out" in listed.out
    out = run("quarantine", "-r", register, "--out", "mend.csv")
    assert (out.status, "1 rows of a written" in out.out) == (0, True)
    file = tmp_path / "mend.csv"
    with file.open(encoding="utf-8-sig", newline="") as opened:
        (row,) = csv.DictReader(opened)
    row["wkt"] = GOOD
    with file.open("w", newline="") as opened:
        writer = csv.DictWriter(opened, list(row))
        writer.writeheader()
        writer.writerow(row)
    back = run("import", "mend.csv", "-r", register, "--by", "T")
    assert "1 rows that waited in quarantine come back mended" in back.out
    assert "Nothing is in quarantine" in run("quarantine", "-r", register).out
    assert run("areas", "-r", register, "--json").json["count"] == 2


def test_the_update_is_shown_before_it_is_taken_in(run: Run, register, tmp_path):
    """Changed fields and outlines in words, all of them as a table, and one command to take them in."""
    words = ("-r", register, "--kind", "hazardous_area")
    square = '"POLYGON ((17 44, 17.1 44, 17.1 44.1, 17 44))"'
    wider = '"POLYGON ((17 44, 17.2 44, 17.1 44.1, 17 44))"'
    table = survey(
        tmp_path / "a.csv", f"A-1,SHA,EPSG:4326,{square}", "A-2,SHA,EPSG:4326,POINT (17 44)"
    )
    assert run("import", table, *words, "--by", "T").status == 0
    survey(table, f"A-1,CHA,EPSG:4326,{wider}")
    seen = run("import", table, *words, "--dry-run", "--changes", "c.csv")
    assert "hazard_kind" in seen.out
    assert "outline" in seen.out
    assert "1 records are not in this file, and stay as they are: A-2" in seen.out
    with (tmp_path / "c.csv").open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert [row["what"] for row in rows] == ["changed", "changed", "vanished"]
    done = run("import", table, *words, "--by", "T", "--json").json
    assert [change["local_id"] for change in done["changes"]] == ["A-1"]
    assert (
        run("void", "-r", register, "--import", done["import_id"], "--why", "x", "--by", "T").status
        == 0
    )
    areas = run("areas", "-r", register, "--json").json["areas"]
    assert {area["hazard_kind"] for area in areas} == {"SHA"}


def test_problems_are_explained(run: Run):
    """One code with its cure; an unknown one is refused with a hint."""
    assert "check the order of the vertices" in run("problems", "zero_area").out
    assert len(run("problems", "--json").json["problems"]) > 50
    wrong = run("problems", "nonsense")
    assert wrong.status == 1
    assert "error[code_unknown]" in wrong.err


def test_attachments(run: Run, register, tmp_path):
    """Attached, listed, given out to those who may have them."""
    entry = {
        "kind": "hazardous_area",
        "body": {"local_id": "A-1", "hazard_kind": "SHA", "place": "mill"},
    }
    given = json.dumps({"entries": [entry]})
    assert run("record", "-", "-r", register, "--by", "T", stdin=given).status == 0
    (tmp_path / "sketch.pdf").write_bytes(b"%PDF-1.7")
    told = run("attach", "A-1", "sketch.pdf", "-r", register, "--by", "T")
    assert "1 attached, 0 already there" in told.out
    assert "sketch.pdf" in run("attachments", "A-1", "-r", register, "--audience", "internal").out
    shown = run("attachments", "A-1", "-r", register).out
    assert "sketch" not in shown
    assert "1 not for this audience" in shown
    out = run(
        "attachments", "-r", register, "--out", "files", "--audience", "internal", "--json"
    ).json
    assert [f["records"] for f in out["files"]] == [["A-1"]]
    assert run("attachments", "-r", register, "--out", "none", "--json").json["withheld"] == 1
    assert run("verify", "-r", register).status == 0
