"""Make the layers of the demonstration's fictional country, the same every time.

Run from the repository root: ``python tools/make_demo_data.py``. Halvora lies in open ocean, so
that no real land is touched; what happens there stands in ``demo_facts.yaml``. Every hazardous
area is a strip between stations, and its release products are runs of stations of that strip, so
they share its vertices and square metres add up.
"""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import shapely
import yaml
from shapely.geometry import MultiPolygon, Point, Polygon, mapping

HERE = Path(__file__).parent
OUT = HERE.parent / "src/landrelease/services/demo_data/layers"
FACTS: dict[str, Any] = yaml.safe_load((HERE / "demo_facts.yaml").read_text(encoding="utf-8"))
SEED = 20090412
AREAS, STATIONS, FINDS = 38, 6, 60
M_PER_DEGREE = 111_320.0
WORK = {"cancelled": "non_technical_survey", "reduced": "technical_survey", "cleared": "clearance"}
WEEKS = {"non_technical_survey": 2, "technical_survey": 6, "clearance": 16}

Fields = dict[str, object]
Feature = tuple[object, Fields]
Coordinates = tuple[tuple[float, float], ...]
Districts = list[tuple[Fields, Polygon]]


@dataclass(frozen=True)
class Strip:
    """A strip of land: two chains of vertices that face each other, station by station."""

    left: Coordinates
    right: Coordinates

    def part(self, start: int, end: int) -> Polygon:
        """The land between two stations."""
        return Polygon([*self.left[start : end + 1], *self.right[start : end + 1][::-1]])

    @property
    def whole(self) -> Polygon:
        """All of it."""
        return self.part(0, STATIONS)


@dataclass(frozen=True)
class Area:
    """A hazardous area of the demonstration."""

    number: int
    strips: tuple[Strip, ...]
    reported_on: str
    district: str
    fields: Fields = field(default_factory=dict)

    @property
    def local_id(self) -> str:
        """As people name it."""
        return f"HA-{self.number:03d}"

    @property
    def hazard_kind(self) -> str:
        """Every third area was confirmed from the start."""
        return "SHA" if self.number % 3 else "CHA"

    @property
    def outline(self) -> Polygon | MultiPolygon:
        """As first reported."""
        return joined([strip.whole for strip in self.strips])


def main(out: Path = OUT) -> None:
    """Write every layer into a folder."""
    generator = np.random.default_rng(SEED)
    districts = make_districts(generator)
    areas = make_areas(generator, districts)
    products, activities = make_releases(areas)
    accidents, victims = make_accidents(generator, areas, districts)
    out.mkdir(parents=True, exist_ok=True)
    layers: dict[str, Sequence[Feature]] = {
        "districts": [(shape, fields) for fields, shape in districts],
        "hazardous_areas": [*map(area_feature, areas), *map(stated_feature, FACTS["stated"])],
        "land_release": products,
        "resurveys": [resurvey(areas)],
        "update_2025": bad_rows(areas, generator),
        **changes(areas),
    }
    for name, features in layers.items():
        write_layer(out / f"{name}.geojson", features)
    write_table(out / "accidents.csv", accidents)
    write_table(out / "victims.csv", victims)
    write_table(out / "activities.csv", activities)
    write_table(out / "devices.csv", make_devices(generator, areas, products, activities))


def make_districts(generator: np.random.Generator) -> Districts:
    """Cut a wavy island into one cell per seed."""
    turns = np.linspace(0, 2 * math.pi, 90, endpoint=False)
    waves = sum(
        generator.uniform(0.02, 0.07) * np.sin(k * turns + generator.uniform(0, 6.28))
        for k in range(2, 9)
    )
    longitude, latitude = FACTS["centre"]
    shore = np.column_stack(
        [
            longitude + 0.27 * (1 + waves) * np.cos(turns),
            latitude + 0.21 * (1 + waves) * np.sin(turns),
        ]
    )
    island = shapely.set_precision(Polygon(shore), 1e-5)
    seeds = {name: Point(seed) for name, seed in FACTS["districts"].items()}
    cells = shapely.voronoi_polygons(
        shapely.MultiPoint(list(seeds.values())), extend_to=island.buffer(1)
    )
    made = []
    for number, (name, seed) in enumerate(seeds.items(), start=1):
        cell = next(cell for cell in cells.geoms if cell.contains(seed))
        cell = shapely.set_precision(cell, 1e-5)
        code = f"{FACTS['country']}{number:02d}"
        fields = {"pcode": code, "name": name, "level": 1, "country": FACTS["country"]}
        made.append((fields, shapely.intersection(island, cell, grid_size=1e-5)))
    return made


