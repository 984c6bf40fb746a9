"""National lists stand in the register: a colleague reads it by them without the folder."""

from __future__ import annotations

import shutil

import openpyxl
import pytest

from landrelease.domain.kinds import codes, kind_spec, kinds
from landrelease.domain.national import additions, readable
from landrelease.errors import FieldError, InputError, NotFoundError
from landrelease.register import open_register
from landrelease.services import exporting, keeping, land, records, review, vocabulary
from landrelease.terms import lay

from .test_review import SQUARE, entry, record

KINDS = """
source: National standard 7
edition: "2025"
kinds:
  hazardous_area:
    label: Field
    fields:
      soil: {type: code, codes: soil}
  well:
    {label: Well, plural: Wells, prefix: WE, geometry: point, needs_place: [], audience: public,
     fields: {depth_m: {type: number, unit: m}, owner: {type: text, audience: internal}}}
"""
CODES = """
soil: {source: Survey of soils, edition: "2024", codes: {karst: {label: Karst}}}
ordnance_category: {source: National standard 7, edition: "2025", codes: {rocket: {label: Rocket}}}
"""
POINT = {"type": "Point", "coordinates": [10.005, 10.005]}


@pytest.fixture(autouse=True)
def _shipped_after():
    """No list of these registers is left for other tests."""
    yield
    lay({})


@pytest.fixture
def folder(tmp_path):
    """A folder of national lists."""
    made = tmp_path / "terms"
    made.mkdir()
    (made / "kinds.yaml").write_text(KINDS)
    (made / "codes.yaml").write_text(CODES)
    return made


@pytest.fixture
def register(tmp_path, folder):
    """A register that adopted them and holds a well; the folder is gone."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Ana")
    vocabulary.adopt(path, folder, by="Ana", why="standard 7")
    area = {"local_id": "A-1", "hazard_kind": "SHA", "soil": "karst", "geometry": SQUARE}
    well = {"local_id": "W-1", "depth_m": 12, "owner": "somebody", "geometry": POINT}
    record(path, entry("hazardous_area", area), entry("well", well))
    shutil.rmtree(folder)
    lay({})
    return path


def test_a_colleague_reads_shows_layers_and_exports_by_them(register, tmp_path) -> None:
    """Without the folder: the record, its layer, the map near it, and a file by audience."""
    with pytest.raises(NotFoundError):
        kind_spec("well")
    assert records.show(register, "W-1")["label"] == "Well"
    assert records.show(register, "A-1")["body"]["soil"] == "karst"
    assert "well" in {one["kind"] for one in land.near(register, 10.005, 10.005)["found"]}
    with open_register(register) as opened:
        assert [row[2]["depth_m"] for row in opened.layer("well")] == [12.0]
        assert opened.verify().ok
    exporting.export(register, tmp_path / "w.xlsx", kind="well", as_of=None, audience="public")
    sheet = openpyxl.load_workbook(tmp_path / "w.xlsx").worksheets[0]
    head = [cell.value for cell in sheet[1]]
    assert "depth_m" in head
    assert "owner" not in head


def test_lists_stand_in_the_ledger_with_source_and_edition(register) -> None:
    """Who adopted what, from where, why; as entries that `verify` proves."""
    told = {one["name"]: one for one in vocabulary.listing(register)["lists"]}
    assert (told["soil"]["source"], told["soil"]["edition"]) == ("Survey of soils", "2024")
    assert (told["well"]["what"], told["well"]["source"]) == ("kind", "National standard 7")
    assert told["hazardous_area"]["adds"] == ["soil"]
    assert told["ordnance_category"]["adds"] == ["rocket"]
    with open_register(register) as opened:
        made = list(opened.entries(kind="vocabulary"))
    assert {(e.author, e.reason) for e in made} == {("Ana", "standard 7")}


def test_adopting_again_adds_and_takes_nothing_away(register, tmp_path) -> None:
    """The same again writes nothing; a smaller file leaves what is in use."""
    more = tmp_path / "more"
    more.mkdir()
    (more / "codes.yaml").write_text("soil: {codes: {loess: {label: Loess}}}")
    with pytest.raises(FieldError, match="source"):
        vocabulary.adopt(register, more, by="Ben")
    done = vocabulary.adopt(register, more, by="Ben", source="Letter", edition="2026")
    assert [one["name"] for one in done["adopted"]] == ["codes"]
    again = vocabulary.adopt(register, more, by="Ben", source="Letter", edition="2026")
    assert (again["adopted"], again["unchanged"]) == ([], 1)
    assert list(codes("soil")) == ["karst", "loess"]
    with open_register(register) as opened:
        assert len(list(opened.entries(kind="vocabulary"))) == 3
        assert opened.verify().ok


def test_what_is_shipped_stays_as_it_is(folder) -> None:
    """A list from elsewhere opens no field to everyone, and renames nothing."""
    kinds_ = {
        "victim": {"audience": "public", "personal": False, "fields": {"note": {"type": "text", "audience": "public"}}},
        "accident": {"fields": {"weather": {"type": "text"}}},
    }  # fmt: skip
    found = additions(kinds_, {"severity": {"codes": {"minor": {"label": "Nothing"}}}})
    assert list(found.kinds) == ["accident"]
    assert found.codes == {}
    assert set(found.left) == {
        *("kinds.victim.audience", "kinds.victim.personal", "kinds.victim.fields.note"),
        "codes.severity.minor",
    }
    lay(found.overlay())
    assert kind_spec("victim").personal
    assert kind_spec("victim").fields["note"].audience == "internal"
    assert kind_spec("accident").fields["weather"].audience == "partner"


@pytest.mark.parametrize(
    "kind",
    [
        {'x"; DROP TABLE entry; --': {}},
        {"gpkg_contents": {}},
        {"well": {"label": "Well"}},
        {"well": {"label": "W", "plural": "W", "prefix": "W", "geometry": "blob", "needs_place": [], "audience": "public", "fields": {}}},
        {"accident": {"fields": {"depth": {"type": "fuzzy"}}}},
        {"accident": {"fields": {"soil": {"type": "code", "codes": "nothing"}}}},
        {"accident": {"fields": {"soil": {"typ": "text"}}}},
        {"accident": []},
    ],
)  # fmt: skip
def test_what_cannot_be_a_kind_is_refused_and_never_stops_a_register(kind) -> None:
    """It is named when a person adopts it; if a file brings it all the same, it adds nothing."""
    assert additions(kind, {}).wrong
    assert not readable({"kinds": kind, "codes": None}).kinds
    assert readable({"kinds": 7, "codes": {"soil": 3}}).overlay() == {}


def test_a_table_of_the_register_is_no_kind(tmp_path, folder) -> None:
    """A layer must never take the place of the ledger."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Ana")
    (folder / "kinds.yaml").write_text(KINDS.replace("  well:", "  entry:"))
    with pytest.raises(FieldError, match="a table of every register"):
        vocabulary.adopt(path, folder, by="Ana")
    shutil.rmtree(folder)
    folder.mkdir()
    with pytest.raises(InputError, match="neither"):
        vocabulary.adopt(path, folder, by="Ana")


