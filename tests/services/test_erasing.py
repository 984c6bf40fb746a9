"""A person who asks to be erased, through the ways by which a name came in."""

from __future__ import annotations

import pytest

from landrelease.errors import NotFoundError
from landrelease.register import open_register
from landrelease.register.connection import connect
from landrelease.services import (
    attachments,
    documents,
    ingesting,
    judging,
    keeping,
    layers,
    records,
    review,
)
from tests.services.test_mending import register, square, take, write_layer

__all__ = ["register"]

NAME = "Somphone Keovongsa"
LETTER = f"""Two people were killed when a cluster munition exploded in Phonsavan on 2 May 2024.

«We will clear 12 square kilometres of land this year,» said {NAME}, director of the office.
{NAME} said that the United States transferred cluster munitions to Ukraine in July 2023.
"""


def holding(path, folder):
    """Files of the register that hold the name in their bytes."""
    own = [file for file in folder.iterdir() if file.name.startswith(path.stem)]
    return [file.name for file in own if NAME.encode() in file.read_bytes()]


def erase(path):
    """Erase the name; all of it must succeed."""
    result = review.erase(path, None, why="the speaker asked", by="Tester", names=[NAME])
    assert result["complete"], result["standing"]
    assert keeping.verify(path)["ok"]


def test_a_speaker_goes_from_proposals_statements_and_the_document(register, tmp_path):
    """Judged or waiting, every proposal keeps its place in the text, without the name."""
    letter = tmp_path / "letter.txt"
    letter.write_text(LETTER, encoding="utf-8")
    ingesting.ingest(register, [str(letter)], by="Tester")
    said = [p for p in documents.inbox(register)["proposals"] if p["category"] == "statement"]
    assert len(said) == 2
    judging.judge(register, said[0]["id"], "accept", why=f"{NAME} confirmed it", by="Tester")
    assert holding(register, tmp_path) == [register.name]
    erase(register)
    assert holding(register, tmp_path) == []
    block = "█" * len(NAME)
    with open_register(register) as opened:
        [statement] = opened.records("statement")
        assert statement.body["fields"]["speaker"] == block
        proposals = [p.body for p in opened.records("proposal")]
        [source] = opened.records("source")
        text = opened.document(source.record_id)[1]
    assert text == LETTER.replace(NAME, block)
    assert all(text[p["quote_start"] : p["quote_end"]] == p["quote"] for p in proposals)
    summary = ingesting.ingest(register, [str(letter)], by="Tester")["summary"]
    assert (summary["unchanged"], summary["added"]) == (1, 0)


def test_a_name_in_a_layer_goes_and_the_layer_is_still_known(register, tmp_path):
    """Columns without a field, notes and fills of an import are words; other rows stay unchanged."""
    rows = [
        square(local_id="A", owner=NAME, note=f"{NAME} lives here"),
        square(17.2, local_id="B", owner="nobody"),
    ]
    layer = write_layer(tmp_path, *rows, name="fields.geojson")
    how = {"kind": "hazardous_area", "set_fields": {"hazard_kind": "SHA", "land_use": NAME}}
    take(register, layer, **how)
    assert take(register, layer, **how)["unchanged"] == 2
    erase(register)
    assert holding(register, tmp_path) == []
    assert records.search(register, "Keovongsa")["records"] == []
    assert records.show(register, "A")["body"]["attributes"]["owner"] == "█" * len(NAME)
    how["set_fields"]["land_use"] = "█" * len(NAME)
    again = take(register, write_layer(tmp_path, *rows[1:], name="fields.geojson"), **how)
    assert (again["unchanged"], again["changed"]) == (1, 0)


@pytest.mark.parametrize("kind", ["accident", "hazardous_area"])
def test_a_row_that_waits_is_erased_too(register, tmp_path, kind):
    """What could not be taken in is blanked where it waits."""
    layer = write_layer(tmp_path, (None, {"local_id": "A", "owner": NAME}))
    fields = {"hazard_kind": "SHA"} if kind == "hazardous_area" else {}
    assert take(register, layer, kind=kind, set_fields=fields)["quarantined"] == 1
    erase(register)
    assert holding(register, tmp_path) == []
    with open_register(register) as opened:
        [row] = opened.quarantine()
    assert row.raw["owner"] == "█" * len(NAME)


def attached(register, tmp_path):
    """A note and a photo attached to an area; their SHA-256 and the area."""
    how = {"kind": "hazardous_area", "set_fields": {"hazard_kind": "SHA"}}
    take(register, write_layer(tmp_path, square(local_id="A")), **how)
    files = [tmp_path / "note.txt", tmp_path / f"{NAME} photo.jpg"]
    files[0].write_text("Keovongsa,\n Somphone led the team.", encoding="utf-8")
    files[1].write_bytes(b"\xff\xd8\xff\x00" + bytes(range(256)))
    found = attachments.attach(register, "A", files, by="Tester")["attached"]
    return [one["sha256"] for one in found]


