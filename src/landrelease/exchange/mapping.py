"""Mapping files: which column is what, reviewed like code.

A mapping is YAML; every key is checked when it is loaded, and an error names the key.
"""

from __future__ import annotations

from collections.abc import Mapping as Dict
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from landrelease.domain.actions import check_action
from landrelease.domain.kinds import COMMON_FIELDS, kind_spec, kinds
from landrelease.errors import InputError, NotFoundError
from landrelease.exchange.place_rules import GeometryRule, Rule, VerticesRule
from landrelease.exchange.values import is_date_format, read_date


def _checked_format(form: str) -> str:
    if not is_date_format(form):
        raise ValueError(f"{form!r} is no format of dates; make it of YYYY, MM or MMM, and DD")
    return form


DateFormat = Annotated[str, AfterValidator(_checked_format)]


def _with_text_keys(table: Any) -> Any:
    """YAML reads «1:» as a number, where the cell of a file holds text."""
    return {str(k): v for k, v in table.items()} if isinstance(table, dict) else table


TextKeys = BeforeValidator(_with_text_keys)


class FieldRule(Rule):
    """Where one field comes from: a column, or one value for every row.

    In YAML a bare string stands for ``{column: …}``. Several columns are read as one text, joined
    by « | », for the table of values to tell their combinations apart.
    """

    column: str | None = None
    columns: tuple[str, ...] = ()
    constant: Any = None
    values: Annotated[dict[str, Any] | None, TextKeys] = Field(
        None, description="value in the file → value here"
    )
    otherwise: Any = Field(None, description="for values that the table does not list")
    separator: str | None = Field(None, description="between several values in one cell")
    formats: tuple[DateFormat, ...] = Field((), description="of dates, as in DD/MM/YYYY")
    unit: str | None = Field(None, description="of areas: m2, ha, km2")
    decimal: Literal[".", ","] | None = None
    thousands: str | None = None
    missing: tuple[str, ...] | None = None

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        return {"column": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _from_somewhere(self) -> FieldRule:
        if sum((self.column is not None, bool(self.columns), self.constant is not None)) != 1:
            raise ValueError("needs one of column, columns and constant")
        return self

    def sources(self) -> tuple[str, ...]:
        """Columns that the rule reads."""
        return self.columns if self.column is None else (self.column,)


class MendRule(Rule):
    """What is done to a column's text before anything else reads it."""

    thousands: str | None = Field(None, description="mark to leave out of numbers")
    digits: int | None = Field(None, description="width to which codes get their zeros back")
    separator: str | None = Field(None, description="cells become lists")


class KindRule(Rule):
    """Kind of record by the value of a column; without a table the cells name kinds themselves."""

    column: str
    values: dict[str, str] = Field(default_factory=dict)
    otherwise: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _own_words(cls, value: Any) -> Any:
        if not isinstance(value, dict) or value.get("values"):
            return value
        ours = {name: name for name in kinds()}  # those of no file are named as such, row by row
        return {**value, "values": ours}


class ActionRule(Rule):
    """What happened to the record of a row: one action for all, or by the value of a column.

    In YAML a bare string stands for ``{constant: …}``. A cell that says nothing, or that stands in
    the table without an action, leaves it to the program.
    """

    column: str | None = None
    constant: str | None = None
    values: Annotated[dict[str, str | None], TextKeys] = Field(default_factory=dict)
    otherwise: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        return {"constant": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _known(self) -> ActionRule:
        if (self.column is None) == (self.constant is None):
            raise ValueError("needs one of column and constant")
        for name in self.named():
            try:
                check_action(name)
            except NotFoundError as problem:
                raise ValueError(f"{problem.message}; {problem.cure}") from None
        return self

    def named(self) -> list[str]:
        """Every action that the rule can give."""
        return [one for one in (self.constant, self.otherwise, *self.values.values()) if one]


class IdentityRule(Rule):
    """Which column tells one record from another."""

    record_id: str | None = None
    local_id: str | None = None
    source_id: str | None = None
    shared_ground: float | None = Field(
        None,
        gt=0,
        le=1,
        description="rows without an id go on with the record that shares this much ground",
    )


class DateRule(Rule):
    """When it happened: one column, or year, month and day in columns of their own."""

    column: str | None = None
    year: str | None = None
    month: str | None = None
    day: str | None = None
    constant: str | None = None
    formats: tuple[DateFormat, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        return {"column": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _from_somewhere(self) -> DateRule:
        if sum(v is not None for v in (self.column, self.year, self.constant)) != 1:
            raise ValueError("needs a column, a year column or a constant")
        if self.constant is not None and read_date(self.constant, self.formats).code:
            raise ValueError(f"{self.constant!r} is no date that can be read in one way")
        return self


class KindFields(Rule):
    """What is mapped for rows of one kind alone."""

    fields: dict[str, FieldRule] = Field(default_factory=dict)


class ImportMapping(Rule):
    """How the rows of a file become records.

    Examples
    --------
    >>> ImportMapping(kind="accident", fields={"district": "MUNICIPIO"}).fields["district"].column
    'MUNICIPIO'
    """

    layer: str | None = Field(None, description="name of the layer in row identities")
    read_layer: str | None = Field(None, description="layer or sheet of the file to read")
    encoding: str | None = None
    header_row: tuple[Annotated[int, Field(ge=1)], ...] = Field(
        (), max_length=3, description="rows of the sheet that name its columns, counted from 1"
    )
    kind: str | None = None
    record_kind: KindRule | None = None
    action: ActionRule | None = None
    crs: str | None = None
    crs_reason: str | None = None
    missing: tuple[str, ...] = ("",)
    mend: dict[str, MendRule] = Field(default_factory=dict)
    decimal: Literal[".", ","] | None = None
    thousands: str | None = None
    identity: IdentityRule = Field(default_factory=IdentityRule)
    geometry: GeometryRule | None = None
    vertices: VerticesRule | None = None
    occurred_on: DateRule | None = None
    stored_area: FieldRule | None = Field(None, description="checked against the true area only")
    fields: dict[str, FieldRule] = Field(default_factory=dict)
    kinds: dict[str, KindFields] = Field(default_factory=dict)
    attributes: Literal["rest", "none"] | tuple[str, ...] = "rest"

    @field_validator("header_row", mode="before")
    @classmethod
    def _one_row(cls, value: Any) -> Any:
        return (value,) if isinstance(value, int) else value

    @field_validator("header_row")
    @classmethod
    def _in_order(cls, value: tuple[int, ...]) -> tuple[int, ...]:
        if list(value) != sorted(set(value)):
            raise ValueError("name the rows of the header from above")
        return value

    @model_validator(mode="after")
    def _known_names(self) -> ImportMapping:
        if self.kind is not None and self.record_kind is not None:
            raise ValueError("give kind or record_kind, not both")
        if self.vertices is not None and not (self.geometry and self.geometry.places_points()):
            raise ValueError(
                "vertices needs geometry with columns of single points: longitude and latitude, "
                "easting and northing, text, or bearing and distance_m"
            )
        if self.vertices is None and self.geometry and self.geometry.starts_nowhere():
            raise ValueError("geometry: bearing and distance_m need a point to start from")
        for kind in self.all_kinds():
            _check_kind(kind)
        for name in self.fields:
            if self.all_kinds() and not any(_has_field(k, name) for k in self.all_kinds()):
                raise ValueError(f"fields.{name}: no kind of this mapping has such a field")
        for kind, part in self.kinds.items():
            for name in part.fields:
                if not _has_field(kind, name):
                    raise ValueError(f"kinds.{kind}.fields.{name}: the kind has no such field")
        return self

    def all_kinds(self) -> list[str]:
        """Every kind that rows may become, in the order named."""
        rule = self.record_kind
        named = [self.kind] if rule is None else [*rule.values.values(), rule.otherwise]
        return list(dict.fromkeys(kind for kind in (*named, *self.kinds) if kind))

    def columns(self) -> list[str]:
        """Every column that the mapping names, once, in order."""
        rules = [
            *self.fields.values(),
            *(r for k in self.kinds.values() for r in k.fields.values()),
        ]
        rules += [self.stored_area] if self.stored_area else []
        named: list[str | None] = [*self.mend, *(name for rule in rules for name in rule.sources())]
        named += [self.record_kind.column] if self.record_kind else []
        named += [self.identity.record_id, self.identity.local_id, self.identity.source_id]
        named += [self.action.column] if self.action else []
        named += [*self.place_columns(), *self.date_columns()]
        return list(dict.fromkeys(name for name in named if name is not None))

    def place_columns(self) -> list[str]:
        """Columns that say where rows lie, and which of them make an outline."""
        rules = [rule for rule in (self.vertices, self.geometry) if rule is not None]
        return [column for rule in rules for column in rule.columns()]

    def date_columns(self) -> set[str]:
        """Columns that say when."""
        rule = self.occurred_on
        found = () if rule is None else (rule.column, rule.year, rule.month, rule.day)
        return {name for name in found if name is not None}

    def rules_for(self, kind: str) -> dict[str, FieldRule]:
        """Field rules of one kind: the common ones it has, then its own."""
        common = {name: rule for name, rule in self.fields.items() if _has_field(kind, name)}
        own = self.kinds[kind].fields if kind in self.kinds else {}
        return {**common, **own}

    def with_constants(self, values: Dict[str, Any]) -> ImportMapping:
        """Set fields of every row, as ``--set`` does.

        Raises
        ------
        InputError
            No kind of this mapping has such a field.
        """
        rules = {name: FieldRule(constant=value) for name, value in values.items()}
        fields = {**self.fields, **rules}
        return build_mapping({**self.model_dump(exclude_none=True), "fields": fields}, "--set")

    def as_dict(self) -> dict[str, Any]:
        """The mapping as plain values, as people write them."""
        return _shortened(self.model_dump(mode="json", exclude_defaults=True, exclude_none=True))

    def as_yaml(self) -> str:
        """The mapping as a file that `load_mapping` reads."""
        return yaml.safe_dump(self.as_dict(), sort_keys=False, allow_unicode=True)


def load_mapping(path: str | Path) -> ImportMapping:
    """Read and check a mapping file.

    Raises
    ------
    InputError
        The file is missing, is not YAML, or a key or value in it cannot be; the key is named.
    """
    path = Path(path)
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError("file_missing", f"there is no mapping file {str(path)!r}") from None
    except IsADirectoryError:
        raise InputError("file_is_directory", f"{str(path)!r} is a directory") from None
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as problem:
        raise InputError("mapping_invalid", f"{path.name} is not valid YAML: {problem}") from None
    return build_mapping(content, path.name)


def build_mapping(content: Any, where: str) -> ImportMapping:
    """Check a mapping's content; errors name the key, and ``where`` it stands."""
    if not isinstance(content, dict):
        raise InputError("mapping_invalid", f"{where} must hold a mapping of keys to values")
    try:
        return ImportMapping.model_validate(content)
    except ValidationError as problem:
        first = problem.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "mapping"
        message = first["msg"].removeprefix("Value error, ")
        raise InputError(
            "mapping_invalid", f"{where}: {key}: {message}", "see docs/how-to/import.md"
        ) from None


def _check_kind(kind: str) -> None:
    try:
        kind_spec(kind)
    except NotFoundError as problem:
        raise ValueError(f"{problem.message}; one of {', '.join(kinds())}") from None


def _has_field(kind: str, name: str) -> bool:
    return name in COMMON_FIELDS or name in kind_spec(kind).fields


def _shortened(plain: dict[str, Any]) -> dict[str, Any]:
    """Write ``{column: x}`` as ``x``, which is how people write it."""
    for holder in (plain, *plain.get("kinds", {}).values()):
        fields = holder.get("fields", {})
        for name, rule in fields.items():
            if set(rule) == {"column"}:
                fields[name] = rule["column"]
    if len(plain.get("header_row", ())) == 1:
        plain["header_row"] = plain["header_row"][0]
    return plain
