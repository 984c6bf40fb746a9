-- The words of entries written from here on stand beside the ledger, where they can be erased.
CREATE TABLE IF NOT EXISTS words (
  entry_no INTEGER PRIMARY KEY, salt BLOB NOT NULL, text TEXT NOT NULL);
CREATE TRIGGER IF NOT EXISTS words_never_updated BEFORE UPDATE ON words
  WHEN (SELECT own_write FROM control) = 0
BEGIN SELECT RAISE(ABORT, 'words are erased by landrelease erase alone'); END;
CREATE TRIGGER IF NOT EXISTS words_never_deleted BEFORE DELETE ON words
BEGIN SELECT RAISE(ABORT, 'words are erased by landrelease erase alone'); END;
CREATE TRIGGER IF NOT EXISTS words_never_replaced BEFORE INSERT ON words
  WHEN EXISTS (SELECT 1 FROM words WHERE entry_no = NEW.entry_no)
BEGIN SELECT RAISE(ABORT, 'words are erased by landrelease erase alone'); END;