def test_an_attached_file_that_names_the_person_goes_and_a_photo_is_told(register, tmp_path):
    """Its bytes go, the ledger says so, and `verify` is ok; what cannot be read is told."""
    note, photo = attached(register, tmp_path)
    result = review.erase(register, None, why="asked", by="Tester", names=[NAME])
    assert result["complete"]
    assert (result["attachments_erased"], result["attachments_unsearched"]) == ([note], [photo])
    assert keeping.verify(register)["ok"]
    assert keeping.rebuild(register) is not None
    given = attachments.give_out(register, tmp_path / "out", "internal")
    assert [file["sha256"] for file in given["files"]] == [photo]
    assert given["withheld"] == 1
    assert {
        one["file_name"] for one in attachments.listing(register, "internal")["attachments"]
    } == {
        "note.txt",
        f"{'█' * len(NAME)} photo.jpg",
    }


def test_an_attached_file_that_was_erased_stays_away_after_a_merge(register, tmp_path):
    """Whichever register erased it: the file goes from the other, and does not come back."""
    note, photo = attached(register, tmp_path)
    copy = tmp_path / "copy.gpkg"
    keeping.backup(register, copy)
    review.erase(copy, None, why="asked", by="Tester", names=[NAME])
    for path, other in ((register, copy), (copy, register)):
        review.merge(path, other, by="Tester")
        assert keeping.verify(path)["ok"]
        with open_register(path) as opened:
            assert opened.attachment(photo)
            with pytest.raises(NotFoundError):
                opened.attachment(note)


def ingested(register, tmp_path):
    """A letter that was taken in; its source id."""
    letter = tmp_path / "letter.txt"
    letter.write_text(LETTER, encoding="utf-8")
    [document] = ingesting.ingest(register, [str(letter)], by="Tester")["documents"]
    return document["source_id"]


@pytest.mark.parametrize("column", ["text", "raw"])
def test_a_changed_document_is_found(register, tmp_path, column):
    """The text and the bytes of a source are those that were read, or what an erasing left."""
    ingested(register, tmp_path)
    assert keeping.verify(register)["ok"]
    raw = connect(register)
    raw.execute(f"UPDATE document SET {column} = replace({column}, 'Two', 'Six')")
    raw.close()
    assert [p["code"] for p in keeping.verify(register)["problems"]] == ["document_altered"]


def test_a_text_put_back_after_it_was_erased_is_found(register, tmp_path):
    """What the erasing left is proved, too."""
    source_id = ingested(register, tmp_path)
    erase(register)
    raw = connect(register)
    raw.execute("UPDATE document SET text = ? WHERE source_id = ?", (LETTER, source_id))
    raw.close()
    assert [p["code"] for p in keeping.verify(register)["problems"]] == ["document_not_erased"]


def test_texts_of_documents_erased_apart_are_united(register, tmp_path):
    """Two copies erase two names of one letter: after merging both are gone from both."""
    source_id = ingested(register, tmp_path)
    copy = tmp_path / "copy.gpkg"
    keeping.backup(register, copy)
    erase(register)
    review.erase(copy, None, why="asked", by="Tester", names=["the mill", "Phonsavan"])
    for path, other in ((register, copy), (copy, register), (register, copy)):
        review.merge(path, other, by="Tester")
        assert keeping.verify(path)["problems"] == []
        with open_register(path) as opened:
            text = opened.document(source_id)[1]
        assert text == LETTER.replace(NAME, "█" * len(NAME)).replace("Phonsavan", "█" * 9)


def test_the_same_file_again_changes_nothing_of_a_person_who_was_erased(tmp_path):
    """The file still names them; the register takes no name, and tells of no change."""
    path, file, mapping = tmp_path / "r.gpkg", tmp_path / "victims.csv", tmp_path / "m.yaml"
    keeping.init(path, country=None, name="Test", by="Tester")
    file.write_text("local_id,name,district\nV-1,Ivan Horvat,Jajce\nV-2,Ana Maric,Jajce\n", "utf-8")
    fields = "fields: {district: district, note: name}\n"
    mapping.write_text(f"kind: victim\nidentity: {{local_id: local_id}}\n{fields}", "utf-8")
    call = layers.ImportCall(file, mapping=mapping)
    layers.take_in(path, call, by="Tester")
    review.erase(path, "V-1", why="asked for", by="Tester", names=["Ivan Horvat"])
    done = layers.take_in(path, call, by="Tester")
    assert (done["added"], done["changed"], done["unchanged"]) == (0, 0, 2)
    file.write_text(file.read_text("utf-8").replace("Horvat,Jajce", "Horvat,Foca"), "utf-8")
    done = layers.take_in(path, call, by="Tester")
    assert (done["changed"], done["unchanged"]) == (1, 1)
    with open_register(path) as register:
        assert register.record("V-1").body["district"] == "Foca"
    for held in tmp_path.glob("r.*"):
        assert b"Horvat" not in held.read_bytes()
