"""How the ledger bears a million entries: append, size, state on a date, verify, rebuild, memory.

The register is that of a country: a tenth of the entries are versions of hazardous areas, a
twentieth land release products, the rest devices, accidents and progress reports. The peer is one
DuckDB query over the exported ledger, which gives the same state without derived tables; it needs
``duckdb``, which nothing else here uses.

    python benchmarks/ledger.py --entries 1000000
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import orjson

from landrelease.domain.entries import Draft
from landrelease.register import Register, create_register

AS_OF = "2018-06"
SLICE = 20_000


def drafts(entries: int, chance: random.Random) -> Iterator[Draft]:
    """Made-up entries of a country; the same seed gives the same."""
    areas: list[str] = []
    for number in range(entries):
        share, day = chance.random(), f"{chance.randint(2005, 2025)}-{chance.randint(1, 12):02d}"
        if share < 0.05 or not areas:
            areas.append(f"00000000-0000-4000-8000-{number:012d}")
            body = {"local_id": f"HA-{number}", "hazard_kind": "SHA", "geometry": polygon(chance)}
            yield Draft("hazardous_area", "hazardous_area.reported", body, areas[-1], day)
        elif share < 0.10:
            at = chance.choice(areas)
            body = {
                "local_id": f"HA-{int(at[-12:])}",
                "hazard_kind": "CHA",
                "status": chance.choice(["open", "suspended", "closed"]),
            }
            yield Draft("hazardous_area", "hazardous_area.amended", body, at, day)
        elif share < 0.15:
            body = {"area": chance.choice(areas), "method": "cleared", "geometry": polygon(chance)}
            yield Draft("land_release_product", "land.released", body, None, day)
        elif share < 0.55:
            body = {
                "category": "anti_personnel_mine",
                "area": chance.choice(areas),
                "depth_m": 0.1,
                "geometry": point(chance),
            }
            yield Draft("device", "record.added", body, None, day)
        elif share < 0.75:
            yield Draft(
                "accident",
                "accident.recorded",
                {"geometry": point(chance), "killed": 1, "district": "Askel"},
                None,
                day,
            )
        else:
            yield Draft(
                "progress_report",
                "record.added",
                {"activity": "AC-1", "area_m2": 120.0, "period_start": day},
                None,
                day,
            )


def point(chance: random.Random) -> dict[str, object]:
    """A place in the country."""
    return {"type": "Point", "coordinates": [chance.uniform(16, 19), chance.uniform(43, 45)]}


def polygon(chance: random.Random) -> dict[str, object]:
    """A quadrangle of some hectares."""
    x, y = chance.uniform(16, 19), chance.uniform(43, 45)
    wide, high = chance.uniform(0.001, 0.005), chance.uniform(0.001, 0.005)
    ring = [[x, y], [x + wide, y], [x + wide, y + high], [x, y + high], [x, y]]
    return {"type": "Polygon", "coordinates": [ring]}


def timed(what: str, act: Callable[[], Any]) -> tuple[Any, float]:
    """Run; print and return how long it took."""
    start, start_cpu = time.perf_counter(), time.process_time()
    found = act()
    seconds, cpu = time.perf_counter() - start, time.process_time() - start_cpu
    print(
        f"{what:<34}{seconds:>9.2f} s, {cpu:>8.2f} s of processor, peak {peak_mb():>6.0f} MB",
        flush=True,
    )
    return found, seconds


def peak_mb() -> float:
    """Peak memory of this process in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def fill(register: Register, entries: int) -> None:
    """Append in transactions of a usual import's size."""
    made = drafts(entries, random.Random(1))
    for start in range(0, entries, SLICE):
        with register.write("Benchmark") as writer:
            writer.append([next(made) for _ in range(min(SLICE, entries - start))])


def command(path: Path) -> float:
    """Print and return how long ``landrelease areas`` takes, start of Python and all."""
    words = ["areas", "-r", str(path), "--as-of", AS_OF, "--json"]
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-m", "landrelease", *words], check=True, stdout=subprocess.DEVNULL
    )
    seconds, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{'areas, the whole command':<34}{seconds:>9.2f} s, {cpu:>8.2f} s of processor")
    return seconds


