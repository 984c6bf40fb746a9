"""Which area or district a person means by a name; where several go by it, none is guessed."""

from __future__ import annotations

from collections.abc import Sequence

from landrelease.domain.districts import Districts
from landrelease.errors import NotFoundError, RefusedError
from landrelease.register.plots import Plot


def scoped(scope: str, plots: Sequence[Plot], districts: Districts) -> Plot | int:
    """Return the area, or the place of the district, that goes by an id, a P-code or a name.

    Raises
    ------
    NotFoundError
        There is none (``scope_unknown``).
    RefusedError
        Several areas or districts go by it (``scope_ambiguous``).
    """
    areas = [plot for plot in plots if scope in (plot.record_id, plot.local_id)]
    units = districts.called(scope)
    exact = [plot for plot in areas if plot.record_id == scope]
    exact_units = [at for at in units if districts.units[at].record_id == scope]
    found: list[Plot | int] = [*exact, *exact_units]
    found = found or [*areas, *units]
    if not found:
        raise NotFoundError(
            "scope_unknown",
            f"no area and no district is called {scope!r}",
            "give an area's id, a district's name or its P-code",
        )
    if len(found) > 1:
        names = [f"area {plot.record_id}" for plot in areas]
        names += [f"district {_token(districts, at, scope)}" for at in units]
        raise RefusedError(
            "scope_ambiguous",
            f"{len(found)} areas or districts are called {scope!r}",
            f"say which: {', '.join(names)}",
        )
    return found[0]


def _token(districts: Districts, at: int, scope: str) -> str:
    """What names the district alone: its P-code, unless that is what was asked for."""
    unit = districts.units[at]
    alone = unit.code is not None and unit.code != scope and len(districts.called(unit.code)) == 1
    return str(unit.code) if alone else unit.record_id
