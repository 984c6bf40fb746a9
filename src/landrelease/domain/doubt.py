"""Why released land is in doubt: an inquiry, or a critical finding on the work, that is open.

A doubt is no status and no fact of its own: it follows from what stands at a date. An export gives
it beside the land that it concerns, as codes that name nobody, and no import reads it.
"""

from __future__ import annotations

from collections.abc import Collection

from landrelease.domain.kinds import FieldSpec
from landrelease.domain.known import in_words

INQUIRY, FINDING = "inquiry_open", "critical_finding_open"

#: The codes of `in_doubt` in the order in which they are told; the list is `doubt` of the terms.
DOUBTS = (INQUIRY, FINDING)

#: The kinds of land that can be in doubt.
DOUBTED_KINDS = frozenset({"hazardous_area", "land_release_product"})

#: How exports give it, to every audience.
FIELD = FieldSpec("in_doubt", "codes", "public", codes="doubt")


def rests_on(activity: str | None, works: Collection[str]) -> bool:
    """Whether a release is in doubt by a finding on an area, which is on some work or on none.

    Where either names no work, nothing tells them apart: the cautious reading.

    Examples
    --------
    >>> rests_on("CL1", {"CL1"}), rests_on("CL2", {"CL1"}), rests_on(None, {"CL1"})
    (True, False, True)
    """
    return not works or activity is None or activity in works


def doubt_in_words(codes: Collection[str]) -> str:
    """Say why land is in doubt.

    Examples
    --------
    >>> doubt_in_words(["inquiry_open", "critical_finding_open"])
    'inquiry open, critical finding open'
    """
    return ", ".join(map(in_words, codes))
