"""Kinds of records as the vocabulary defines them, and the check of a record's body.

The field list is data (``terms/kinds.yaml``), so validation, layers, imports, exports and forms
cannot drift apart, and a national programme adds fields without code.
"""

from __future__ import annotations

import math
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from landrelease.domain.dates import PartialDate
from landrelease.errors import FieldError, NotFoundError
from landrelease.terms import kept, load_terms

Audience = Literal["public", "partner", "internal"]
AUDIENCES: tuple[Audience, ...] = ("public", "partner", "internal")

#: Types of fields whose words stand apart from the ledger and can be erased, and common fields
#: that hold what a source wrote.
_ERASABLE_TYPES = frozenset({"text", "json"})
_ERASABLE_COMMON = frozenset({"attributes", "geometry_entered"})

#: Beyond this a number in JSON is not exact in every program.
_LARGEST_WHOLE = 2**53

#: Kinds whose polygons decide the balance of an area.
LAND_KINDS = frozenset({"hazardous_area", "resurvey", "land_release_product"})


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of a kind: its type, bounds, code list, unit and who may see it."""

    name: str
    type: str
    audience: Audience
    required: bool = False
    default: Any = None
    codes: str | None = None
    to: str | None = None
    unit: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    help: str = ""


#: Fields any record may carry, beside those of its kind. Geometries are parsed many at once where
#: they are written (`landrelease.register.shapes`).
COMMON: Mapping[str, FieldSpec] = {
    name: FieldSpec(name, shape, "internal")
    for name, shape in {
        "local_id": "name",
        "geometry": "object",
        "geometry_entered": "object",
        "attributes": "object",
    }.items()
}
COMMON_FIELDS = tuple(COMMON)

#: What kinds that files bring hold beside their own fields.
CLAIMS = FieldSpec(
    "claims",
    "json",
    "internal",  # it holds values of any field
    help="what a file says that the rules of land or a person's word do not let it do;"
    " a person records it, or empties the field",
)


@dataclass(frozen=True, slots=True)
class KindSpec:
    """One kind of record.

    Examples
    --------
    >>> spec = kind_spec("land_release_product")
    >>> spec.fields["depth_m"].unit
    'm'
    >>> spec.first_action
    'land.released'
    """

    name: str
    label: str
    plural: str
    prefix: str
    geometry: str
    needs_place: tuple[str, ...]
    audience: Audience
    personal: bool
    first_action: str
    by_program: bool
    from_files: bool
    fields: Mapping[str, FieldSpec]
    needed: tuple[FieldSpec, ...]
    erasable: frozenset[str]

    @property
    def has_geometry(self) -> bool:
        """Whether records of this kind lie somewhere on the map."""
        return self.geometry != "none"


@kept
def kinds() -> Mapping[str, KindSpec]:
    """All kinds by name, in the order of the vocabulary."""
    return {name: spec_of(name, terms) for name, terms in load_terms("kinds")["kinds"].items()}


def kinds_of_files() -> list[str]:
    """Kinds whose records a file may bring; the program keeps the others by commands of their own.

    Examples
    --------
    >>> "accident" in kinds_of_files(), "register" in kinds_of_files()
    (True, False)
    """
    return [spec.name for spec in kinds().values() if spec.from_files]


def kind_spec(name: str) -> KindSpec:
    """Return one kind.

    Raises
    ------
    NotFoundError
        The vocabulary has no kind of this name.
    """
    try:
        return kinds()[name]
    except KeyError:
        known = ", ".join(kinds())
        raise NotFoundError(
            "kind_unknown", f"there is no kind {name!r}", f"one of {known}"
        ) from None


def link_fields(kind: str, to: str | None = None) -> Iterator[FieldSpec]:
    """Yield the fields of a kind that name other records, or records of one kind only.

    Examples
    --------
    >>> [field.name for field in link_fields("victim")]
    ['accident']
    >>> [field.name for field in link_fields("land_release_product", "activity")]
    ['activity']
    """
    if kind not in kinds():
        return  # an entry of another vocabulary
    for field in kinds()[kind].fields.values():
        if field.type in ("link", "links") and (to is None or field.to in (None, to)):
            yield field


def erasable_fields(kind: str) -> frozenset[str]:
    """Return the fields of a kind, or of one of another vocabulary, that hold anyone's words.

    Examples
    --------
    >>> sorted(erasable_fields("accident"))
    ['attributes', 'claims', 'geometry_entered', 'note', 'place']
    """
    return kinds()[kind].erasable if kind in kinds() else _ERASABLE_COMMON


def label_of(kind: str) -> str:
    """Return the label of a kind; of a kind of another vocabulary its name in words.

    A register can be read without the national lists that it was written with.

    Examples
    --------
    >>> label_of("land_release_product"), label_of("scrap_depot")
    ('Land release product', 'Scrap depot')
    """
    return kinds()[kind].label if kind in kinds() else kind.replace("_", " ").capitalize()


def codes(name: str) -> Mapping[str, Mapping[str, Any]]:
    """Return a code list: code → its label and notes.

    Examples
    --------
    >>> list(codes("hazard_kind"))
    ['SHA', 'CHA']
    """
    lists = load_terms("codes")
    if name not in lists:
        raise NotFoundError("codes_unknown", f"there is no code list {name!r}")
    found: Mapping[str, Mapping[str, Any]] = lists[name]["codes"]
    return found


def check_body(kind: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the body with values in their types and defaults filled in.

    Unknown fields are kept under ``attributes``: nothing handed in is lost.

    Parameters
    ----------
    kind : str
        Kind of the record.
    body : Mapping
        Field name → value; empty values are left out.

    Raises
    ------
    FieldError
        A required field is missing, or a value cannot be.

    Examples
    --------
    >>> check_body("hazardous_area", {"hazard_kind": "CHA", "stated_area_m2": "1200"})
    {'hazard_kind': 'CHA', 'stated_area_m2': 1200.0, 'status': 'open'}
    """
    spec = kind_spec(kind)
    checked: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    for name, value in body.items():
        if value is None or value == "":
            continue
        if field := spec.fields.get(name) or COMMON.get(name):
            if (found := check_value(field, value)) != "":
                checked[name] = found
        else:
            extra[name] = value
    for field in spec.needed:
        if field.name not in checked:
            checked[field.name] = check_value(field, _default(spec, field))
    if extra:
        checked["attributes"] = {**checked.get("attributes", {}), **extra}
    return checked


