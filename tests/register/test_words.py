"""Words beside the ledger: proved with it, erased for good, and erased in every merge."""

from __future__ import annotations

import sqlite3

import pytest

from landrelease.domain.entries import Draft
from landrelease.errors import RegisterError
from landrelease.register import create_register, open_register
from landrelease.services import review, workflow
from tests.register.test_ledger import area, write
from tests.register.test_verify import tamper

NAME, OTHER = "Marija Petrović-Kovač", 'Anto «Toni» "T" Babić'


def accident(note, record_id=None, **columns):
    """A draft of an accident with a note."""
    body = {"local_id": "A1", "killed": 1, "note": note}
    return Draft("accident", "accident.recorded", body, record_id, **columns)


@pytest.fixture
def filled(path, clock):
    """The path of a register with words of several kinds that name two people."""
    with create_register(path, name="Test", author="Ana", clock=clock) as register:
        write(register, accident(f"{NAME} and {OTHER} were hurt", quote=f"«{NAME}, 34»"))
        write(register, area("HA-1", note=f"{OTHER} says so", attributes={OTHER: {"by": NAME}}))
        write(register, area("HA-2"))
    return path


def unguard(path, statement, *values):
    """Change words as a file's owner can: without triggers."""
    other = sqlite3.connect(path)
    for (name,) in other.execute(
        "SELECT name FROM sqlite_master WHERE name LIKE 'words_never_%'"
    ).fetchall():
        other.execute(f"DROP TRIGGER {name}")
    other.execute(statement, values)
    other.commit()
    other.close()


def codes(path):
    """Codes of what verify finds."""
    with open_register(path) as register:
        return [problem.code for problem in register.verify().problems]


def said(path, record_id="A1"):
    """The note of a record."""
    with open_register(path) as register:
        return register.record(record_id).body["note"]


def holding(path, *texts):
    """Names of the files beside a register, and itself, that hold a text in any of its forms."""
    forms = {form for text in texts for form in (text, text.replace('"', '\\"'))}
    return {
        file.name
        for file in path.parent.iterdir()
        if file.is_file() and any(form.encode() in file.read_bytes() for form in forms)
    }


def erase(path, *names, by="Ana"):
    """Erase by names alone; all of it must succeed."""
    result = review.erase(path, None, why="asked for it", by=by, names=names)
    assert result["complete"], result["standing"]


def test_words_stand_beside_the_ledger(filled):
    """No column of the ledger holds a word of a note, a quote or a column of a source."""
    other = sqlite3.connect(filled)
    rows = other.execute("SELECT * FROM entry").fetchall()
    kept = other.execute("SELECT count(*) FROM words").fetchone()[0]
    other.close()
    assert "Petrović" not in str(rows)
    assert kept == 3  # the register's name, the accident and the first area


def test_who_reads_sees_what_was_said(filled):
    """Records, history, search and layers join the words; a second look is the same."""
    with open_register(filled) as register:
        record = register.record("HA-1")
        assert record.body["attributes"] == {OTHER: {"by": NAME}}
        assert list(record.body) == sorted(record.body)
        assert [e.quote for e in register.history("A1")] == [f"«{NAME}, 34»"]
        assert {r.local_id for r in register.search("Petrović")} == {"A1", "HA-1"}
        assert next(register.layer("accident"))[2]["note"].startswith(NAME)
        same = register.contents([record.record_id])[record.record_id]
    with open_register(filled, write=True) as register:
        write(
            register, area("HA-3", note=record.body["note"], attributes=record.body["attributes"])
        )
        [twin] = [r for r in register.records("hazardous_area") if r.local_id == "HA-3"]
        assert twin.body == {**record.body, "local_id": "HA-3"}
        register.rebuild()
        assert register.contents([record.record_id])[record.record_id] == same
        assert register.verify().ok


