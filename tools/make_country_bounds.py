"""Make the table of the bounds of countries, by which an import finds slips of coordinates.

Run from the repository root, with pycountry installed and the folder of the npm package
world-atlas unpacked: ``python tools/make_country_bounds.py node_modules/world-atlas``. The atlas
is the version that package-lock.json pins; its countries are those of Natural Earth 1:50m.
"""

from __future__ import annotations

import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pycountry
import yaml

OUT = Path(__file__).parent.parent / "src/landrelease/terms/country_bounds.yaml"
MARGIN_DEGREES = 0.5
#: A country without a wider gap between its vertices lies around a pole.
NO_GAP_DEGREES = 3.0
#: What the atlas shows without an ISO number, by its name there.
WITHOUT_NUMBER = {"Kosovo": "XKX", "N. Cyprus": "CYP", "Somaliland": "SOM"}
#: Longitude and latitude of corners of ground that the atlas leaves out: islands too small for its
#: scale (San Andrés and Providencia, Tuvalu), and what it draws with another state than the General
#: Assembly of the United Nations counts it to (resolution 68/262 on Crimea).
ALSO = {
    "COL": [(-81.8, 12.4), (-81.3, 13.5)],
    "TUV": [(176.0, -10.8), (179.9, -5.6)],
    "UKR": [(32.4, 44.3), (36.7, 46.3)],
}
HEAD = """\
# Bounds of countries in degrees: west, south, east, north, with a margin of half a degree. West
# lies beyond east where a country spans the 180th meridian. They find slips of coordinates, and
# settle no border.
"""
SOURCE = (
    "Natural Earth 1:50m admin-0 countries (public domain, naturalearthdata.com), as in the npm "
    "package world-atlas 2.0.2; made by tools/make_country_bounds.py"
)


def corners(atlas: dict[str, Any]) -> dict[str, list[tuple[float, float]]]:
    """Return every vertex of each country, by ISO 3166-1 alpha-3 code."""
    arcs = [list(positions(arc, atlas["transform"])) for arc in atlas["arcs"]]
    found: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for country in atlas["objects"]["countries"]["geometries"]:
        code = code_of(country)
        if code is not None:
            for number in flat(country.get("arcs", [])):
                found[code] += arcs[number if number >= 0 else ~number]
    for code, more in ALSO.items():
        found[code] += more
    return dict(found)


def code_of(country: dict[str, Any]) -> str | None:
    """Return a country's code, None where it has none."""
    known = pycountry.countries.get(numeric=str(country.get("id", "")))
    return known.alpha_3 if known else WITHOUT_NUMBER.get(country["properties"]["name"])


def positions(arc: list[list[int]], transform: dict[str, Any]) -> Iterator[tuple[float, float]]:
    """Yield the positions of an arc in degrees."""
    (scale_x, scale_y), (shift_x, shift_y) = transform["scale"], transform["translate"]
    x = y = 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        yield x * scale_x + shift_x, y * scale_y + shift_y


def flat(numbers: Any) -> Iterator[int]:
    """Yield the numbers of arcs of rings of polygons."""
    if isinstance(numbers, int):
        yield numbers
    else:
        for one in numbers:
            yield from flat(one)


def bounds(vertices: list[tuple[float, float]]) -> list[float]:
    """Return the narrowest box around a country, on whichever side of the earth it lies."""
    longitudes = sorted({round(x, 3) for x, _ in vertices})
    turned = [*longitudes[1:], longitudes[0] + 360]
    gaps = [after - before for before, after in zip(longitudes, turned, strict=True)]
    widest = gaps.index(max(gaps))
    west, east = turned[widest] % 360, longitudes[widest] % 360
    south, north = min(y for _, y in vertices), max(y for _, y in vertices)
    low = outward(max(-90.0, south - MARGIN_DEGREES), math.floor)
    high = outward(min(90.0, north + MARGIN_DEGREES), math.ceil)
    if max(gaps) <= NO_GAP_DEGREES:
        return [-180.0, low, 180.0, high]
    return [
        outward(signed(west - MARGIN_DEGREES), math.floor),
        low,
        outward(signed(east + MARGIN_DEGREES), math.ceil),
        high,
    ]


def signed(longitude: float) -> float:
    """Return a longitude between -180 and 180."""
    return (longitude + 180) % 360 - 180


def outward(degrees: float, way: Any) -> float:
    """Round to a tenth of a degree, away from the country."""
    return float(way(round(degrees * 10, 6)) / 10)


def main() -> None:
    """Write the table."""
    atlas = json.loads((Path(sys.argv[1]) / "countries-50m.json").read_text("utf-8"))
    lines = [f"  {code}: {bounds(vertices)}" for code, vertices in sorted(corners(atlas).items())]
    source = yaml.safe_dump({"source": SOURCE, "edition": "2.0.2", "evidence": "published"})
    OUT.write_text(HEAD + source + "bounds:\n" + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