def _default(spec: KindSpec, field: FieldSpec) -> Any:
    if field.default is None:
        why = f"a {spec.label.lower()} needs it"
        raise FieldError(field.name, None, why, field.help, "field_missing")
    return field.default


def check_value(field: FieldSpec, value: Any) -> Any:
    """Return one value in its field's type.

    Raises
    ------
    FieldError
        The value is not of the type, outside the bounds or not in the code list.
    """
    return _CHECKS[field.type](field, value)


def visible_fields(spec: KindSpec, audience: Audience) -> Iterator[FieldSpec]:
    """Fields that this audience may see."""
    rank = AUDIENCES.index(audience)
    return (f for f in spec.fields.values() if AUDIENCES.index(f.audience) <= rank)


def _text(field: FieldSpec, value: Any) -> str:
    if value is None or isinstance(value, (Mapping, list, tuple)):
        raise FieldError(field.name, value, "expected text")
    return str(value).strip()


def _name(field: FieldSpec, value: Any) -> str:
    if isinstance(value, bool):
        raise FieldError(field.name, value, "expected text")
    return _text(field, value)


def _opaque(field: FieldSpec, value: Any) -> str:
    try:
        if str(uuid.UUID(value)) == value:
            return str(value)
    except (ValueError, AttributeError, TypeError):
        pass
    raise FieldError(
        field.name,
        "…",
        "is no opaque id",
        "leave it out; name, address and the like are kept in the second file by themselves",
        "identity_not_opaque",
    )