def export(register: Register, target: Path) -> None:
    """Write the ledger as lines of JSON, as far as the peer needs it."""
    names = ("record_id", "kind", "occurred_on", "recorded_at", "entry_id")
    with target.open("wb") as lines:
        for entry in register.entries():
            row = {name: getattr(entry, name) for name in names}
            lines.write(orjson.dumps(row | {"body": orjson.Fragment(entry.body)}) + b"\n")


def peer(exported: Path) -> tuple[dict[str, tuple[str, str]], float, float]:
    """The areas at the date by one DuckDB query: over the exported file, and once it is loaded.

    Returns
    -------
    tuple
        Record id → hazard kind and status; seconds of both ways.
    """
    import duckdb

    duck = duckdb.connect()
    duck.execute("SET threads = 2")
    columns = "{record_id: 'VARCHAR', kind: 'VARCHAR', occurred_on: 'VARCHAR', recorded_at:"
    columns += " 'VARCHAR', entry_id: 'VARCHAR', body: 'JSON'}"
    lines = f"read_json('{exported}', format = 'newline_delimited', columns = {columns})"
    start = time.perf_counter()
    found = duck.execute(_STATES.format(ledger=lines)).fetchall()
    from_file = time.perf_counter() - start
    duck.execute(f"CREATE TABLE ledger AS SELECT * FROM {lines}")
    start = time.perf_counter()
    duck.execute(_STATES.format(ledger="ledger")).fetchall()
    return {row[0]: row[1:] for row in found}, from_file, time.perf_counter() - start


# every date of the benchmark is a month: its first day counts, or its last where it ends
_STATES = f"""
    WITH version AS (
      SELECT *, occurred_on || '-01' AS first_day,
        body ->> 'status' IN ('closed', 'handed_over') AS ends
      FROM {{ledger}} WHERE kind = 'hazardous_area'),
    counting AS (
      SELECT *, CASE WHEN ends THEN last_day(first_day::DATE) ELSE first_day::DATE END AS day
      FROM version)
    SELECT record_id, body ->> 'hazard_kind', coalesce(body ->> 'status', 'open')
    FROM counting WHERE day <= last_day(DATE '{AS_OF}-01')
    QUALIFY row_number() OVER (
      PARTITION BY record_id ORDER BY day DESC, recorded_at DESC, entry_id DESC) = 1"""


def against_peer(register: Register, folder: Path) -> None:
    """Print the same state by DuckDB, in a process of its own, and by the register, in turn."""
    exported = folder / "ledger.jsonl"
    timed("export for the peer", lambda: export(register, exported))
    with ProcessPoolExecutor(1, get_context("spawn")) as apart:
        found, from_file, loaded = apart.submit(peer, exported).result()
    areas, own = timed(f"areas as of {AS_OF}", lambda: register.areas(AS_OF))
    assert found == {area.record_id: (area.hazard_kind, area.status) for area in areas}
    print(f"{'peer: DuckDB over the file':<34}{from_file:>9.2f} s, register {own / from_file:.1f}x")
    print(f"{'peer: DuckDB, ledger loaded':<34}{loaded:>9.2f} s, register {own / loaded:.1f}x")
    print("the peer tells the states only; the register also measures outline and remainder")
    exported.unlink()


def main() -> None:
    """Print the figures."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--entries", type=int, default=100_000)
    entries = arguments.parse_args().entries
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.gpkg"
        with create_register(path, name="Benchmark", author="Benchmark") as register:
            _, seconds = timed(f"append {entries} entries", lambda: fill(register, entries))
            size = path.stat().st_size / entries
            print(f"{entries / seconds:.0f} entries a second, {size:.0f} bytes an entry")
            command(path)
            against_peer(register, Path(folder))
            timed("areas now", register.areas)
            ids = [f"00000000-0000-4000-8000-{n:012d}" for n in range(10_000)]
            timed("contents of 10000 records", lambda: register.contents(ids))
            found, _ = timed("verify", register.verify)
            assert found.ok
            timed("rebuild", register.rebuild)


if __name__ == "__main__":
    main()
