"""What happens once, and so has one date: the last that was said of it.

An area or an activity goes on, and its versions say what it was from which day on. An accident or
a release happened on one day. Where a later word gives another date, the former was a mistake:
nothing happened then (`--known-at` tells what was believed).
"""

from __future__ import annotations

from landrelease.domain.actions import ENDED, REPEATING, STATUS_AFTER
from landrelease.domain.workflow import STEPS

#: Kinds of record that tell of one event.
HAPPENINGS = frozenset(
    {
        "resurvey",
        "land_release_product",
        "progress_report",
        "indication",
        "device",
        "accident",
        "victim",
        "education_session",
        "quality_visit",
        "statement",
        "transfer",
        "use_allegation",
        "treaty_position",
        "munition_claim",
        "event",
    }
)

#: Acts upon a record that repeat its date with its version, and say nothing of when it happened.
SILENT_ON_DATE = REPEATING | frozenset(STEPS)

#: Actions by which an area ends; one upon an area that has ended so already tells the ending anew.
ENDINGS = frozenset(name for name, status in STATUS_AFTER.items() if status in ENDED)
