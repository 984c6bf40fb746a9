"""Erasing a person: what goes, what cannot go, and that the program says exactly which."""

from __future__ import annotations

import pytest

from landrelease.domain.entries import Draft
from landrelease.domain.kinds import check_body, kinds
from landrelease.errors import FieldError, RefusedError, UsageError
from landrelease.register import QuarantineRow, create_register, open_register
from landrelease.register.connection import connect
from landrelease.register.people import Identity, own_identity_id, people_path
from landrelease.services import recording, review

NAME = "Marija Petrović-Kovač"
OTHER_ID = "7d444840-9dc0-41d1-b245-5ffdce74fad2"


@pytest.fixture
def path(tmp_path):
    """A register."""
    path = tmp_path / "register.gpkg"
    create_register(path, name="Test", author="Ana").close()
    return path


def record(path, kind, body, **entry):
    """Record one entry by hand; return its record id."""
    written = recording.record(path, {"entries": [{"kind": kind, "body": body, **entry}]}, by="Ana")
    return written["recorded"][0]["record_id"]


def erase(path, record_id, **more):
    """Erase whom a record names."""
    return review.erase(path, record_id, why="asked for it", by="Ana", **more)


def holding(path, text=NAME):
    """Names of the files that hold a text."""
    files = (file for file in path.parent.iterdir() if file.is_file())
    return {file.name for file in files if text.encode() in file.read_bytes()}


def edit(path, note, overwrites="OFF"):
    """Another program writes a note, and may overwrite nothing that it deletes."""
    raw = connect(path)
    raw.execute(f"PRAGMA secure_delete={overwrites}")
    raw.execute("UPDATE victim SET note = ? WHERE local_id = 'V1'", (note,))
    raw.execute("UPDATE victim SET note = ? WHERE local_id = 'V1'", (f"{note} " * 300,))
    raw.execute("UPDATE victim SET note = ? WHERE local_id = 'V1'", (note,))
    raw.close()


def verified(path):
    """Whether the register is proved."""
    with open_register(path) as register:
        return register.verify().ok


def test_reason_of_a_record_about_a_person_is_kept_apart(path):
    """Why a victim was recorded may name the person: it stands in the second file and is erased."""
    victim = record(path, "victim", {"full_name": NAME}, reason=f"{NAME} asked to be counted")
    assert holding(path) == {people_path(path).name}
    assert erase(path, victim)["complete"]
    assert holding(path) == set()
    assert verified(path)


def test_identity_is_an_opaque_id_on_every_path(path):
    """A name written as `identity` is refused, and the error does not repeat it."""
    with pytest.raises(FieldError) as caught:
        record(path, "victim", {"identity": NAME})
    assert caught.value.code == "identity_not_opaque"
    assert NAME not in str(caught.value)


def test_an_earlier_identity_goes_too(path):
    """Erasing takes every identity that any version of the record named."""
    victim = record(path, "victim", {"local_id": "V1", "full_name": NAME})
    record(path, "victim", {"local_id": "V1", "identity": OTHER_ID, "attributes": None})
    assert holding(path)
    assert erase(path, victim)["complete"]
    assert holding(path) == set()
    record(path, "victim", {"local_id": "V1", "identity": own_identity_id(victim), "note": NAME})
    assert holding(path) == set()


def test_a_shared_identity_keeps_what_was_said_of_it(path):
    """A note on a record that names an identity of its own adds to it and replaces nothing."""
    with open_register(path, write=True) as register, register.write("Ana") as writer:
        identity = writer.put_identity({"full_name": NAME})
        body = check_body("victim", {"identity": identity, "note": "farmer"})
        writer.append([Draft("victim", "record.added", body)])
    with open_register(path) as register:
        assert register.identity(identity) == {"full_name": NAME, "note": "farmer"}


def test_a_voided_person_is_erased_and_stays_voided(path):
    """Voiding a record keeps its identity; erasing takes it and does not bring the record back."""
    victim = record(path, "victim", {"full_name": NAME})
    recording.void(path, record_id=victim, import_id=None, why="twice", by="Ana")
    assert erase(path, victim)["complete"]
    assert holding(path) == set()
    with open_register(path) as register:
        assert register.record(victim).voided


def test_waiting_rows_of_the_person_go(path):
    """Rows in quarantine with the person's id or all of the names are erased with the person."""
    victim = record(path, "victim", {"local_id": "V1", "full_name": NAME})
    rows = [
        QuarantineRow("i", "l", 1, "victim", "x", {"person": NAME}, (), local_id="V1"),
        QuarantineRow("i", "l", 2, "victim", "y", {"person": NAME, "born": "2001"}, ()),
        QuarantineRow("i", "l", 3, "victim", "z", {"person": "Another"}, ()),
        QuarantineRow("i", "l", 4, "accident", "a", {"remark": f"with {NAME}"}, ()),
    ]
    with open_register(path, write=True) as register, register.write("Ana") as writer:
        writer.quarantine(rows)
    assert erase(path, victim)["complete"]
    assert holding(path) == set()
    with open_register(path) as register:
        waiting = register.quarantine()
    assert [row.raw for row in waiting[2:]] == [
        {"person": "Another"},
        {"remark": f"with {'█' * len(NAME)}"},
    ]