def district_at(districts: Districts, place: Point) -> str:
    """Name of the district that holds a place."""
    return next((str(fields["name"]) for fields, shape in districts if shape.contains(place)), "")


def joined(parts: Sequence[Polygon]) -> Polygon | MultiPolygon:
    """One polygon, or one of several parts."""
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def make_strip(
    generator: np.random.Generator, at: tuple[float, float], size: tuple[float, float]
) -> Strip:
    """A bent strip with rough edges: its middle in degrees, its length and width in metres."""
    (longitude, latitude), (long_m, wide_m) = at, size
    turn = generator.uniform(-0.5, 0.9)
    squeeze = math.cos(math.radians(latitude))
    sides: tuple[list[tuple[float, float]], ...] = ([], [])
    for station in range(STATIONS + 1):
        along = (station / STATIONS - 0.5) * long_m
        bend = 0.12 * long_m * math.sin(station / STATIONS * math.pi)
        for chain, side in zip(sides, (1, -1), strict=True):
            across = bend + side * wide_m / 2 * generator.uniform(0.7, 1.25)
            x = along * math.cos(turn) - across * math.sin(turn)
            y = along * math.sin(turn) + across * math.cos(turn)
            east = longitude + x / M_PER_DEGREE / squeeze
            chain.append((round(east, 7), round(latitude + y / M_PER_DEGREE, 7)))
    return Strip(tuple(sides[0]), tuple(sides[1]))


def make_areas(generator: np.random.Generator, districts: Districts) -> list[Area]:
    """Areas along a former front line, reported over fourteen years."""
    return [make_area(generator, districts, number) for number in range(1, AREAS + 1)]


def make_area(generator: np.random.Generator, districts: Districts, number: int) -> Area:
    """One area; some have two parts, and some dates are known to the month only."""
    along = generator.uniform(0, 1)
    longitude = -29.37 + 0.34 * along + generator.normal(0, 0.01)
    latitude = 31.12 - 0.21 * along + 0.03 * math.sin(7 * along) + generator.normal(0, 0.012)
    long_m, wide_m = generator.uniform(250, 1100), generator.uniform(40, 190)
    first = make_strip(generator, (longitude, latitude), (long_m, wide_m))
    beside = (longitude + 0.015, latitude - 0.01)
    second = make_strip(generator, beside, (long_m / 2, wide_m / 2))
    day = str(date(2009, 3, 1) + timedelta(days=number * 135 + int(generator.integers(0, 90))))
    use = FACTS["land_uses"][number % len(FACTS["land_uses"])]
    shares = list(FACTS["ordnance"].values())
    fields: Fields = {
        "place": f"{use.capitalize()}, sector {number}",
        "ordnance": list(FACTS["ordnance"])[int(generator.choice(len(shares), p=shares))],
        "evidence": "verbal_report;unused_land" if number % 3 else "ordnance_seen;crater",
        "marked": "yes" if number % 4 else "no",
        "land_use": use,
        "people_affected": int(generator.integers(4, 90) * 10),
    }
    return Area(
        number=number,
        strips=(first, second) if number in FACTS["two_parts"] else (first,),
        reported_on=day if number % 5 else day[:7],
        district=district_at(districts, first.whole.centroid),
        fields=fields,
    )


def area_feature(area: Area) -> Feature:
    """An area as a map feature."""
    head = {"area_no": area.local_id, "kind": area.hazard_kind, "status": "open"}
    told = {"date": area.reported_on, "district": area.district, **area.fields}
    return area.outline, {**head, **told, "stated_m2": None}


def stated_feature(said: Fields) -> Feature:
    """A hazard without a polygon."""
    head = {"area_no": said["area_no"], "kind": "SHA", "status": "open"}
    unknown = {"ordnance": "unknown", "evidence": "verbal_report", "marked": "no"}
    return None, {**head, **said, **unknown}