def _object(field: FieldSpec, value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise FieldError(field.name, value, "expected an object")
    return value


def _number(field: FieldSpec, value: Any) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if isinstance(value, bool) or not math.isfinite(number):
        raise FieldError(field.name, value, "expected a number", code="number_invalid")
    _bounds(field, number)
    return number


def _integer(field: FieldSpec, value: Any) -> int:
    number = _number(field, value)
    if number != int(number) or abs(number) > _LARGEST_WHOLE:
        raise FieldError(field.name, value, "expected a whole number", code="number_invalid")
    return int(number)


def _bounds(field: FieldSpec, number: float) -> None:
    unit = f" {field.unit}" if field.unit else ""
    if field.minimum is not None and number < field.minimum:
        raise FieldError(field.name, number, f"must be at least {field.minimum:g}{unit}")
    if field.maximum is not None and number > field.maximum:
        raise FieldError(field.name, number, f"must be at most {field.maximum:g}{unit}")


_TRUE, _FALSE = {"true", "yes", "y", "1"}, {"false", "no", "n", "0"}


def _boolean(field: FieldSpec, value: Any) -> bool:
    word = str(value).strip().casefold()
    if word in _TRUE or word in _FALSE:
        return word in _TRUE
    raise FieldError(field.name, value, "expected yes or no")


def _date(field: FieldSpec, value: Any) -> str:
    return str(PartialDate.parse(str(value), field.name))


def _code(field: FieldSpec, value: Any) -> str:
    known = codes(field.codes or "")
    text = str(value).strip()
    if text in known:
        return text
    folded = {code.casefold(): code for code in known}
    if text.casefold() in folded:
        return folded[text.casefold()]
    raise FieldError(
        field.name,
        value,
        f"not in the code list {field.codes}",
        f"one of {', '.join(known)}",
        "code_unknown",
    )


def _codes(field: FieldSpec, value: Any) -> list[str]:
    parts = value if isinstance(value, (list, tuple)) else str(value).replace(";", ",").split(",")
    return [_code(field, part) for part in parts if str(part).strip()]


def _links(field: FieldSpec, value: Any) -> list[str]:
    parts = value if isinstance(value, (list, tuple)) else [value]
    return [_name(field, part) for part in parts]


def _json(field: FieldSpec, value: Any) -> Any:
    if field is CLAIMS and not (isinstance(value, list) and all(map(_is_claim, value))):
        # land claims are an everyday column of others
        why = "expected the claims that the program writes: field, value, code and message of each"
        raise FieldError(field.name, value, why, "keep other claims under attributes")
    return value


def _is_claim(value: Any) -> bool:
    words = ("field", "code", "message")
    return (
        isinstance(value, Mapping)
        and "value" in value
        and all(isinstance(value.get(name), str) for name in words)
    )


_CHECKS: Mapping[str, Callable[[FieldSpec, Any], Any]] = {
    "text": _text,
    "label": _text,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
    "code": _code,
    "codes": _codes,
    "link": _name,
    "links": _links,
    "json": _json,
    "opaque": _opaque,
    "name": _name,
    "object": _object,
}


#: What a field can be.
FIELD_TYPES = frozenset(_CHECKS)


def spec_of(name: str, terms: Mapping[str, Any]) -> KindSpec:
    """Return a kind as its vocabulary defines it."""
    audience: Audience = terms["audience"]
    fields = {
        field: FieldSpec(field, **{"audience": audience, **detail})
        for field, detail in terms["fields"].items()
    }
    from_files = terms.get("by") != "program" and terms.get("files") != "none"
    if from_files:
        fields[CLAIMS.name] = CLAIMS
    return KindSpec(
        name=name,
        label=terms["label"],
        plural=terms["plural"],
        prefix=terms["prefix"],
        geometry=terms["geometry"],
        needs_place=tuple(terms["needs_place"]),
        audience=audience,
        personal=terms.get("personal", False),
        first_action=terms.get("first_action", "record.added"),
        by_program=terms.get("by") == "program",
        from_files=from_files,
        fields=fields,
        needed=tuple(f for f in fields.values() if f.required or f.default is not None),
        erasable=_ERASABLE_COMMON | {n for n, f in fields.items() if f.type in _ERASABLE_TYPES},
    )
