"""The JSON that other programs rely on: one document on stdout, with the fields of the design."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import ROOT, Run

FEATURES = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"no": "A-1"},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[5, 5], [5.01, 5], [5.01, 5.01], [5, 5.01], [5, 5]]],
            },
        },
        {"type": "Feature", "properties": {"no": "A-2"}, "geometry": None},
        {
            "type": "Feature",
            "properties": {"no": "A-3"},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[6, 5], [6.01, 5.01], [6.01, 5], [6, 5.01], [6, 5]]],
            },
        },
    ],
}


@pytest.fixture
def layer(tmp_path: Path) -> Path:
    """A layer of three rows: a good one, one without geometry, one that crosses itself."""
    path = tmp_path / "areas.geojson"
    path.write_text(json.dumps(FEATURES), encoding="utf-8")
    return path


@pytest.fixture
def filled(run: Run, register: Path, layer: Path) -> Path:
    """A register with that layer."""
    words = ("--kind", "hazardous_area", "--set", "hazard_kind=SHA", "--by", "T")
    assert run("import", layer, "-r", register, *words).status == 0
    return register


def test_import(run: Run, register: Path, layer: Path) -> None:
    """Every row is accounted for; a second import is all unchanged."""
    words = ("--kind", "hazardous_area", "--set", "hazard_kind=SHA", "--by", "T", "--json")
    first = run("import", layer, "-r", register, *words).json
    assert (first["read"], first["accepted"], first["quarantined"]) == (3, 2, 1)
    assert (first["added"], first["changed"], first["unchanged"], first["repaired"]) == (2, 0, 0, 1)
    assert first["by_code"]["geometry_missing"] == 1
    issue = next(i for i in first["issues"] if i["code"] == "geometry_missing")
    assert set(issue) == {"row", "id", "record_id", "code", "severity", "message", "detail"}
    assert issue["row"] == 2
    again = run("import", layer, "-r", register, *words).json
    assert (again["added"], again["unchanged"], again["quarantined"]) == (0, 2, 1)
    assert first["import_id"]
    assert again["import_id"] is None


def test_dry_run_writes_nothing(run: Run, register: Path, layer: Path) -> None:
    """A preview prints the mapping it would use, and the register stays as it was."""
    before = register.read_bytes()
    words = ("--kind", "hazardous_area", "--set", "hazard_kind=SHA", "--dry-run", "--json")
    shown = run("import", layer, "-r", register, *words).json
    assert shown["added"] == 2
    assert "kind: hazardous_area" in shown["mapping_yaml"]
    assert register.read_bytes() == before


def test_areas_show_history_and_near(run: Run, filled: Path) -> None:
    """Areas in m² on the ellipsoid; one record, its versions, and what stands near a point."""
    found = run("areas", "-r", filled, "--json").json
    assert {"as_of", "known_at", "count", "areas"} <= set(found)
    fields = "record_id local_id hazard_kind status stated_area_m2 area_m2 remaining_m2 district"
    assert set(fields.split()) <= set(found["areas"][0])
    largest = max(found["areas"], key=lambda area: area["area_m2"])
    assert largest["area_m2"] == pytest.approx(1_225_000, rel=0.01)
    record_id = largest["record_id"]
    assert run("show", record_id, "-r", filled, "--json").json["kind"] == "hazardous_area"
    entries = run("history", record_id, "-r", filled, "--json").json["entries"]
    assert [e["action"] for e in entries] == ["hazardous_area.reported"]
    near = run("near", 5.005, 5.005, "-r", filled, "--json").json
    assert [f["record_id"] for f in near["found"]] == [record_id]
    assert "not evidence" in near["statement"]
    assert run("near", -5, 5, "-r", filled, "--json").json["found"] == []


def test_near_says_in_words_what_it_cannot_show(run: Run, filled: Path) -> None:
    """Rows that wait can be near anything: whoever finds nothing is told so, as by the JSON."""
    [reason] = run("near", -5, 5, "-r", filled, "--json").json["not_shown"]
    told = run("near", -5, 5, "-r", filled).out
    assert "No record within 500 m" in told
    assert f"not shown {reason['count']}: {reason['text']}" in " ".join(told.split())


def test_balance_and_verify(run: Run, filled: Path) -> None:
    """The account closes, and the register proves itself; a head is found in it."""
    account = run("balance", "-r", filled, "--json").json
    terms = "reported resurvey cancelled reduced cleared remaining difference overlap"
    assert {f"{term}_m2" for term in terms.split()} <= set(account)
    assert {"as_of", "known_at", "scope", "stated", "undated", "quarantined"} <= set(account)
    assert (account["quarantined"], set(account["stated"])) == (1, {"areas", "m2"})
    assert abs(account["difference_m2"]) < 0.5
    found = run("verify", "-r", filled, "--json").json
    assert (found["ok"], found["problems"], found["outside_edits"]) == (True, [], 0)
    head = found["heads"][0]
    assert set(head) == {"replica", "seq", "hash"}
    assert run("verify", "-r", filled, "--head", head["hash"], "--json").json["ok"]
    assert run("verify", "-r", filled, "--head", "0" * 64).status == 1


def test_a_changed_byte_is_found(run: Run, filled: Path) -> None:
    """One byte changed in a ledger row breaks the proof, and exit status is 1."""
    raw = bytearray(filled.read_bytes())
    at = raw.find(b'"hazard_kind":"SHA"')
    assert at > 0
    raw[at + 15] = ord("C")
    filled.write_bytes(raw)
    ran = run("verify", "-r", filled, "--json")
    assert ran.status == 1
    assert ran.json["problems"]


def test_void_an_import(run: Run, filled: Path) -> None:
    """Undoing an import takes its records out of the state, and the ledger keeps them."""
    import_id = run("quarantine", "-r", filled, "--json").json["rows"][0]["import_id"]
    done = run(
        "void", "--import", import_id, "--why", "wrong file", "-r", filled, "--by", "T", "--json"
    )
    assert len(done.json["voided"]) == 2
    assert run("areas", "-r", filled, "--json").json["count"] == 0
    assert run("verify", "-r", filled).status == 0


def test_record(run: Run, register: Path) -> None:
    """Entries made elsewhere are appended, all or none, from a file or stdin."""
    entries = {
        "entries": [
            {
                "kind": "hazardous_area",
                "occurred_on": "2020",
                "source": {"title": "Letter", "quote": "200 m² near the school"},
                "body": {
                    "local_id": "L-1",
                    "hazard_kind": "SHA",
                    "stated_area_m2": 200,
                    "place": "x",
                },
            }
        ]
    }
    done = run("record", "-", "-r", register, "--by", "T", "--json", stdin=json.dumps(entries)).json
    assert set(done["recorded"][0]) == {"entry_id", "record_id"}
    assert done["unchanged"] == 0
    account = run("balance", "-r", register, "--json").json
    assert account["stated"] == {"areas": 1, "m2": 200}
    assert account["remaining_m2"] == 0
    alone = [{"kind": "hazardous_area", "body": {"local_id": "L-1", "name": "North"}}]
    told = run("record", "-", "-r", register, "--by", "T", stdin=json.dumps(alone))
    assert told.out == "1 recorded, 0 already known\n"


def test_the_help_of_record_shows_entries_that_can_be_recorded(run: Run, register: Path) -> None:
    """Its example is taken as it stands, and a file of another shape is told the shape."""
    shown = run("record", "--help").out
    example = json.loads(shown[shown.index('{"entries"') : shown.index("}]}") + 3])
    assert example["entries"][0]["body"]["injured"] == 1
    told = run("record", "-", "-r", register, "--by", "T", stdin=json.dumps(example))
    assert told.out == "1 recorded, 0 already known\n"
    wrong = run("record", "-", "-r", register, "--by", "T", stdin="{}")
    assert wrong.status == 1
    assert '{"entries": [{"kind"' in wrong.err


def test_an_inquiry_that_is_opened_is_told(run: Run, register: Path) -> None:
    """By which areas are in doubt: an accident on land that was cleared."""
    ring = [[10, 10], [10.01, 10], [10.01, 10.01], [10, 10.01], [10, 10]]
    ground = {"geometry": {"type": "Polygon", "coordinates": [ring]}}
    work = {"local_id": "C-1", "activity_type": "clearance", "status": "completed", "area": "A-1"}
    cleared = {"local_id": "P-1", "area": "A-1", "activity": "C-1", "method": "cleared"}
    depth = {"depth_m": 0.2, "depth_datum": "ground_surface"}
    hurt = {"local_id": "X-1", "injured": 1}
    hurt["geometry"] = {"type": "Point", "coordinates": [10.005, 10.005]}
    said = [
        ("hazardous_area", "2019", {"local_id": "A-1", "hazard_kind": "SHA", **ground}),
        ("activity", "2020", {**work, **ground}),
        ("land_release_product", "2020", {**cleared, **depth, **ground}),
        ("accident", "2021", hurt),
    ]
    entries = [{"kind": kind, "occurred_on": on, "body": body} for kind, on, body in said]
    told = run("record", "-", "-r", register, "--by", "T", stdin=json.dumps(entries))
    assert "opened 1 inquiry: areas A-1" in told.out


def test_conflicts_show_grave_ones_first_and_not_one_code_alone(run: Run, register: Path) -> None:
    """Counts of each code, some of each, how many more, and all of one code on demand."""
    from landrelease.cli import review

    many = [
        {"code": "moved_far", "message": f"far {n}", "records": ["r"], "local_ids": [None]}
        for n in range(300)
    ]
    grave = {
        "code": "ended_with_land",
        "message": "land was left",
        "records": ["r"],
        "local_ids": [None],
    }
    counts = {"ended_with_land": 1, "moved_far": 300}
    result = {"conflicts": [*many, grave], "by_code": counts, "count": 301}
    with review.out.capture() as shown:
        review._conflicts({**result, "contested_m2": 0.0, "undated": [], "unlinked": []})
    told = shown.get()
    assert told.index("land was left") < told.index("far 0")
    assert "far 10" not in told
    assert "… and 290 more: --code moved_far" in told


def test_export_is_public_by_default(run: Run, filled: Path, tmp_path: Path) -> None:
    """Without an audience the public one; a format of one kind asks which."""
    done = run("export", tmp_path / "out.gpkg", "-r", filled, "--json").json
    assert done["audience"] == "public"
    assert {layer["kind"] for layer in done["layers"]} >= {"hazardous_area"}
    assert "error[kind_needed]" in run("export", tmp_path / "out.csv", "-r", filled).err


def test_outlook_keeps_its_two_figures_and_its_sentence(run: Run, tmp_path: Path) -> None:
    """At the treaty's limits 100 of 1,000 need clearance, and at most one works on day 120."""
    scenario = {
        "cohorts": [
            {
                "name": "treaty limit",
                "quantity": 1000,
                "never_armed_probability": 0,
                "self_destruct": {
                    "distribution": "uniform",
                    "from_h": 0,
                    "to_h": 720,
                    "failure_probability": 0.1,
                },
                "self_deactivation": {"distribution": "weibull", "shape": 3, "scale_days": 63},
            }
        ],
        "times_days": [0, 30, 120],
        "level": 0.9,
    }
    path = tmp_path / "s.json"
    path.write_text(json.dumps(scenario), encoding="utf-8")
    found = run("outlook", path, "--json").json
    last = found["times"][-1]
    assert last["needs_clearance"]["mean"] == pytest.approx(100)
    assert last["can_function"]["mean"] <= 1
    assert sum(last["states"].values()) == pytest.approx(1000)
    assert found["releases_land"] is False


