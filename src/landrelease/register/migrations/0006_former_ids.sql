-- Links by the local id that a record went by before; the program fills the table. What is older
-- than schema 5 was derived by other rules: forget the layout, so that all is made anew.
CREATE TABLE IF NOT EXISTS former_id (
  local_id TEXT NOT NULL, record_no INTEGER NOT NULL,
  PRIMARY KEY (local_id, record_no)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS former_id_record ON former_id (record_no);
UPDATE register_info SET layout = '' WHERE schema_version < 5;