def make_releases(areas: Sequence[Area]) -> tuple[list[Feature], list[Fields]]:
    """Release products, and the activity that yielded each; some activities are still at work."""
    products: list[Feature] = []
    activities: list[Fields] = []
    for number, releases in FACTS["releases"].items():
        for method, start, end, day in releases:
            serial, area = len(products) + 1, areas[number - 1]
            strips = area.strips if (start, end) == (0, STATIONS) else area.strips[:1]
            fields = {
                "product_no": f"LR-{serial:03d}",
                "area_no": area.local_id,
                "method": method,
                "date": day,
                "depth_m": (0.2 if number % 2 else 0.13) if method == "cleared" else None,
                "depth_from": "ground_surface" if method == "cleared" else None,
                "activity_no": f"AC-{serial:03d}",
                "operator": operator_of(area),
                "district": area.district,
            }
            products.append((joined([strip.part(start, end) for strip in strips]), fields))
            activities.append(done_activity(serial, WORK[method], area, day))
    for number, kind in FACTS["ongoing"].items():
        area = areas[number - 1]
        activities.append(activity(len(activities) + 1, kind, area) | {"started": "2025-10-06"})
    return products, activities


def operator_of(area: Area) -> str:
    """Two operators share the country."""
    return "OP-2" if area.number % 2 else "OP-1"


def activity(serial: int, kind: str, area: Area) -> Fields:
    """An activity still at work."""
    return {
        "activity_no": f"AC-{serial:03d}",
        "type": kind,
        "status": "ongoing",
        "area_no": area.local_id,
        "operator": operator_of(area),
        "started": "",
        "ended": "",
        "district": area.district,
    }


def done_activity(serial: int, kind: str, area: Area, day: str) -> Fields:
    """A completed activity, begun some weeks before its product where the day is known."""
    known = len(day) == len("2025-01-01")
    began = str(date.fromisoformat(day) - timedelta(weeks=WEEKS[kind])) if known else day
    return activity(serial, kind, area) | {"status": "completed", "started": began, "ended": day}


def resurvey(areas: Sequence[Area]) -> Feature:
    """One area was found to reach farther: its outline is drawn anew, wider on one side."""
    facts = FACTS["resurvey"]
    area = areas[facts["area"] - 1]
    wider = facts["wider_m"] / M_PER_DEGREE
    strip = area.strips[0]
    strip = replace(strip, left=tuple((x, round(y + wider, 7)) for x, y in strip.left))
    return strip.whole, {
        "resurvey_no": "RS-001",
        "area_no": area.local_id,
        "date": facts["date"],
    }


def changes(areas: Sequence[Area]) -> dict[str, list[Feature]]:
    """Later states of areas, a layer for each kind of change."""
    return {
        name: [
            (shape, {**fields, "date": day, **change["set"]})
            for number, day in change["dates"].items()
            for shape, fields in [area_feature(areas[number - 1])]
        ]
        for name, change in FACTS["changes"].items()
    }


def bad_rows(areas: Sequence[Area], generator: np.random.Generator) -> list[Feature]:
    """A late update with the faults that real layers have, beside good rows."""
    strips = [make_strip(generator, (-29.27 + 0.012 * n, 31.01), (420, 90)) for n in range(7)]
    ring = list(strips[1].whole.exterior.coords)
    ring[2], ring[5] = ring[5], ring[2]
    swapped = Polygon([(y, x) for x, y in strips[2].whole.exterior.coords])
    like = area_feature(areas[1])[1] | {
        "date": "2025-04-11",
        "district": "Dunwick",
        "place": "Reported by a village council",
    }
    rows: tuple[tuple[int, object, Fields], ...] = (
        (41, strips[0].whole, {}),
        (42, Polygon(ring), {"place": "Drawn by hand, the line crosses itself"}),
        (43, swapped, {"place": "Latitude and longitude exchanged"}),
        (44, None, {"place": None, "district": None}),
        (45, strips[3].whole, {"date": "2025-02-30"}),
        (46, strips[4].whole, {"stated_m2": "37 500"}),
        (47, strips[5].whole, {}),
        (47, strips[5].whole, {}),
        (48, strips[6].whole, {"kind": "certain"}),
    )
    return [(shape, like | {"area_no": f"HA-{n:03d}"} | wrong) for n, shape, wrong in rows]


def make_accidents(
    generator: np.random.Generator, areas: Sequence[Area], districts: Districts
) -> tuple[list[Fields], list[Fields]]:
    """Accidents beside or inside areas, and the people in them as groups, without names."""
    accidents: list[Fields] = []
    victims: list[Fields] = []
    for number, day in enumerate(FACTS["accidents"], start=1):
        place = accident_place(areas, number)
        unplaced = number == FACTS["accident_without_position"]
        killed, injured = int(generator.integers(0, 2)), int(generator.integers(0, 3))
        injured = injured or (1 - killed)
        accidents.append(
            {
                "accident_no": f"AX-{number:03d}",
                "date": day,
                "longitude": "" if unplaced else round(place.x, 5),
                "latitude": "" if unplaced else round(place.y, 5),
                "district": district_at(districts, place),
                "place": "On the ridge path, exact place not known" if unplaced else "",
                "setting": "demining" if number in FACTS["demining_accidents"] else "mine",
                "category": "anti_personnel_mine" if number % 4 else "unexploded_ordnance",
                "killed": killed,
                "injured": injured,
            }
        )
        for outcome in ["killed"] * killed + ["injured"] * injured:
            victims.append(victim(generator, len(victims) + 1, number, outcome))
    return accidents, victims


