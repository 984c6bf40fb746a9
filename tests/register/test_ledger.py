"""The ledger: what is appended stays, is chained and hashed, and says what it rests on."""

from __future__ import annotations

import hashlib
import sqlite3

import pytest

from landrelease.domain.entries import Draft
from landrelease.errors import FieldError, NotFoundError, RefusedError, UsageError
from landrelease.register import open_register

SQUARE = {
    "type": "Polygon",
    "coordinates": [[[17, 44], [17.01, 44], [17.01, 44.01], [17, 44.01], [17, 44]]],
}


def area(local_id="HA-1", **fields):
    """A draft of a hazardous area."""
    action = fields.pop("action", "hazardous_area.reported")
    extra = {
        k: fields.pop(k)
        for k in ("record_id", "occurred_on", "import_id", "entry_id")
        if k in fields
    }
    body = {"local_id": local_id, "hazard_kind": "SHA", "geometry": SQUARE, **fields}
    return Draft("hazardous_area", action, body, **extra)


def write(register, *drafts, author="Ana"):
    """Append in one transaction."""
    with register.write(author) as writer:
        return writer.append(drafts)


def test_a_merge_reads_the_other_ledger_in_slices(register, tmp_path, monkeypatch):
    """However large the other register is, only a slice of it is held at a time."""
    monkeypatch.setattr("landrelease.register.ledger._SLICE", 3)
    copy = register.backup(tmp_path / "copy.gpkg")
    write(register, *(area(f"HA-{number}") for number in range(10)))
    with open_register(copy, write=True) as other, other.write("Ben") as writer:

        def passing():
            for number, entry in enumerate(register.entries()):
                assert other.size() >= number - number % 3
                yield entry

        assert writer.adopt(passing()) == 10
    with open_register(copy) as other:
        assert other.heads() == register.heads()
        assert [e.record_id for e in other.entries(after=9)] == [
            e.record_id for e in register.entries(after=9)
        ]
        assert other.verify().ok


def _independent_jcs(value):
    """RFC 8785 of an object of strings, whole numbers and null, written by hand."""

    def text(s):
        short = {
            '"': '\\"',
            "\\": "\\\\",
            "\b": "\\b",
            "\f": "\\f",
            "\n": "\\n",
            "\r": "\\r",
            "\t": "\\t",
        }
        return (
            '"'
            + "".join(short.get(c) or (f"\\u{ord(c):04x}" if ord(c) < 32 else c) for c in s)
            + '"'
        )

    def one(v):
        return "null" if v is None else text(v) if isinstance(v, str) else str(v)

    keys = sorted(value, key=lambda k: k.encode("utf-16-be"))
    return "{" + ",".join(f"{text(k)}:{one(value[k])}" for k in keys) + "}"


def columns_in_file(path, entry_id):
    """The columns of an entry as any program reads them."""
    other = sqlite3.connect(path)
    other.row_factory = sqlite3.Row
    row = other.execute("SELECT * FROM entry WHERE entry_id = ?", (entry_id,)).fetchone()
    other.close()
    return {k: row[k] for k in row.keys() if k not in {"entry_no", "hash", "received_at"}}  # noqa: SIM118


def test_hash_is_that_of_rfc_8785(register, path):
    """Any program can compute the hash again from the columns, whatever characters they hold."""
    odd = area('ž\u2028\x07"\\\n😀', note="tab\tand\x1f", occurred_on="2019-07")
    for draft in (odd, area("plain")):
        [entry] = write(register, draft)
        columns = columns_in_file(path, entry.entry_id)
        assert hashlib.sha256(_independent_jcs(columns).encode()).hexdigest() == entry.hash


def test_each_entry_holds_the_hash_of_the_one_before(register):
    """The chain runs from the register's own entry to the last."""
    write(register, area("a"), area("b"))
    entries = list(register.entries())
    assert entries[0].previous_hash is None
    assert [e.previous_hash for e in entries[1:]] == [e.hash for e in entries[:-1]]
    assert [e.replica_seq for e in entries] == [1, 2, 3]
    assert [h.hash for h in register.heads()] == [entries[-1].hash]


def test_times_and_ids_never_go_back(register, clock):
    """A clock that is set back does not turn the order of entries."""
    write(register, area("a"))
    clock.set("2020-01-01")
    write(register, area("b"))
    entries = list(register.entries())
    assert entries == sorted(entries, key=lambda e: e.recorded_at)
    assert entries == sorted(entries, key=lambda e: e.entry_id)


