"""Readers and writers of outside formats, and mapping files.

A file becomes a `SourceTable`, which says nothing of what it means; an `ImportMapping` says that;
`prepare` makes rows for the register of the two, with every problem named.
"""

from landrelease.exchange.guess import guess_mapping
from landrelease.exchange.issues import Issue, by_code, cure, explain_code, issue_terms
from landrelease.exchange.mapping import ImportMapping, build_mapping, load_mapping
from landrelease.exchange.prepare import Prepared, PreparedRow, prepare
from landrelease.exchange.reading import READERS, list_layers, read_table
from landrelease.exchange.source import read_source
from landrelease.exchange.tables import SourceTable
from landrelease.exchange.writing import LOSSES, ExportTable, format_of, write_table

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
    "SourceTable",
    "build_mapping",
    "by_code",
    "cure",
    "explain_code",
    "format_of",
    "guess_mapping",
    "issue_terms",
    "list_layers",
    "load_mapping",
    "prepare",
    "read_source",
    "read_table",
    "write_table",
]