def accident_place(areas: Sequence[Area], number: int) -> Point:
    """Beside an area, in its last part, or on the land that had been released."""
    if number == FACTS["accident_on_released_land"]:
        return areas[2].strips[0].part(2, 4).centroid
    strip = areas[(number * 7) % AREAS].strips[0]
    if number % 3 == 0:
        return strip.part(STATIONS - 1, STATIONS).centroid
    longitude, latitude = strip.left[3]
    return Point(longitude, latitude + 60 / M_PER_DEGREE)


def victim(generator: np.random.Generator, serial: int, accident: int, outcome: str) -> Fields:
    """One person as outcome, group and activity: never a name."""
    groups = ("man", "woman", "boy", "girl", "unknown")
    group = groups[int(generator.choice(5, p=[0.35, 0.2, 0.15, 0.2, 0.1]))]
    doing = ("farming", "herding", "collecting", "travelling")[int(generator.integers(0, 4))]
    at_work = accident in FACTS["demining_accidents"]
    return {
        "victim_no": f"VI-{serial:03d}",
        "accident_no": f"AX-{accident:03d}",
        "outcome": outcome,
        "group": "man" if at_work else group,
        "activity": "demining" if at_work else doing,
        "civilian": "no" if at_work else "yes",
    }


def make_devices(
    generator: np.random.Generator,
    areas: Sequence[Area],
    products: Sequence[Feature],
    activities: Sequence[Fields],
) -> list[Fields]:
    """Finds of completed technical survey and clearance, on the land that each released."""
    released = {fields["activity_no"]: shape for shape, fields in products}
    digging = [a for a in activities if a["type"] != "non_technical_survey" and a["ended"]]
    categories = ("anti_personnel_mine", "anti_vehicle_mine", "unexploded_ordnance")
    devices: list[Fields] = []
    for serial in range(1, FINDS + 1):
        found_by = digging[int(generator.integers(0, len(digging)))]
        area = areas[int(str(found_by["area_no"])[3:]) - 1]
        parts = parts_within(area.strips[0], released[found_by["activity_no"]])
        part = parts[int(generator.integers(0, STATIONS)) % len(parts)]
        place = somewhere_in(generator, part)
        devices.append(
            {
                "device_no": f"DV-{serial:03d}",
                "date": found_by["ended"],
                "longitude": round(place.x, 6),
                "latitude": round(place.y, 6),
                "category": categories[int(generator.choice(3, p=[0.6, 0.08, 0.32]))],
                "count": int(generator.integers(1, 4)),
                "depth_m": round(float(generator.uniform(0, 0.15)), 2),
                "disposal": "destroyed_in_place" if serial % 5 else "removed_destroyed",
                **{key: found_by[key] for key in ("area_no", "activity_no", "district")},
            }
        )
    return devices


def parts_within(strip: Strip, ground: Polygon) -> list[Polygon]:
    """Cut a strip at its stations; return the parts that lie in some ground."""
    parts = [strip.part(station, station + 1) for station in range(STATIONS)]
    return [part for part in parts if ground.contains(part.centroid)]


def somewhere_in(generator: np.random.Generator, part: Polygon) -> Point:
    """A random mean of a polygon's corners."""
    corners = np.array(part.exterior.coords[:-1])
    return Point(generator.dirichlet(np.ones(len(corners))) @ corners)


def write_layer(path: Path, features: Sequence[Feature]) -> None:
    """Write a GeoJSON layer, one feature a line."""
    lines = ",\n".join(
        json.dumps(
            {"type": "Feature", "properties": fields, "geometry": shape and mapping(shape)},
            separators=(",", ":"),
            ensure_ascii=False,
        )
        for shape, fields in features
    )
    head = f'{{"type":"FeatureCollection","name":"{path.stem}","features":[\n'
    path.write_text(f"{head}{lines}\n]}}\n", encoding="utf-8")


def write_table(path: Path, rows: Sequence[Fields]) -> None:
    """Write a CSV table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
