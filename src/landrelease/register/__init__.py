"""The append-only ledger and its current layers, in one GeoPackage file."""