def test_other_programs_cannot_change_words(filled):
    """Triggers refuse what `verify` would find."""
    other = sqlite3.connect(filled)
    for statement in (
        "UPDATE words SET text = 'x'",
        "DELETE FROM words",
        "INSERT OR REPLACE INTO words SELECT * FROM words",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            other.execute(statement)
    other.close()


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE words SET text = replace(text, 'hurt', 'well')", "words_altered"),
        ("UPDATE words SET salt = X'00' WHERE entry_no = 2", "words_altered"),
        ("UPDATE words SET text = X'C3' WHERE entry_no = 2", "words_missing"),
        ("DELETE FROM words WHERE entry_no = 2", "words_missing"),
        ("INSERT INTO words VALUES (4, X'00', '{}')", "words_stray"),
        ("INSERT INTO words VALUES (9, X'00', '{}')", "words_stray"),
    ],
)
def test_changed_words_are_found(filled, statement, code):
    """Words are proved as entries are: what was altered, taken away or added is named."""
    unguard(filled, statement)
    assert code in codes(filled)


def test_erased_words_are_proved_too(filled):
    """What an erasing left is hashed in its entry, so it cannot be changed unseen either."""
    erase(filled, NAME)
    assert codes(filled) == []
    unguard(filled, "UPDATE words SET text = replace(text, 'hurt', 'well')")
    assert "words_altered" in codes(filled)


def test_words_that_come_back_are_found(filled):
    """Who puts the words of an older copy back is told to erase once more."""
    other = sqlite3.connect(filled)
    before = other.execute("SELECT salt, text FROM words WHERE entry_no = 2").fetchone()
    other.close()
    erase(filled, NAME)
    unguard(filled, "UPDATE words SET salt = ?, text = ? WHERE entry_no = 2", *before)
    assert "words_not_erased" in codes(filled)
    erase(filled, NAME)
    assert codes(filled) == []


def test_erasing_by_name_alone(filled):
    """A speaker whom no record is about can ask: the name goes from every byte, the rest stays."""
    erase(filled, OTHER)
    assert holding(filled, OTHER) == set()
    assert said(filled) == f"{NAME} and {'█' * len(OTHER)} were hurt"
    with open_register(filled) as register:
        assert list(register.record("HA-1").body["attributes"]) == ["█" * len(OTHER)]
        [entry] = [e for e in register.entries() if e.action == "identity.erased"]
        assert (entry.kind, entry.reason) == ("register", "asked for it")
        before = [list(register.layer(kind)) for kind in ("accident", "hazardous_area")]
        register.rebuild()
        assert [list(register.layer(kind)) for kind in ("accident", "hazardous_area")] == before
        assert register.verify().ok


def test_a_name_in_a_longer_word_is_another_word(filled):
    """Erasing «Ana» leaves «Anatolia», and takes «Ana» after a line break in a column."""
    with open_register(filled, write=True) as register:
        write(register, Draft("accident", "accident.recorded", {"note": "Anatolia\nAna, Ana's"}))
    result = review.erase(filled, None, why="asked", by="Bo", names=["Ana"])
    with open_register(filled) as register:
        notes = [r.body["note"] for r in register.records("accident")]
    assert notes[-1] == "Anatolia\n███, ███'s"
    assert {s["field"] for s in result["standing"]} == {"author"}


def test_numbers_of_a_person_go(filled):
    """A telephone number that a column holds as a number is a name too."""
    with open_register(filled, write=True) as register:
        write(register, area("HA-4", attributes={"tel": 38761234567, "m2": 1200}))
    erase(filled, "38761234567")
    with open_register(filled) as register:
        assert register.record("HA-4").body["attributes"] == {"tel": "█" * 11, "m2": 1200}
        assert register.verify().ok


@pytest.fixture
def copy(filled, tmp_path):
    """A copy of the register, apart, before anything was erased."""
    (tmp_path / "there").mkdir()
    target = tmp_path / "there" / "copy.gpkg"
    with open_register(filled) as register:
        register.backup(target)
    return target


