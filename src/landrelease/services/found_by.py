"""By which method of land release devices were found: by the work, or by the land it released."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import shapely

from landrelease.domain.dates import PartialDate
from landrelease.domain.product_rules import usual_method
from landrelease.register import Record, Register
from landrelease.services.shapes import shape_of


class FoundBy:
    """Tells the method by which a device was found, as far as the records say it.

    Parameters
    ----------
    products : sequence of Record
        Those that release land; each with its date.
    activities, areas : iterable of Record
        What devices and products may name, by record id or by a local id that one alone has.
    """

    def __init__(
        self, products: Sequence[Record], activities: Iterable[Record], areas: Iterable[Record]
    ) -> None:
        self._works = _named(activities)
        self._areas = _named(areas)
        self._by_work = _by(products, "activity", self._works)
        self._by_area = _by(products, "area", self._areas)

    @classmethod
    def of(
        cls, register: Register, products: Sequence[Record], as_of: str | None, known_at: str | None
    ) -> FoundBy:
        """Look up what stands in a register at the dates asked for."""
        works, areas = (
            register.records(kind, as_of=as_of, known_at=known_at)
            for kind in ("activity", "hazardous_area")
        )
        return cls(products, works, areas)

    def method(self, device: Record) -> str | None:
        """Return cancelled, reduced or cleared; None where no record says it.

        A device belongs to the activity that it names: to the product of it that holds the
        device's position, else to its only method, else to the method usual for such work. One
        that names its area alone belongs to the product there, not older than the find, that holds
        its position.
        """
        work = self._works.get(str(device.body.get("activity")))
        if work is None:
            area = self._areas.get(str(device.body.get("area")))
            near = self._by_area.get(area.record_id, []) if area else []
            return _only(p for p in _holding(near, device) if not _older(p, device))
        made = self._by_work.get(work.record_id, [])
        return (
            _only(_holding(made, device)) or _only(made) or usual_method(work.body["activity_type"])
        )


def _named(records: Iterable[Record]) -> Mapping[str, Record]:
    """Records by what a link may call them; a local id that two share names neither."""
    found = list(records)
    shared = Counter(one.local_id for one in found)
    by_name = {name: one for one in found for name in one.former_ids}
    by_name |= {str(one.local_id): one for one in found if shared[one.local_id] == 1}
    return by_name | {one.record_id: one for one in found}


def _by(
    products: Iterable[Record], link: str, targets: Mapping[str, Record]
) -> Mapping[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for product in products:
        if target := targets.get(str(product.body.get(link))):
            found.setdefault(target.record_id, []).append(product)
    return found


def _only(products: Iterable[Record]) -> str | None:
    """The method of products that all have the same."""
    methods = {str(product.body["method"]) for product in products}
    return methods.pop() if len(methods) == 1 else None


def _holding(products: Sequence[Record], device: Record) -> list[Record]:
    point = shape_of(device)
    shapes = ((product, shape_of(product)) for product in products) if point else ()
    return [product for product, shape in shapes if shape and shapely.intersects(shape, point)]


def _older(product: Record, device: Record) -> bool:
    """Whether a product was finished before the device was found: it did not find it."""
    if not (product.occurred_on and device.occurred_on):
        return False
    done, found = PartialDate.parse(product.occurred_on), PartialDate.parse(device.occurred_on)
    return done.last < found.first