def test_names_typed_in_another_program_go(path):
    """The log of outside edits is blanked, before and after its review."""
    victim = record(path, "victim", {"local_id": "V1", "full_name": NAME})
    edit(path, f"{NAME}, farmer")
    assert path.name in holding(path)
    assert erase(path, victim)["complete"]
    assert holding(path) == set()


def test_a_reviewed_edit_keeps_no_name(path):
    """An adopted edit of a person's row stands in the second file only."""
    record(path, "victim", {"local_id": "V1", "outcome": "injured"})
    edit(path, NAME, overwrites="ON")
    for number in (1, 2, 3):
        review.review_edit(path, number, "adopt", why="seen", by="Ana")
    assert holding(path) == {people_path(path).name}


def test_a_name_goes_from_every_word_of_the_register(path):
    """Notes, titles, quotes, reasons, columns of a source, proposals and imports: all are words."""
    record(
        path, "accident", {"local_id": "A1", "place": f"Mill of {NAME}", "note": f"{NAME} was hurt"},
        source={"title": f"Letter of {NAME}", "quote": f"«{NAME} stepped on it»"},
        reason=f"{NAME} wrote",
    )  # fmt: skip
    record(path, "hazardous_area", {"hazard_kind": "SHA", "owner": {NAME: [NAME]}, "place": "Hill"})
    record(path, "statement", {"fields": {"what": "mines", "by": NAME}, "also": [{"quote": NAME}]})
    with open_register(path, write=True) as register, register.write("Ana") as writer:
        writer.append(
            [
                Draft("import", "import.recorded", {"mapping": {"set": {"note": NAME}}}),
                Draft("proposal", "proposal.made", {"category": "event", "quote": NAME}),
            ]
        )
    victim = record(path, "victim", {"accident": "A1", "full_name": NAME})
    record(path, "victim", {"full_name": "Ivo", "note": f"hurt beside {NAME}"})
    assert holding(path) == {path.name, people_path(path).name}
    assert erase(path, victim) | {"entries": []} == {
        "identity": own_identity_id(victim), "entries": [], "complete": True, "standing": [],
        "alone": [], "attachments_erased": [], "attachments_unsearched": [],
    }  # fmt: skip
    assert holding(path) == set()
    with open_register(path) as register:
        assert register.record("A1").body["note"] == f"{'█' * len(NAME)} was hurt"
        before = [list(register.layer(kind)) for kind in kinds()]
        register.rebuild()
        assert [list(register.layer(kind)) for kind in kinds()] == before
    assert verified(path)


def test_a_name_that_stands_in_the_ledger_is_told_and_not_claimed(path, tmp_path):
    """A name in a field that stands for ever, or in an entry of an older version, is listed."""
    with open_register(path, write=True) as register, register.write("Ana") as writer:
        body = {"local_id": NAME, "district": NAME, "place": "Mill"}
        [accident] = writer.append([Draft("accident", "accident.recorded", body)])
    result = review.erase(path, None, why="asked for it", by="Ana", names=[NAME])
    assert not result["complete"]
    told = {(s["where"], s["field"], s["record_id"]) for s in result["standing"]}
    assert told == {("ledger", name, accident.record_id) for name in ("local_id", "district")}
    assert verified(path)


def test_a_namesake_keeps_the_own_name(path):
    """Another person of the same name is told, and stays who that is."""
    victim = record(path, "victim", {"local_id": "V1", "full_name": NAME})
    namesake = record(path, "victim", {"local_id": "V2", "full_name": NAME, "note": f"not {NAME}"})
    result = erase(path, victim)
    assert [(s["where"], s["id"]) for s in result["standing"]] == [
        ("people", own_identity_id(namesake))
    ]
    with open_register(path) as register:
        fields = register.identity(own_identity_id(namesake))
    assert fields == {"attributes": {"full_name": NAME}, "note": f"not {'█' * len(NAME)}"}


@pytest.mark.parametrize("decision", ["adopt", "undo"])
def test_a_reviewed_edit_of_other_kinds_is_erased(path, decision):
    """What another program typed stands among the words of the entry that reviewed it."""
    record(path, "accident", {"local_id": "A1", "place": "Mill"})
    raw = connect(path)
    raw.execute("UPDATE accident SET note = ?", (f"{NAME} was hurt",))
    raw.close()
    review.review_edit(path, 1, decision, why=f"{NAME} says so", by="Ana")
    assert review.erase(path, None, why="asked for it", by="Ana", names=[NAME])["complete"]
    assert holding(path) == set()
    assert verified(path)


