-- Corrections and erasures are found by an index; the file knows the layout of its layers.
CREATE INDEX IF NOT EXISTS entry_supersedes ON entry (supersedes) WHERE supersedes IS NOT NULL;
CREATE INDEX IF NOT EXISTS entry_erasing ON entry (action) WHERE action = 'identity.erased';
ALTER TABLE register_info ADD COLUMN layout TEXT NOT NULL DEFAULT '';
