"""Frozen records, partial dates and the rules of land; no input or output."""
