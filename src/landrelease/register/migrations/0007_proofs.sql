-- The next entry tells when all entries of other copies arrived; from then on `verify` proves it.
ALTER TABLE register_info ADD COLUMN arrivals_told INTEGER NOT NULL DEFAULT 0;
