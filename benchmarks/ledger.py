"""How the ledger bears a million entries: append, size, state on a date, verify, rebuild, memory.

The register is that of a country: a tenth of the entries are versions of hazardous areas, a
twentieth land release products, the rest devices, accidents and progress reports. The peer is one
DuckDB query over the exported ledger, which gives the same state without derived tables.

    python benchmarks/ledger.py --entries 1000000
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

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


def timed(what: str, seconds_of: list[tuple[str, float]], act) -> object:
    """Run, note how long it took and print it."""
    start, start_cpu = time.perf_counter(), time.process_time()
    found = act()
    seconds_of.append((what, time.perf_counter() - start))
    cpu = time.process_time() - start_cpu
    print(
        f"{what:<34}{seconds_of[-1][1]:>9.2f} s, {cpu:>8.2f} s of processor,"
        f" peak {peak_mb():>6.0f} MB",
        flush=True,
    )
    return found


def peak_mb() -> float:
    """Peak memory of this process in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def fill(register: Register, entries: int) -> None:
    """Append in transactions of a usual import's size."""
    made = drafts(entries, random.Random(1))
    for start in range(0, entries, SLICE):
        with register.write("Benchmark") as writer:
            writer.append([next(made) for _ in range(min(SLICE, entries - start))])


def peer(register: Register, folder: Path) -> int | None:
    """The entry that stands per area at the date, by one DuckDB query over exported entries."""
    try:
        import duckdb
    except ImportError:
        print("duckdb is not installed: no peer")
        return None
    exported = folder / "ledger.jsonl"
    with exported.open("w", encoding="utf-8") as lines:
        for entry in register.entries():
            row = {
                "record_id": entry.record_id,
                "kind": entry.kind,
                "occurred_on": entry.occurred_on,
                "recorded_at": entry.recorded_at,
                "entry_id": entry.entry_id,
                "body": entry.body,
            }
            lines.write(json.dumps(row) + "\n")
    duck = duckdb.connect()
    duck.execute("SET threads = 2")
    # every date of the benchmark is a month: its first day counts, or its last where it ends
    query = f"""
        WITH version AS (
          SELECT *, occurred_on || '-01' AS first_day,
            kind = 'hazardous_area' AND body::JSON ->> 'status' IN ('closed', 'handed_over') AS ends
          FROM read_json('{exported}', format = 'newline_delimited') WHERE kind = 'hazardous_area'),
        counting AS (
          SELECT *, CASE WHEN ends THEN last_day(first_day::DATE) ELSE first_day::DATE END AS day
          FROM version)
        SELECT count(*) FROM (SELECT row_number() OVER (
          PARTITION BY record_id ORDER BY day DESC, recorded_at DESC, entry_id DESC) AS place
          FROM counting WHERE day <= last_day(DATE '{AS_OF}-01')) WHERE place = 1"""
    start = time.perf_counter()
    found: int = duck.execute(query).fetchone()[0]  # type: ignore[index]
    print(f"{'peer: DuckDB, states only':<34}{time.perf_counter() - start:>9.2f} s")
    return found


def main() -> None:
    """Print the figures."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--entries", type=int, default=100_000)
    entries = arguments.parse_args().entries
    seconds: list[tuple[str, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.gpkg"
        with create_register(path, name="Benchmark", author="Benchmark") as register:
            timed(f"append {entries} entries", seconds, lambda: fill(register, entries))
            rate, size = entries / seconds[-1][1], path.stat().st_size / entries
            print(f"{rate:.0f} entries a second, {size:.0f} bytes an entry")
            areas = timed(f"areas as of {AS_OF}", seconds, lambda: register.areas(AS_OF))
            timed("areas now", seconds, register.areas)
            timed(
                "contents of 10000 records",
                seconds,
                lambda: register.contents(
                    [f"00000000-0000-4000-8000-{n:012d}" for n in range(10_000)]
                ),
            )
            assert timed("verify", seconds, register.verify).ok  # type: ignore[attr-defined]
            timed("rebuild", seconds, register.rebuild)
            counted = peer(register, Path(folder))
            assert counted in (None, len(areas)), (counted, len(areas))  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
