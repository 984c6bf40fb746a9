"""A file and the mapping that goes with it."""

from __future__ import annotations

from pathlib import Path

from landrelease.exchange.guess import guess_mapping
from landrelease.exchange.mapping import ImportMapping
from landrelease.exchange.mended import take_marks
from landrelease.exchange.reading import read_table
from landrelease.exchange.tables import SourceTable


def read_source(
    path: str | Path,
    mapping: ImportMapping | None = None,
    *,
    layer: str | None = None,
    kind: str | None = None,
    country: str | None = None,
) -> tuple[SourceTable, ImportMapping]:
    """Read a file as its mapping says, or guess a mapping from what was read.

    Parameters
    ----------
    path : str or Path
    mapping : ImportMapping, optional
        Its layer and encoding are used where the call names none.
    layer : str, optional
        Layer or sheet to read.
    kind : str, optional
        Kind of all rows, where the mapping does not say.
    country : str, optional
        ISO 3166-1 alpha-3 of the register's country, to tell code pages apart.

    Raises
    ------
    InputError
        As `read_table`.
    """
    if mapping is None:
        table = take_marks(read_table(path, layer, country=country))
        return table, guess_mapping(table, kind)
    if not mapping.all_kinds():
        mapping = mapping.model_copy(update={"kind": kind})
    layer = layer or mapping.read_layer
    if mapping.header_row:
        plain = take_marks(read_table(path, layer, encoding=mapping.encoding, country=country))
        if plain.marks:
            return plain, mapping  # given out to be mended, under a header of our own
    table = read_table(
        path, layer, encoding=mapping.encoding, header_rows=mapping.header_row, country=country
    )
    return take_marks(table), mapping
