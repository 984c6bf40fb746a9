"""The science: arrays and small dataclasses in, dataclasses out; no files, no plots."""