def test_registers_keep_their_lists_apart(register, tmp_path) -> None:
    """Another register opened meanwhile has its own; afterwards the first goes on with its."""
    other = tmp_path / "other.gpkg"
    keeping.init(other, country=None, name="Other", by="Ana")
    with open_register(register) as first:
        assert "well" in kinds()
        with open_register(other) as second:
            assert "well" not in kinds()
            assert "well" not in second.tables_taken()
        assert "well" in kinds()
        assert list(first.layer("well"))


def test_a_copy_that_did_not_know_them_gets_them_by_merging(tmp_path, folder) -> None:
    """The lists are entries: they go where entries go."""
    path, copy = tmp_path / "r.gpkg", tmp_path / "copy.gpkg"
    keeping.init(path, country=None, name="Test", by="Ana")
    keeping.backup(path, copy)
    vocabulary.adopt(path, folder, by="Ana")
    record(path, entry("well", {"local_id": "W-1", "depth_m": 3, "geometry": POINT}))
    review.merge(copy, path, by="Ben")
    assert records.show(copy, "W-1")["label"] == "Well"
    with open_register(copy) as opened:
        assert len(list(opened.layer("well"))) == 1
        assert opened.verify().ok


@pytest.mark.parametrize("form", ["Ivan Horvat", "Horvat, Ivan", "ivan-horvat"])
def test_words_of_an_adopted_list_and_of_its_records_are_erased(register, tmp_path, form) -> None:
    """Who wrote the list, a label in it and an owner go; the list and its layer are read on."""
    more = tmp_path / "more"
    more.mkdir()
    rocky = f"soil: {{codes: {{rock: {{label: Rock of {form}, help: 'as {form} says'}}}}}}"
    (more / "codes.yaml").write_text(rocky)
    said = {"source": f"Letter of {form}", "edition": "2026", "why": f"{form} wrote"}
    vocabulary.adopt(register, more, by="Ben", **said)
    record(register, entry("well", {"local_id": "W-2", "owner": form, "geometry": POINT}))
    assert form.encode() in register.read_bytes()
    lay({})
    result = review.erase(register, None, why="asked", by="Ana", names=["Ivan Horvat"])
    assert result["complete"], result["standing"]
    assert form.encode() not in register.read_bytes()
    lay({})
    assert keeping.verify(register)["problems"] == []
    told = {one["name"]: one for one in vocabulary.listing(register)["lists"]}
    assert told["soil"]["adds"] == ["karst", "rock"]
    assert records.show(register, "W-2")["body"]["owner"] == "█" * len(form)
    keeping.rebuild(register)
    assert keeping.verify(register)["ok"]