def merged(path, other):
    """Merge another register into one."""
    return review.merge(path, other, by="Ana")


def test_erased_wins_when_an_older_copy_is_taken_in(filled, copy):
    """The other register still says the name: it does not come back."""
    with open_register(copy, write=True) as register:
        write(register, area("HA-9", note="new there"))
    erase(filled, NAME)
    assert merged(filled, copy)["new"] == 1
    assert holding(filled, NAME) == set()
    assert codes(filled) == []
    assert said(filled, "HA-9") == "new there"


def test_erased_wins_when_it_is_taken_in(filled, copy):
    """The other register erased the name: it goes here too, from words, layers and documents."""
    with open_register(copy, write=True) as register, register.write("Ana") as writer:
        writer.append([Draft("source", "document.ingested", {"title": "Letter"}, "s")])
        writer.store_document("s", NAME.encode(), f"Letter of {NAME}", name="letter.txt")
        writer.append([area("HA-8", note=f"only here: {NAME}")])
    erase(filled, NAME)
    merged(copy, filled)
    assert holding(copy, NAME) == set()
    assert codes(copy) == []
    assert said(copy, "HA-8") == f"only here: {'█' * len(NAME)}"
    merged(filled, copy)
    assert holding(filled, NAME) == set()
    assert codes(filled) == []


def test_two_names_erased_apart_are_both_gone(filled, copy):
    """Each register erased another person of the same note: the union erased both."""
    erase(filled, NAME)
    erase(copy, OTHER)
    merged(filled, copy)
    merged(copy, filled)
    merged(filled, copy)
    for path in (filled, copy):
        assert holding(path, NAME, OTHER) == set()
        assert codes(path) == []
    assert said(filled) == said(copy) == f"{'█' * len(NAME)} and {'█' * len(OTHER)} were hurt"


def test_the_same_name_erased_apart_needs_no_more(filled, copy):
    """Both registers erased the same: the merge adds no entry of its own, and is no conflict."""
    erase(filled, NAME)
    erase(copy, NAME)
    told = merged(filled, copy)
    assert (told["new"], told["conflicts"], told["inquiries"]) == (1, [], [])
    with open_register(filled) as register:
        assert [e.action for e in register.entries()].count("identity.erased") == 2
    assert codes(filled) == []


def test_an_erasing_without_its_words_covers_all(filled, copy):
    """Entries that come without the words which they erased: rather too much goes than the name."""
    with open_register(filled) as register:
        before = len(list(register.entries()))
    erase(filled, NAME)
    with open_register(filled) as register:
        told = list(register.entries())[before:]
    with open_register(copy, write=True) as register, register.write("Ana") as writer:
        assert writer.adopt(told) == 1
    assert holding(copy, NAME) == set()
    assert codes(copy) == []
    assert set(said(copy)) == {"█"}


def test_an_erasing_switches_no_workflow_off(filled, copy):
    """An erasing repeats the register's own version; a switch made apart from it stays on."""
    workflow.switch(filled, "on", why="from now on", by="Ana")
    erase(copy, NAME)
    merged(filled, copy)
    with open_register(filled) as register:
        assert register.asks_approval()


def test_altered_words_are_refused(filled, copy):
    """Words that are not what was written do not enter by a merge."""
    with open_register(copy, write=True) as register:
        write(register, area("HA-9", note="as written"))
    unguard(copy, "UPDATE words SET text = replace(text, 'as written', 'as changed')")
    with pytest.raises(RegisterError) as caught:
        merged(filled, copy)
    assert caught.value.code == "words_altered"


def test_tampering_with_the_ledger_is_still_found(filled):
    """The hash that stands for words is hashed with its entry."""
    tamper(
        filled,
        'UPDATE entry SET body = replace(body, \'"words_sha256":"\', \'"words_sha256":"0\') WHERE entry_no = 2',
    )
    assert {"hash_mismatch", "words_altered"} <= set(codes(filled))
