"""Validity, repair, true areas in m², cutting and uniting, coordinate systems."""