def test_extract_reads_stdin(run: Run) -> None:
    """Offsets of a text on stdin are those of the text as given."""
    text = "The state joined the treaty.\nUkraine has ratified the Mine Ban Treaty.\n"
    found = run("extract", "-", "--published", "2024-01-01", "--json", stdin=text).json
    assert {"document", "dropped", "proposals"} <= set(found)
    for proposal in found["proposals"]:
        assert text[proposal["start"] : proposal["end"]] == proposal["quote"]
        assert {"category", "fields", "rule", "confidence", "checks"} <= set(proposal)


def test_search_finds_by_local_id_and_words(run: Run, filled: Path) -> None:
    """A record is found by its words; what no record holds is said."""
    assert run("search", "suspect", "-r", filled, "--json").json["count"] == 0
    assert (
        run("search", "SHA", "--kind", "hazardous_area", "-r", filled, "--json").json["count"] == 2
    )
    assert "No record" in run("search", "nothing", "-r", filled).out


def test_words_are_found_without_their_accents(run: Run, register: Path) -> None:
    """Capitals and accents make no difference, and the name of an area is among its words."""
    body = {"hazard_kind": "SHA", "stated_area_m2": 5, "name": "Čapljina-Đak", "place": "x"}
    area = json.dumps([{"kind": "hazardous_area", "body": body}])
    assert run("record", "-", "-r", register, "--by", "T", stdin=area).status == 0
    for words in ("čapljina", "CAPLJINA", "capljina-dak"):
        assert run("search", words, "-r", register, "--json").json["count"] == 1
        found = run("areas", "--search", words, "-r", register, "--json").json
        assert found["count"] == 1
    assert run("areas", "--search", "mostar", "-r", register, "--json").json["count"] == 0