def test_an_edit_that_waits_is_erased_and_waits_on(path):
    """The row as another program left it and its log are blanked alike, so `verify` stays ok."""
    record(path, "accident", {"local_id": "A1", "place": "Mill", "note": f"with {NAME}", "x": NAME})
    raw = connect(path)
    raw.execute("UPDATE accident SET place = ?, killed = 2", (f'{NAME}\'s\n{NAME} "field"',))
    raw.close()
    assert review.erase(path, None, why="asked for it", by="Ana", names=[NAME])["complete"]
    assert holding(path) == set()
    assert verified(path)
    review.review_edit(path, 1, "adopt", why="seen", by="Ana")
    block = "█" * len(NAME)
    with open_register(path) as register:
        body = register.record("A1").body
    assert (body["place"], body["note"]) == (f'{block}\'s\n{block} "field"', f"with {block}")
    assert verified(path)


def test_erasing_approves_nothing(tmp_path):
    """A product that waits for approval cannot be erased into force; its words alone can."""
    path = tmp_path / "flow.gpkg"
    create_register(path, name="Test", author="Ana", workflow=True).close()
    body = {"method": "cancelled", "stated_area_m2": 10.0, "note": NAME}
    with open_register(path, write=True) as register, register.write("Ana") as writer:
        [product] = writer.append([Draft("land_release_product", "land.released", body)])
    with pytest.raises(RefusedError) as caught:
        erase(path, product.record_id, names=[NAME])
    assert caught.value.code == "not_approved"
    assert erase(path, None, names=[NAME])["complete"]
    with open_register(path) as register:
        assert register.workflow_state(product.record_id) == "collected"


def test_erasing_asks_whom(path):
    """Neither a record nor a name, or a name of one letter, erases nothing."""
    with pytest.raises(UsageError):
        erase(path, None)
    with pytest.raises(FieldError):
        erase(path, None, names=["A"])


def test_the_reason_may_not_name_the_person(path):
    """The reason of erasing is written after the names went, so it may not hold one."""
    victim = record(path, "victim", {"full_name": NAME})
    with pytest.raises(FieldError) as caught:
        review.erase(path, victim, why=f"{NAME} asked", by="Ana")
    assert caught.value.code == "reason_names_person"
    assert holding(path) == {people_path(path).name}


def test_a_name_in_documents_is_blanked_for_a_record_without_identity(path):
    """An informant named in a document can be erased by the name, on the record that tells it."""
    statement = record(path, "statement", {"fields": {"what": "mines near the mill"}})
    with open_register(path, write=True) as register, register.write("Ana") as writer:
        text = f"{NAME} said there are mines."
        writer.store_document(statement, text.encode(), text, name="letter.txt")
    assert erase(path, statement, names=[NAME])["complete"]
    assert holding(path) == set()


def test_a_copy_beside_the_register_is_told(path):
    """A copy made before an upgrade still holds the name: it is a file of the register too."""
    victim = record(path, "victim", {"full_name": NAME})
    copy = path.with_name(f"{path.stem}.schema-2.backup.gpkg")
    copy.write_bytes(NAME.encode())
    result = erase(path, victim)
    assert [s["where"] for s in result["standing"]] == [copy.name]


def test_a_search_for_a_name_reads_each_table_once(path):
    """Whatever the number of its columns; each column that holds the name is told."""
    record(path, "accident", {"local_id": "AX-1", "place": "Mill", "note": "at Mill"})
    with open_register(path) as register:
        asked = []
        register._connection.set_trace_callback(asked.append)
        found = register.where_named(["Mill"])
        register._connection.set_trace_callback(None)
    told = {(one.where, one.field) for one in found}
    assert {("accident", "place"), ("accident", "note"), ("words", "text")} <= told
    assert sum('FROM "accident"' in query for query in asked) == 1


def test_verify_names_an_identity_that_was_not_erased(path):
    """After a crash between the two files the ledger says erased: `verify` asks for it again."""
    victim = record(path, "victim", {"full_name": NAME})
    with open_register(path) as register:
        fields = register.identity(own_identity_id(victim))
        people = register._people
        erase(path, victim)
        people.put({own_identity_id(victim): Identity.of(fields)}, people.file_id())
        people.take_in([own_identity_id(victim)])
        assert [p.code for p in register.verify().problems] == ["identity_not_erased"]
    assert erase(path, victim)["complete"]
    assert verified(path)


