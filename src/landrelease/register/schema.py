"""The tables of the register beside its layers, and the guards of the ledger.

Entries are never changed: triggers refuse it also to other programs. A file's owner can drop
triggers, so `verify` does not rely on them; it computes every hash again.
"""

from __future__ import annotations

import sqlite3

from landrelease.register import geopackage

SCHEMA_VERSION = 7

#: Columns of the ledger in their order; `entry_no` is the order of arrival in this file.
ENTRY_COLUMNS = (
    "entry_id",
    "record_id",
    "kind",
    "action",
    "occurred_on",
    "recorded_at",
    "received_at",
    "author",
    "replica",
    "replica_seq",
    "source_id",
    "quote",
    "source_row",
    "import_id",
    "reason",
    "supersedes",
    "body",
    "previous_hash",
    "hash",
)

_LEDGER = """
CREATE TABLE register_info (
  id INTEGER PRIMARY KEY CHECK (id = 1), register_id TEXT NOT NULL, name TEXT NOT NULL,
  country TEXT, bbox TEXT, replica TEXT NOT NULL, schema_version INTEGER NOT NULL,
  created_at TEXT NOT NULL, layout TEXT NOT NULL, arrivals_told INTEGER NOT NULL DEFAULT 0);
CREATE TABLE control (id INTEGER PRIMARY KEY CHECK (id = 1), own_write INTEGER NOT NULL);
INSERT INTO control VALUES (1, 0);
CREATE TABLE entry (
  entry_no INTEGER PRIMARY KEY,
  entry_id TEXT NOT NULL UNIQUE, record_id TEXT NOT NULL, kind TEXT NOT NULL,
  action TEXT NOT NULL, occurred_on TEXT, recorded_at TEXT NOT NULL, received_at TEXT NOT NULL,
  author TEXT NOT NULL, replica TEXT NOT NULL, replica_seq INTEGER NOT NULL, source_id TEXT,
  quote TEXT, source_row INTEGER, import_id TEXT, reason TEXT, supersedes TEXT,
  body TEXT NOT NULL, previous_hash TEXT, hash TEXT NOT NULL);
CREATE INDEX entry_supersedes ON entry (supersedes) WHERE supersedes IS NOT NULL;
CREATE INDEX entry_erasing ON entry (action) WHERE action = 'identity.erased';
CREATE TRIGGER entry_never_updated BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER entry_never_deleted BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER entry_never_replaced BEFORE INSERT ON entry
  WHEN EXISTS (SELECT 1 FROM entry WHERE entry_id = NEW.entry_id)
    OR EXISTS (SELECT 1 FROM entry WHERE entry_no = NEW.entry_no)
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
"""

# The words of entries: one row for each entry that has any, apart from the ledger so that they can
# be erased. `landrelease.domain.words` says what the ledger holds in their place.
_WORDS = """
CREATE TABLE words (
  entry_no INTEGER PRIMARY KEY, salt BLOB NOT NULL, text TEXT NOT NULL);
CREATE TRIGGER words_never_updated BEFORE UPDATE ON words
  WHEN (SELECT own_write FROM control) = 0
BEGIN SELECT RAISE(ABORT, 'words are erased by landrelease erase alone'); END;
CREATE TRIGGER words_never_deleted BEFORE DELETE ON words
BEGIN SELECT RAISE(ABORT, 'words are erased by landrelease erase alone'); END;
CREATE TRIGGER words_never_replaced BEFORE INSERT ON words
  WHEN EXISTS (SELECT 1 FROM words WHERE entry_no = NEW.entry_no)
BEGIN SELECT RAISE(ABORT, 'words are erased by landrelease erase alone'); END;
"""

# `record` numbers the records; `version` holds, in the order of effect, what decides which entry
# stands at a date; `land` holds what the state of land needs of an entry, apart from the large
# ledger so that it is read at once; `undone` holds the voids, `former_id` the local ids that a
# record does not go by any more, `head` the ends of the chains. All follow from the ledger.
# version.role: 0 a state, 1 a closing, 2 a reopening, 3 a void (no state).
_DERIVED = """
CREATE TABLE record (
  record_no INTEGER PRIMARY KEY, record_id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
  local_id TEXT, current_entry_no INTEGER);
CREATE INDEX record_local_id ON record (local_id) WHERE local_id IS NOT NULL;
CREATE INDEX record_kind ON record (kind, record_no);
CREATE TABLE version (
  record_no INTEGER NOT NULL, effective_day INTEGER NOT NULL, recorded_us INTEGER NOT NULL,
  entry_id TEXT NOT NULL, entry_no INTEGER NOT NULL, role INTEGER NOT NULL,
  first_day INTEGER NOT NULL, last_day INTEGER NOT NULL, received_us INTEGER NOT NULL,
  voided_us INTEGER, import_no INTEGER, area TEXT, area_m2 REAL,
  PRIMARY KEY (record_no, effective_day, recorded_us, entry_id)) WITHOUT ROWID;
CREATE TABLE land (
  entry_no INTEGER PRIMARY KEY, local_id TEXT, hazard_kind TEXT, status TEXT, method TEXT,
  stated_area_m2 REAL, district TEXT, undated INTEGER NOT NULL, split_from TEXT, shape BLOB);
CREATE TABLE undone (
  scope TEXT NOT NULL, target_no INTEGER NOT NULL, recorded_us INTEGER NOT NULL,
  received_us INTEGER NOT NULL);
CREATE TABLE former_id (
  local_id TEXT NOT NULL, record_no INTEGER NOT NULL,
  PRIMARY KEY (local_id, record_no)) WITHOUT ROWID;
CREATE INDEX former_id_record ON former_id (record_no);
CREATE TABLE head (
  hash TEXT NOT NULL PRIMARY KEY, replica TEXT NOT NULL, seq INTEGER NOT NULL,
  recorded_at TEXT NOT NULL);
"""

_BESIDE = """
CREATE TABLE document (
  source_id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, raw BLOB NOT NULL, text TEXT NOT NULL);
CREATE TABLE quarantine (
  quarantine_id INTEGER PRIMARY KEY, import_id TEXT NOT NULL, layer TEXT NOT NULL,
  row INTEGER NOT NULL, kind TEXT NOT NULL, identity TEXT NOT NULL, local_id TEXT,
  raw TEXT NOT NULL, issues TEXT NOT NULL, resolved INTEGER NOT NULL DEFAULT 0);
CREATE TABLE outside_edit (
  edit_id INTEGER PRIMARY KEY, layer TEXT NOT NULL, operation TEXT NOT NULL, fid INTEGER,
  record_id TEXT, before TEXT, after TEXT,
  edited_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  reviewed INTEGER NOT NULL DEFAULT 0);
"""

DERIVED_TABLES = ("record", "version", "land", "undone", "former_id", "head")


def create_tables(connection: sqlite3.Connection) -> None:
    """Make every table of a new register but its layers."""
    geopackage.create_system_tables(connection)
    for script in (_LEDGER, _WORDS, _DERIVED, _BESIDE):
        geopackage.run_script(connection, script)


def recreate_derived(connection: sqlite3.Connection) -> None:
    """Make the tables anew that follow from the ledger."""
    for table in DERIVED_TABLES:
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    geopackage.run_script(connection, _DERIVED)