def test_a_second_version_names_the_one_it_replaces(register):
    """`supersedes` is filled in, and the body is the whole new state."""
    [first] = write(register, area("a", occurred_on="2019"))
    [second] = write(
        register,
        area(
            "a",
            record_id=first.record_id,
            hazard_kind="CHA",
            action="hazardous_area.confirmed",
            occurred_on="2020",
        ),
    )
    assert second.supersedes == first.entry_id
    assert register.record("a").body["hazard_kind"] == "CHA"
    assert [e.entry_id for e in register.history("a")] == [first.entry_id, second.entry_id]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET reason = 'x'",
        "UPDATE OR REPLACE entry SET entry_no = 1 WHERE entry_no = 2",
        "UPDATE OR IGNORE entry SET author = 'x'",
        "DELETE FROM entry",
        "INSERT OR REPLACE INTO entry SELECT * FROM entry",
        "REPLACE INTO entry SELECT entry_no, hex(randomblob(8)), record_id, kind, action, occurred_on, recorded_at, received_at, author, replica, replica_seq, source_id, quote, source_row, import_id, reason, supersedes, body, previous_hash, hash FROM entry",
        "INSERT OR REPLACE INTO entry SELECT entry_no + 100, entry_id, record_id, kind, action, occurred_on, recorded_at, received_at, author, replica, replica_seq, source_id, quote, source_row, import_id, reason, supersedes, body, previous_hash, hash FROM entry",
    ],
)
def test_other_programs_cannot_change_the_ledger(register, path, statement):
    """Triggers refuse every form of overwriting, also those that pass a plain delete trigger."""
    write(register, area("a"))
    before = list(register.entries())
    other = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        other.execute(statement)
    other.close()
    assert list(register.entries()) == before


@pytest.mark.parametrize(
    ("draft", "error", "code"),
    [
        (area(hazard_kind="XYZ"), FieldError, "code_unknown"),
        (area(occurred_on="2023-02-30"), FieldError, "date_invalid"),
        (area(action="land.freed"), NotFoundError, "action_unknown"),
        (
            area(geometry={"type": "Polygon", "coordinates": [[[0, 0]]]}),
            FieldError,
            "geometry_invalid",
        ),
        (area(note="\ud800"), FieldError, "json_invalid"),
        (area(entry_id="1"), FieldError, "field_invalid"),
        (Draft("unicorn", "record.added"), NotFoundError, "kind_unknown"),
    ],
)
def test_a_draft_that_cannot_be_leaves_nothing_behind(register, draft, error, code):
    """One bad draft refuses the whole transaction, in words."""
    before = register.heads()
    with pytest.raises(error) as caught:
        write(register, area("good"), draft)
    assert caught.value.code == code
    assert register.heads() == before
    assert not list(register.records("hazardous_area"))


def test_an_id_is_taken_once(register):
    """The same entry id twice, or a record of another kind under an id, is refused."""
    [entry] = write(register, area("a"))
    with pytest.raises(RefusedError, match="in the ledger already"):
        write(register, area("b", entry_id=entry.entry_id))
    with pytest.raises(RefusedError, match="is a hazardous_area"):
        write(
            register,
            Draft("organisation", "record.added", {"name": "x"}, record_id=entry.record_id),
        )


def test_a_writer_says_who(register):
    """Nothing is written without a name."""
    with pytest.raises(UsageError, match="who writes"), register.write(" "):
        pass


def test_a_void_takes_the_record_out_and_a_later_version_brings_it_back(register, clock):
    """A voided record stays in the ledger with its reason."""
    [entry] = write(register, area("a"))
    with register.write("Ana") as writer:
        writer.void(entry.record_id, "entered twice")
    assert register.areas() == []
    assert register.record("a").voided
    assert register.history("a")[-1].reason == "entered twice"
    write(register, area("a", record_id=entry.record_id))
    assert not register.record("a").voided
    assert register.verify().ok


def test_an_import_is_undone_as_one_act(register):
    """What it added goes, what it changed returns to the version before."""
    [old] = write(register, area("old", name="before"))
    [made] = write(register, Draft("import", "import.recorded", {"file_name": "a.csv"}))
    write(
        register,
        area("old", name="after", record_id=old.record_id, import_id=made.record_id),
        area("new", import_id=made.record_id),
    )
    assert {a.local_id for a in register.areas()} == {"old", "new"}
    with register.write("Ana") as writer:
        writer.void_import(made.record_id, "wrong file")
    assert [r.body["name"] for r in register.records("hazardous_area")] == ["before"]
    assert register.record(made.record_id).body["file_name"] == "a.csv"
    assert register.verify().ok


def test_contents_tell_added_changed_and_unchanged(register):
    """The hash of a body's text is known before it is written."""
    from landrelease.domain.canonical import body_sha256
    from landrelease.domain.kinds import check_body

    draft = area("a")
    [entry] = write(register, draft)
    found = register.contents([entry.record_id, "nobody"])
    assert found == {
        entry.record_id: body_sha256(check_body("hazardous_area", draft.body)),
        "nobody": None,
    }
