"""Import of a national layer against pyogrio reading it and writing it to a GeoPackage.

    python benchmarks/import_layer.py FILE.geojson [--kind hazardous_area] [--set hazard_kind=SHA]

Both do their work in processes of their own, three times; the best of each counts. The import
reads, checks, mends, measures and hashes every row, and writes ledger, layers and indexes; the
peer copies features. Printed: seconds, the ratio, and each one's peak memory.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

_OURS = """
import json, sys, time
from pathlib import Path
import pyogrio, scipy, shapely
from landrelease.services import keeping, layers
import landrelease.exchange
folder, file, kind, fields = sys.argv[1:]
register = Path(folder) / "r.gpkg"
keeping.init(register, country=None, name="benchmark", by="benchmark")
call = layers.ImportCall(file=Path(file), kind=kind, set_fields=json.loads(fields))
began = time.perf_counter()
result = layers.take_in(register, call, by="benchmark")
print(json.dumps({"seconds": time.perf_counter() - began, "rows": result["read"]}))
"""

_PEER = """
import json, sys, time
from pathlib import Path
import pyogrio
folder, file = sys.argv[1:]
began = time.perf_counter()
meta, _, geometry, fields = pyogrio.raw.read(file)
pyogrio.raw.write(
    Path(folder) / "peer.gpkg", geometry, fields, meta["fields"], crs=meta["crs"],
    geometry_type="Unknown", driver="GPKG",
)
print(json.dumps({"seconds": time.perf_counter() - began, "rows": len(geometry)}))
"""


def best_of(code: str, *words: str, times: int = 3) -> dict[str, float]:
    """The quickest of some runs, each in a process and folder of its own."""
    found = []
    for _ in range(times):
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-c", code, folder, *words]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
        found.append(json.loads(done.stdout))
    best: dict[str, float] = min(found, key=lambda run: run["seconds"])
    return best


def peak_mb() -> float:
    """Highest memory of any child so far, MiB."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main() -> None:
    """Measure both and print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--kind", default="hazardous_area")
    parser.add_argument("--set", action="append", default=[], metavar="FIELD=VALUE")
    args = parser.parse_args()
    fields = json.dumps(dict(pair.split("=", 1) for pair in args.set))
    peer = best_of(_PEER, str(args.file))
    peer_mb = peak_mb()
    ours = best_of(_OURS, str(args.file), args.kind, fields)
    print(f"rows                {ours['rows']:>10,}")
    print(f"pyogrio read+write  {peer['seconds']:>10.2f} s   peak {peer_mb:,.0f} MiB")
    print(f"landrelease import  {ours['seconds']:>10.2f} s   peak {peak_mb():,.0f} MiB")
    print(f"ratio               {ours['seconds'] / peer['seconds']:>10.1f}")


if __name__ == "__main__":
    main()
