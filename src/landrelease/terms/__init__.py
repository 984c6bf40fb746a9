"""Vocabulary as data: YAML files, each entry with its source, edition and evidence tag.

National programmes add lists without code. Over the shipped files are laid, entry by entry, the
lists that the open register keeps (`lay`), and over these a folder of YAML files named in
``LANDRELEASE_TERMS``.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, ParamSpec, Protocol, TypeVar

import yaml

from landrelease.errors import InputError, NotFoundError

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML built without libyaml
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]


_P = ParamSpec("_P")
_T_co = TypeVar("_T_co", covariant=True)


class Cached(Protocol[_P, _T_co]):
    """A function whose answers are kept."""

    def __call__(self, *args: _P.args, **kwargs: _P.kwargs) -> _T_co:
        """Return the answer, kept or new."""

    def cache_clear(self) -> None:
        """Forget all answers."""


_of_vocabulary: list[Callable[[], None]] = []
_laid: dict[str, Mapping[str, Any]] = {}


def kept(function: Callable[_P, _T_co]) -> Cached[_P, _T_co]:
    """Keep a function's answers as long as the vocabulary is the same.

    For what follows from kinds and code lists, which a register may bring along.
    """
    made: Any = cache(function)
    _of_vocabulary.append(made.cache_clear)
    return made  # type: ignore[no-any-return]


def lay(national: Mapping[str, Mapping[str, Any]]) -> None:
    """Lay a register's own lists over the shipped ones, in place of those of another.

    Parameters
    ----------
    national : Mapping
        Name of a vocabulary → what is added to it; see `landrelease.domain.national`.
    """
    if _laid == national:
        return
    _laid.clear()
    _laid.update(national)
    for forget in _of_vocabulary:
        forget()


@kept
def load_terms(name: str) -> Mapping[str, Any]:
    """Return one vocabulary file as a mapping.

    Parameters
    ----------
    name : str
        File name without ``.yaml``, as in ``codes`` or ``munitions``.

    Returns
    -------
    Mapping[str, Any]
        The parsed file, with national additions: the register's, then those of the folder.

    Raises
    ------
    NotFoundError
        There is no vocabulary of this name.
    InputError
        A file is not valid YAML.
    """
    terms = _overlay(dict(shipped(name)), _laid.get(name, {}))
    folder = os.environ.get("LANDRELEASE_TERMS")
    return _overlay(terms, read_folder(Path(folder), name)) if folder else terms


@cache
def shipped(name: str) -> Mapping[str, Any]:
    """Return one vocabulary file as the program ships it.

    Raises
    ------
    NotFoundError
        There is no vocabulary of this name.
    """
    resource = files(__name__) / f"{name}.yaml"
    if not resource.is_file():
        raise NotFoundError("terms_unknown", f"there is no vocabulary {name!r}")
    return _parse(resource.read_text(encoding="utf-8"), f"{name}.yaml")


def read_folder(folder: Path, name: str) -> Mapping[str, Any]:
    """Return what a folder of national lists adds to one vocabulary; nothing where it has none.

    Raises
    ------
    InputError
        The file is not valid YAML.
    """
    extra = folder / f"{name}.yaml"
    return _parse(extra.read_text(encoding="utf-8"), str(extra)) if extra.is_file() else {}


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
