"""Readers and writers of outside formats, and mapping files.

A file becomes a `SourceTable`, which says nothing of what it means; an `ImportMapping` says that;
`prepare` makes rows for the register of the two, with every problem named.
"""

from landrelease.exchange.guess import guess_mapping
from landrelease.exchange.issues import Issue, by_code, cure, explain_code, issue, issue_terms
from landrelease.exchange.kept import told_kept
from landrelease.exchange.mapping import ImportMapping, build_mapping, load_mapping
from landrelease.exchange.mended import (
    WaitingRow,
    as_table,
    for_mended,
    mapping_of_import,
    write_waiting,
)
from landrelease.exchange.prepare import Prepared, PreparedRow, prepare
from landrelease.exchange.reading import READERS, list_layers, read_table
from landrelease.exchange.shape_text import shapes_of
from landrelease.exchange.source import read_source
from landrelease.exchange.tables import SourceTable
from landrelease.exchange.writing import LOSSES, ExportTable, format_of, write_table
from landrelease.exchange.writing.plain import Sheet, write_plain

#: The name that other rooms use.
Mapping = ImportMapping

__all__ = [
    "LOSSES",
    "READERS",
    "ExportTable",
    "ImportMapping",
    "Issue",
    "Mapping",
    "Prepared",
    "PreparedRow",
    "Sheet",
    "SourceTable",
    "WaitingRow",
    "as_table",
    "build_mapping",
    "by_code",
    "cure",
    "explain_code",
    "for_mended",
    "format_of",
    "guess_mapping",
    "issue",
    "issue_terms",
    "list_layers",
    "load_mapping",
    "mapping_of_import",
    "prepare",
    "read_source",
    "read_table",
    "shapes_of",
    "told_kept",
    "write_plain",
    "write_table",
    "write_waiting",
]