def test_a_name_in_a_lasting_field_is_refused_by_hand(path):
    """A local id or a district may not hold the name of a victim: it could never be erased."""
    accident = {"kind": "accident", "body": {"district": f"{NAME}'s", "place": "Mill"}}
    victim = {"kind": "victim", "body": {"full_name": NAME}}
    with pytest.raises(RefusedError) as caught:
        recording.record(path, {"entries": [accident, victim]}, by="Ana")
    assert caught.value.code == "name_in_text"
    assert NAME not in str(caught.value)
    assert holding(path) == set()
    record(path, "victim", {"full_name": NAME})
    with pytest.raises(RefusedError):
        record(path, "accident", {"local_id": NAME.upper(), "place": "Mill"})
    assert holding(path) == {people_path(path).name}
    record(path, "accident", {"place": "Mill", "note": f"{NAME} was hurt"})
    assert holding(path) == {path.name, people_path(path).name}


FORMS = [
    "Horvat, Ivan",
    "Ivan  Horvat",
    "Ivan\u00a0Horvat",
    "Ivan\nHorvat",
    "IVAN HORVAT",
    "ivan-horvat",
    "Ivan%20Horvat",
    "Ivan Horva\u0301t",
]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_name_goes(path, form):
    """Words, documents, their names, rows that wait and edits: `complete` is true of all forms."""
    note = record(
        path, "accident", {"local_id": "A1", "note": f"with {form}.", "owner": {form: form}},
        source={"title": f"Letter of {form}", "url": f"https://x.org/{form.replace(chr(10), ' ')}"},
    )  # fmt: skip
    with open_register(path, write=True) as register, register.write("Ana") as writer:
        writer.append([Draft("source", "document.ingested", {"title": n}, n) for n in ("s", "t")])
        writer.store_document("s", f"<p>{form}</p>".encode(), f"{form} said", name=f"{form}.txt")
        writer.store_document("t", f"<!-- {form} -->".encode(), "Mines.", name="t.html")
        writer.quarantine([QuarantineRow("i", "l", 1, "accident", "a", {"remark": form}, ())])
    edit_note = connect(path)
    edit_note.execute("UPDATE accident SET place = ?", (f"mill of {form}",))
    edit_note.close()
    assert review.erase(path, None, why="asked for it", by="Ana", names=["Ivan Horvat"])["complete"]
    assert holding(path, form) == set()
    assert verified(path)
    with open_register(path) as register:
        assert register.record(note).body["note"] == f"with {'█' * len(form)}."
        assert register.document("s") == (b"", f"{'█' * len(form)} said")
        assert register.document("t") == (b"", "Mines.")


@pytest.mark.parametrize("form", FORMS)
def test_a_form_that_cannot_go_is_told(path, form):
    """A local id and an author stay in the ledger: never `complete`, and the place is named."""
    with open_register(path, write=True) as register, register.write(form) as writer:
        writer.append([Draft("accident", "accident.recorded", {"local_id": form, "place": "Mill"})])
    result = review.erase(path, None, why="asked for it", by="Ana", names=["Ivan Horvat"])
    assert not result["complete"]
    assert {(s["where"], s["field"]) for s in result["standing"]} == {
        ("ledger", "local_id"),
        ("ledger", "author"),
    }


@pytest.mark.parametrize("form", FORMS)
def test_a_form_of_a_name_is_refused_in_a_lasting_field(path, form):
    """By hand no local id holds a victim's name, however it is written."""
    record(path, "victim", {"full_name": "Ivan Horvat"})
    with pytest.raises(RefusedError) as caught:
        record(path, "accident", {"local_id": f"{form} 1", "place": "Mill"})
    assert caught.value.code == "name_in_text"


def test_one_part_of_a_name_alone_stays_and_is_told(path):
    """«Ivan» may be another Ivan: it is not blanked, and the answer says where it stands."""
    accident = record(path, "accident", {"place": "Mill", "note": "Ivan Horvat's cow; Ivan ran"})
    result = review.erase(path, None, why="asked for it", by="Ana", names=["Ivan Horvat"])
    assert result["complete"]
    assert [(s["where"], s["field"], s["record_id"]) for s in result["alone"]] == [
        ("words", "text", accident)
    ]
    with open_register(path) as register:
        assert register.record(accident).body["note"] == f"{'█' * 11}'s cow; Ivan ran"


def test_parts_of_a_name_in_columns_of_their_own_are_one_name(path):
    """Given name and surname of a victim are erased together, and other Ivans stay."""
    victim = record(path, "victim", {"first_name": "Ivan", "surname": "Horvat", "phone": "091234"})
    note = "Horvat, Ivan (091234) and Ivan Begić"
    accident = record(path, "accident", {"place": "Mill", "note": note})
    result = erase(path, victim)
    assert result["complete"]
    assert [s["record_id"] for s in result["alone"]] == [accident]
    with open_register(path) as register:
        left = f"{'█' * 12} ({'█' * 6}) and Ivan Begić"
        assert register.record(accident).body["note"] == left
