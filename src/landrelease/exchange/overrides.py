"""What `--set` says over the head of a row: the word of the row is named, not lost in silence."""

from __future__ import annotations

from collections.abc import Mapping

from landrelease.domain.kinds import check_value, kind_spec
from landrelease.exchange.fields import read_one_field
from landrelease.exchange.mapping import FieldRule
from landrelease.exchange.work import Work


def check_overridden(work: Work, rules: Mapping[str, FieldRule]) -> None:
    """Note every row that says another value than the one set for all rows.

    Parameters
    ----------
    rules : Mapping
        Fields that are set, each with the rule by which the mapping would have read it.
    """
    for name, rule in rules.items():
        for kind in sorted(set(work.kinds)):
            spec = kind_spec(kind).fields.get(name) if kind else None
            if spec is None or not set(rule.sources()) <= set(work.table.columns):
                continue
            given = check_value(spec, work.mapping.fields[name].constant)
            rows = [row for row, one in enumerate(work.kinds) if one == kind]
            said = read_one_field(work.table.columns, rows, spec, rule, work.mapping)
            for row, value in zip(rows, said.values, strict=True):
                if value is not None and value != given:
                    work.note(row, "set_overrides", f"{name}: {value}, set to {given}")