def test_a_search_says_that_there_is_more(run: Run, register: Path) -> None:
    """After the first 200 records the rest is told, not left out in silence."""
    one = '{"kind": "indication", "body": {"note": "by the old mill"}}'
    text = "[" + ",".join([one] * 201) + "]"
    assert run("record", "-", "-r", register, "--by", "T", stdin=text).status == 0
    found = run("search", "old mill", "-r", register, "--json").json
    assert (found["count"], found["more"]) == (200, True)
    assert "there are more" in run("search", "old mill", "-r", register).out


def test_treaty(run: Run) -> None:
    """A state's standing on a date, with its events and sources."""
    found = run("treaty", "Ukraine", "--on", "2004", "--json").json
    standing = {t["treaty"]: t["status"] for t in found["treaties"]}
    assert standing["MBT"] == "signatory"
    assert run("treaty", "UKR", "--on", "2010", "--json").json["treaties"][0]["status"] == "party"


def test_json_is_all_that_stands_on_stdout(run: Run, filled: Path) -> None:
    """Every reading command prints one JSON document and nothing beside it."""
    for command in (
        "areas",
        "balance",
        "verify",
        "inbox",
        "quarantine",
        "conflicts",
        "claims",
        "totals",
        "forecast",
    ):
        ran = run(command, "-r", filled, "--json")
        assert ran.status == 0, (command, ran.err)
        json.loads(ran.out)


