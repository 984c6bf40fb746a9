"""What a person settles at the terminal: claims of files, and reports of what is known already."""

from __future__ import annotations

import json
from pathlib import Path

from .conftest import Run

RING = [[[5, 5], [5.01, 5], [5.01, 5.01], [5, 5.01], [5, 5]]]


def layer(path: Path, **said: object) -> Path:
    """A layer of one area."""
    shape = {"type": "Polygon", "coordinates": RING}
    row = {"type": "Feature", "properties": {"local_id": "A-1", **said}, "geometry": shape}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [row]}), encoding="utf-8")
    return path


def test_claims_are_listed_previewed_refused_and_dismissed(run: Run, register, tmp_path) -> None:
    """A refusal names its rule and ends with status 1; a preview needs no name and writes nothing."""
    words = ("-r", register, "--by", "T")
    kind = ("--kind", "hazardous_area")
    row = {"hazard_kind": "SHA", "status": "open"}
    assert run("import", layer(tmp_path / "a.geojson", **row), *words, *kind).status == 0
    closed = layer(tmp_path / "a.geojson", **row | {"status": "closed"})
    assert run("import", closed, *words, *kind).status == 0
    assert "closed" in run("claims", "-r", register).out
    told = run("claims", "accept", "A-1", "--why", "read", "--dry-run", "-r", register)
    assert told.status == 1
    assert "land_left" in told.out
    assert run("claims", "accept", "A-1", "--why", "read", "-r", register).status == 2
    done = run("claims", "dismiss", "A-1", "--why", "typing error", *words, "--json").json
    assert (done["dry_run"], done["settled"][0]["fields"]) == (False, ["status"])
    assert run("claims", "-r", register, "--json").json["count"] == 0
    assert run("claims", "A-1", "-r", register).status == 2


def test_a_later_report_becomes_a_further_source(run: Run, register, tmp_path) -> None:
    """The inbox shows the record, its source and both figures; the record then shows two sources."""
    words = ("-r", register, "--by", "T")
    text = "On 2 May 2024 {} killed by a mine in Xieng Khouang, Laos, an agency said.\n"
    for name, who in (("one.txt", "one person was"), ("two.txt", "two people were")):
        (tmp_path / name).write_text(text.format(who), encoding="utf-8")
        assert run("ingest", tmp_path / name, *words, "--published", "2024-05-04").status == 0
        waiting = run("inbox", "-r", register, "--json").json
        proposal = next(p["id"] for p in waiting["proposals"] if p["category"] == "event")
        if name == "one.txt":
            made = run("judge", proposal, "accept", *words, "--why", "read", "--json").json
    told = " ".join(run("inbox", "-r", register).out.split())
    assert "Perhaps known" in told
    assert "killed: register 1, proposal 2; --keep killed or --take killed" in told
    same = ("--same-as", made["record_id"], "--why", "same accident", *words)
    refused = run("judge", proposal, "accept", *same)
    assert (refused.status, "figures_differ" in refused.err) == (1, True)
    stands = ("--take", "killed", "--keep", "total")
    assert run("judge", proposal, "accept", *same, *stands).status == 0
    shown = run("show", made["record_id"], "-r", register).out
    assert shown.count("rests on: ") == 2
    assert "says otherwise: " in shown
