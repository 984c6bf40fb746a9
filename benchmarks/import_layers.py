"""Time the import of real layers against pyogrio reading them and writing a GeoPackage.

Run from the repository root, beside the public data: ``python benchmarks/import_layers.py``.
Prints, for each layer, seconds of pyogrio, of reading and preparing (validity, repair, areas,
places, duplicates, identities), of the whole import into a register, and the two ratios; then the
peak memory of the process.
"""

from __future__ import annotations

import os
import resource
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from pyogrio import raw

from landrelease.exchange import load_mapping, prepare, read_source
from landrelease.services.keeping import init
from landrelease.services.layers import ImportCall, take_in

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("LANDRELEASE_SHARED", ROOT.parent / "shared")) / "data"
ROUNDS = 3


def seconds(work: Callable[[], object]) -> float:
    """Best of some rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def peer(files: Sequence[Path], folder: Path) -> None:
    """What GDAL needs to read the files and write them as layers of one GeoPackage."""
    target = folder / "peer.gpkg"
    target.unlink(missing_ok=True)
    for path in files:
        meta, _, shapes, values = raw.read(str(path))
        kind = "Unknown" if "Polygon" in str(meta["geometry_type"]) else meta["geometry_type"]
        raw.write(
            str(target), shapes, values, meta["fields"], layer=path.stem, crs="EPSG:4326",
            geometry_type=kind,
        )  # fmt: skip


def prepared(files: Sequence[Path], mapping: Path) -> None:
    """Read and prepare, without a register."""
    rules = load_mapping(mapping)
    for path in files:
        prepare(*read_source(path, rules))


def imported(files: Sequence[Path], mapping: Path, folder: Path) -> None:
    """The whole import, as the command does it, into a new register."""
    register = folder / f"register-{time.monotonic_ns()}.gpkg"
    init(register, country=None, name="benchmark", by="benchmark")
    for path in files:
        take_in(register, ImportCall(path, mapping=mapping), by="benchmark")


def main() -> None:
    """Print the figures."""
    warnings.simplefilter("ignore", RuntimeWarning)
    layers = {
        "bih-mines-suspected": [DATA / "bih-mines/suspect_areas_simplyfied.geojson"],
        "colombia-events": sorted((DATA / "colombia-map-muse-events").glob("*.json")),
    }
    for name, files in layers.items():
        mapping = ROOT / "examples" / f"{name}.yaml"
        with TemporaryDirectory() as folder:
            base = seconds(lambda: peer(files, Path(folder)))  # noqa: B023
            ready = seconds(lambda: prepared(files, mapping))  # noqa: B023
            whole = seconds(lambda: imported(files, mapping, Path(folder)))  # noqa: B023
        print(
            f"{name}: pyogrio {base:.2f} s, prepare {ready:.2f} s ({ready / base:.1f}x), "
            f"import {whole:.2f} s ({whole / base:.1f}x)"
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MB")


if __name__ == "__main__":
    main()