def test_the_readme_names_no_unknown_command(run: Run) -> None:
    """Every command that the README shows exists."""
    known = run("--help").out
    for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("$ landrelease "):
            assert f" {line.split()[2]} " in known


def test_flags_are_told_in_words(run: Run, register: Path, tmp_path: Path) -> None:
    """A remark stands in the inbox, on the record and in the explanation, as a sentence."""
    article = tmp_path / "a.txt"
    article.write_text("Ukraine has signed the Mine Ban Treaty.\n", encoding="utf-8")
    words = "the register knows party since 2005-12-27"
    assert run("ingest", article, "-r", register, "--by", "T").status == 0
    assert words in " ".join(run("inbox", "-r", register).out.split())
    proposal = run("inbox", "-r", register, "--json").json["proposals"][0]
    assert words in " ".join(run("show", proposal["id"], "-r", register).out.split())
    explained = run("extract", article, "--explain").out
    assert words in explained
    assert "⟦1 " in explained


def test_ingest_of_a_folder(run: Run, register: Path, tmp_path: Path) -> None:
    """Plain progress goes to stderr, one JSON document to stdout, the licence to the source."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number:02d}.txt").write_text(f"Mine {number} was found.\n", encoding="utf-8")
    words = ("-r", register, "--by", "T", "--licence", "By letter of 3 May", "--json")
    done = run("ingest", folder, *words)
    assert (done.status, done.json["summary"]["added"]) == (0, 60)
    assert "reading documents: 50 of 60 done" in done.err
    fields = "source_id sha256 status proposals"
    assert set(fields.split()) <= set(done.json["documents"][0])
    source = done.json["documents"][0]["source_id"]
    assert "By letter of 3 May" in run("show", source, "-r", register).out
    told = run("ingest", folder, "-r", register, "--by", "T")
    assert "60 documents: 0 new, 0 new versions, 60 unchanged, 0 refused" in told.out


def test_ingest_of_nothing_that_can_be_read(run: Run, register: Path, tmp_path: Path) -> None:
    """Where every document is refused the status is 1, and each has its reason."""
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(b"\x00\x01\x02")
    done = run("ingest", tmp_path / "a.txt", tmp_path / "b.txt", "-r", register, "--by", "T")
    assert done.status == 1
    assert done.out.count("file_binary") == 2


def test_erase(run: Run, filled: Path) -> None:
    """A name alone is erased with exit 0; without a name or a record it is a usage error."""
    words = (
        "--kind",
        "hazardous_area",
        "--set",
        "hazard_kind=SHA",
        "--set",
        "note=Ivo Beg says so",
    )
    layer = filled.parent / "more.geojson"
    layer.write_text(json.dumps(FEATURES).replace('"A-', '"B-'), encoding="utf-8")
    assert run("import", layer, "-r", filled, *words, "--by", "T").status == 0
    act = ("erase", "-r", filled, "--why", "he asked", "--by", "T", "--json")
    told = run(*act, "--name", "Ivo Beg")
    assert (told.status, told.json["complete"], told.json["identity"]) == (0, True, None)
    assert b"Ivo Beg" not in filled.read_bytes()
    assert run("verify", "-r", filled, "--json").json["ok"]
    assert run(*act).status == 2
