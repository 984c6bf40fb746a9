"""Areas drawn far smaller than they were stated, and nothing says why."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from landrelease.domain.ground_rules import FAR_LESS
from landrelease.domain.land import Conflict
from landrelease.register.plots import Divided, Plot
from landrelease.register.reasons import explained


def drawn_less(connection: sqlite3.Connection, divided: Divided) -> Iterator[Conflict]:
    """Yield areas whose largest drawing holds much less than their stated figure."""
    for plot, missing_m2 in never_drawn(connection, divided.plots):
        words = (
            f"{plot.stated_area_m2:,.0f} m² were stated, its outline leaves {missing_m2:,.0f} of"
            " them out, and nothing says why"
        )
        yield Conflict("stated_less", (plot.record_id,), words, stated_m2=missing_m2)


def never_drawn(
    connection: sqlite3.Connection, plots: Sequence[Plot]
) -> Iterator[tuple[Plot, float]]:
    """Yield the areas, and the stated m² that no drawing holds; a drawing may say why itself."""
    small = [(plot, missing) for plot in plots if (missing := _missing_m2(plot)) is not None]
    told = explained(connection, [s.entry_no for plot, _ in small for s in plot.surveys])
    for plot, missing_m2 in small:
        if not any(survey.entry_no in told for survey in plot.surveys):
            yield plot, missing_m2


def _missing_m2(plot: Plot) -> float | None:
    """The stated m² that the largest drawing leaves out; None where it holds nearly all of them."""
    if not (plot.surveys and plot.stated_area_m2):
        return None
    drawn_m2 = max(survey.area_m2 for survey in plot.surveys)
    return plot.stated_area_m2 - drawn_m2 if drawn_m2 < FAR_LESS * plot.stated_area_m2 else None
