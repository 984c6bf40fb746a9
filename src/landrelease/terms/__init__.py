"""Vocabulary as data: YAML files, each entry with its source, edition and evidence tag.

National programmes add lists without code: a folder of YAML files named in
``LANDRELEASE_TERMS`` is laid over the shipped ones, entry by entry.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from landrelease.errors import InputError, NotFoundError

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML built without libyaml
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]


@cache
def load_terms(name: str) -> Mapping[str, Any]:
    """Return one vocabulary file as a mapping.

    Parameters
    ----------
    name : str
        File name without ``.yaml``, as in ``codes`` or ``munitions``.

    Returns
    -------
    Mapping[str, Any]
        The parsed file, national additions laid over it.

    Raises
    ------
    NotFoundError
        There is no vocabulary of this name.
    InputError
        A file is not valid YAML.
    """
    resource = files(__name__) / f"{name}.yaml"
    if not resource.is_file():
        raise NotFoundError("terms_unknown", f"there is no vocabulary {name!r}")
    terms = _parse(resource.read_text(encoding="utf-8"), f"{name}.yaml")
    folder = os.environ.get("LANDRELEASE_TERMS")
    if folder and (extra := Path(folder) / f"{name}.yaml").is_file():
        terms = _overlay(terms, _parse(extra.read_text(encoding="utf-8"), str(extra)))
    return terms


def _parse(text: str, where: str) -> dict[str, Any]:
    try:
        parsed = yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as problem:
        raise InputError("terms_invalid", f"{where} is not valid YAML: {problem}") from None
    if not isinstance(parsed, dict):
        raise InputError("terms_invalid", f"{where} must hold a mapping at its top")
    return parsed


def _overlay(base: dict[str, Any], extra: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in extra.items():
        below = merged.get(key)
        both = isinstance(below, dict) and isinstance(value, dict)
        merged[key] = _overlay(below, value) if both else value  # type: ignore[arg-type]
    return merged
