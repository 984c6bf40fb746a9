"""Problems found in a file: one code each, with words and a cure from ``terms/issues.yaml``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from landrelease.terms import load_terms

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Issue:
    """One problem of one row, or of the whole file when ``row`` is None.

    Attributes
    ----------
    row : int or None
        Data row, counted from 1.
    id : str or None
        The row's own id, when it has one.
    code : str
        Name in ``terms/issues.yaml``.
    severity : str
        ``error``: the row waits in quarantine; ``warning``; ``note``.
    message : str
        What it means and what was found.
    """

    row: int | None
    id: str | None
    code: str
    severity: Severity
    message: str

    @property
    def detail(self) -> str:
        """What was found here, without what the code means.

        Examples
        --------
        >>> issue("date_invalid", 3, "date = '31/02/2024'").detail
        "date = '31/02/2024'"
        """
        return self.message.removesuffix(issue_terms()[self.code]["says"]).removesuffix(": ")

    def moved_to(self, row: int) -> Issue:
        """The same issue under another row."""
        return replace(self, row=row)

    def as_dict(self) -> dict[str, Any]:
        """The issue as plain values by field name."""
        return {name: getattr(self, name) for name in self.__slots__}


def issue(
    code: str,
    row: int | None = None,
    detail: str = "",
    *,
    id: str | None = None,
    severity: Severity | None = None,
) -> Issue:
    """Make an issue in the words of the vocabulary.

    Parameters
    ----------
    code : str
        Name in ``terms/issues.yaml``.
    row : int, optional
        Data row, counted from 1.
    detail : str, optional
        What was found here: field, value, place.
    id : str, optional
        The row's own id.
    severity : str, optional
        Graver or lighter than the vocabulary says, where the case is.

    Examples
    --------
    >>> issue("zero_area", 7).message
    'the outline encloses no ground'
    """
    terms = issue_terms()[code]
    says = f"{detail}: {terms['says']}" if detail else terms["says"]
    return Issue(row, id, code, severity or terms["severity"], says)


def issue_terms() -> Mapping[str, Mapping[str, Any]]:
    """Every code with its severity, meaning and cure."""
    terms: Mapping[str, Mapping[str, Any]] = load_terms("issues")["issues"]
    return terms


def explain_code(code: str) -> str:
    """What a code means and what cures it, in words.

    Examples
    --------
    >>> explain_code("zero_area")
    'The outline encloses no ground. Cure: check the order of the vertices.'
    """
    terms = issue_terms()[code]
    says = str(terms["says"])
    return f"{says[0].upper()}{says[1:]}. Cure: {terms['cure']}."


def cure(code: str) -> str:
    """What the reader can do about a problem."""
    return str(issue_terms()[code]["cure"])


def by_code(issues: Iterable[Issue]) -> dict[str, int]:
    """How many issues of each code there are, most frequent first."""
    return dict(Counter(one.code for one in issues).most_common())
