"""Signs and releases that copies of a register wrote apart, and that meet by a merge.

A pair is asked about as it was written, whatever a copy changed of either since: ended or opened
the area, moved or voided the release. So the same pairs are found in whatever order copies come.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

import shapely

from landrelease.domain.actions import ENDED
from landrelease.domain.known import lookup, names_of
from landrelease.domain.workflow import waits
from landrelease.register import Register
from landrelease.register.parted import Parted, Version
from landrelease.register.shapes import from_geojson
from landrelease.services.on_released import RELEASES, SIGNS, Pair

_Met = tuple[Version, Version]


def met(register: Register) -> list[Pair]:
    """Return signs, each with a release that did not see it: one on which it lies.

    A sign without a point is on the area that it names, where that was ended.
    """
    parted = register.parted((*SIGNS, *RELEASES))
    versions = _dated(register, parted.versions)
    signs = [one for one in versions if one.record.kind in SIGNS]
    releases = _counting(register, [one for one in versions if one.record.kind in RELEASES])
    found = [*_lying(signs, releases), *_naming(register, signs, releases)]
    pairs = [pair for pair in found if parted.apart(*pair)]
    standing = {
        one.record_id for one in register.some({sign.record.record_id for sign, _ in pairs})
    }
    return [
        (sign.record, release.record)
        for sign, release in _once(parted, pairs)
        if sign.record.record_id in standing
    ]


def _is_placed(version: Version) -> bool:
    return bool(version.record.body.get("geometry"))


def _dated(register: Register, versions: Sequence[Version]) -> list[Version]:
    """The versions with their dates: a correction without a date moves none."""
    undated = [one.record.entry_id for one in versions if one.record.occurred_on is None]
    dates = register.dates_of(undated)
    return [
        one._replace(record=replace(one.record, occurred_on=dates[one.record.entry_id]))
        if one.record.entry_id in dates and one.record.kind != "hazardous_area"
        else one
        for one in versions
    ]


def _counting(register: Register, releases: Sequence[Version]) -> list[Version]:
    """Products, and areas that ended and do not wait for approval of that."""
    ended = [
        one
        for one in releases
        if one.record.kind != "hazardous_area" or one.record.body.get("status") in ENDED
    ]
    states = register.workflow_states([one.record for one in ended])
    return [
        one
        for one in ended
        if one.record.kind != "hazardous_area" or not waits(states.get(one.record.record_id))
    ]


def _naming(
    register: Register, signs: Sequence[Version], releases: Sequence[Version]
) -> Iterator[_Met]:
    ended: defaultdict[str, list[Version]] = defaultdict(list)
    for release in releases:
        if release.record.kind == "hazardous_area":
            ended[release.record.record_id].append(release)
    for sign in signs if ended else ():
        area = lookup(register, "hazardous_area", sign.record.body.get("area"))
        if area is not None and not _is_placed(sign):
            yield from ((sign, release) for release in ended[area.record_id])


def _lying(signs: Sequence[Version], releases: Sequence[Version]) -> list[_Met]:
    signs, releases = ([one for one in some if _is_placed(one)] for some in (signs, releases))
    if not signs or not releases:
        return []
    tree = shapely.STRtree(from_geojson([one.record.body["geometry"] for one in releases]))
    points = from_geojson([one.record.body["geometry"] for one in signs])
    found = sorted(zip(*tree.query(points, predicate="intersects").tolist(), strict=True))
    return [(signs[at], releases[on]) for at, on in found]


def _once(parted: Parted, pairs: Sequence[_Met]) -> Iterator[_Met]:
    """Leave out an ended area where it was ended in view of a product that holds the same sign."""
    products: defaultdict[tuple[str, str], list[Version]] = defaultdict(list)
    for sign, release in pairs:
        if area := release.record.body.get("area"):
            products[sign.record.record_id, area].append(release)
    for sign, release in pairs:
        names = names_of(release.record) if release.record.kind == "hazardous_area" else set()
        held = (one for name in names for one in products[sign.record.record_id, name])
        if not any(parted.saw(release, product) for product in held):
            yield sign, release
