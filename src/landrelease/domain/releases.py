"""What each land release product took, as the balance counts it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from landrelease.geometry import cut, polygonal, unite


@dataclass(frozen=True, slots=True)
class Release:
    """The ground that one land release product took.

    Attributes
    ----------
    area : str or None
        Record id of the area that it belongs to. None: it belongs to none that stands, and is not
        in the balance.
    share : shapely geometry
        Its polygon without what earlier products of the same area cover, or without earlier ones
        that belong to none.
    """

    record_id: str
    method: str
    area: str | None
    share: Any

    @property
    def in_balance(self) -> bool:
        """Whether the balance counts it."""
        return self.area is not None


def each_place_once(polygons: NDArray[Any]) -> NDArray[Any]:
    """Return polygons without what earlier ones of the same sequence cover.

    Only those that meet an earlier one are overlaid, so thousands that lie apart are quick.

    Examples
    --------
    >>> strips = np.array([shapely.box(0, 0, 2, 1), shapely.box(1, 0, 3, 1)])
    >>> [share.area for share in each_place_once(strips)]
    [2.0, 1.0]
    """
    shares = np.array(polygonal(polygons), dtype=object)
    later, earlier = shapely.STRtree(shares).query(shares, predicate="intersects")
    before = earlier < later
    later, earlier = later[before], earlier[before]
    for at in np.unique(later):
        shares[at] = cut(polygons[at], unite(polygons[earlier[later == at]]))
    return shares
