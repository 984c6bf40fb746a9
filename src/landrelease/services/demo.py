"""The demonstration: the whole path on a country that does not exist.

Every step calls the same services as the commands do; walking again adds nothing new.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import yaml

from landrelease.register import open_register
from landrelease.services import (
    documents,
    ingesting,
    judging,
    keeping,
    land,
    layers,
    mending,
    reporting,
    science,
    work,
)
from landrelease.services.files import made_folder
from landrelease.services.reading import Reading

DEMO_USER = "Demo user"
Result = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the walk: what was done, and what to show of it."""

    title: str
    command: str
    lines: Sequence[str] = ()
    columns: tuple[str, ...] = ()
    rows: Sequence[tuple[object, ...]] = ()


@dataclass(frozen=True, slots=True)
class _Walk:
    data: Path
    folder: Path
    register: Path
    script: Mapping[str, Any]


def walk(folder: Path) -> Iterator[Step]:
    """Walk the whole path in a folder; the register is ``halvora.gpkg`` there.

    Yields
    ------
    Step
        After each has been done.
    """
    with as_file(files("landrelease.services") / "demo_data") as data:
        script = yaml.safe_load((data / "demo.yaml").read_text(encoding="utf-8"))
        # the country's own states and organisations, laid over the shipped vocabulary
        os.environ.setdefault("LANDRELEASE_TERMS", str(data / script["terms"]))
        made_folder(folder)
        walk_ = _Walk(data, folder, register_of(folder), script)
        for step in (_begin, _layers, _quarantine, _documents, _judge, _outlook, _land):
            yield step(walk_)
        for step in (_balance, _plan, _report, _verify):
            yield step(walk_)


def register_of(folder: Path) -> Path:
    """Where the demonstration's register stands."""
    return folder / "halvora.gpkg"


def _begin(walk_: _Walk) -> Step:
    country = walk_.script["country"]
    if not walk_.register.exists():
        keeping.init(
            walk_.register,
            country=country["iso3"],
            name=country["name"],
            by=DEMO_USER,
            bbox=tuple(country["bbox"]),
        )
    line = f"{country['name']} is made up; it lies in open ocean, and nobody lives there."
    return Step("A register", f"landrelease init {walk_.register.name} --country XHV", [line])


def _layers(walk_: _Walk) -> Step:
    rows: list[tuple[object, ...]] = []
    for layer in walk_.script["layers"]:
        call = layers.ImportCall(
            file=walk_.data / layer["file"], mapping=walk_.data / layer["mapping"]
        )
        done = layers.take_in(walk_.register, call, by=DEMO_USER)
        counted = ("read", "added", "changed", "unchanged", "repaired", "quarantined")
        rows.append((Path(layer["file"]).name, *(done[name] for name in counted)))
    columns = ("layer", *counted)
    line = "Every row is accounted for: read = accepted + quarantined."
    return Step(
        "Layers and tables", "landrelease import FILE --mapping M.yaml", [line], columns, rows
    )


def _quarantine(walk_: _Walk) -> Step:
    waiting = mending.quarantine(walk_.register)["rows"]
    rows = [(r["layer"], r["row"], r["code"], r["message"]) for r in waiting]
    line = f"{len(rows)} rows wait to be mended; they are kept, and every map says so."
    return Step(
        "Quarantine", "landrelease quarantine", [line], ("layer", "row", "code", "why"), rows
    )


def _documents(walk_: _Walk) -> Step:
    rows: list[tuple[object, ...]] = []
    for document in walk_.script["documents"]:
        done = ingesting.ingest(
            walk_.register,
            [str(walk_.data / document["file"])],
            by=DEMO_USER,
            how=Reading(document["published"], document["publisher"]),
        )["documents"][0]
        rows.append((Path(document["file"]).name, done["status"], done["proposals"]))
    counts = Counter(p["category"] for p in documents.inbox(walk_.register, "all")["proposals"])
    said = ", ".join(f"{n} {category.replace('_', ' ')}" for category, n in counts.most_common())
    lines = [f"Proposed: {said}.", "Each rests on its exact words; none is in the register yet."]
    return Step(
        "Documents", "landrelease ingest FILE", lines, ("document", "status", "proposals"), rows
    )


def _judge(walk_: _Walk) -> Step:
    rows: list[tuple[object, ...]] = []
    for wanted in walk_.script.get("judgements", ()):
        for proposal in documents.inbox(walk_.register)["proposals"]:
            if _matches(proposal, wanted):
                judging.judge(
                    walk_.register,
                    proposal["id"],
                    wanted["decision"],
                    why=wanted["why"],
                    by=DEMO_USER,
                )
                break
    for proposal in documents.inbox(walk_.register, "all")["proposals"]:
        if proposal["state"] != "pending":
            quote = " ".join(proposal["quote"].split())[:64]
            rows.append((proposal["state"], proposal["category"], quote))
    left = len(documents.inbox(walk_.register)["proposals"])
    line = f"{left} proposals are left for you: open the inbox in the browser."
    columns = ("judged", "category", "words of the source")
    return Step("A person judges", "landrelease judge ID accept --why …", [line], columns, rows)


def _matches(proposal: Result, wanted: Mapping[str, Any]) -> bool:
    return proposal["category"] == wanted["category"] and wanted["contains"] in proposal["quote"]


def _outlook(walk_: _Walk) -> Step:
    rows: list[tuple[object, ...]] = []
    lines: list[str] = []
    for name in walk_.script["scenarios"]:
        result = science.outlook_file(str(walk_.data / name))
        for time in result["times"]:
            if time["days"] in (0, 14, 120, 365):
                rows.append((Path(name).stem, time["days"], *_figures(time)))
        lines = [result["statement"]]
    columns = ("scenario", "day", "can still function", "need clearance")
    return Step("The supplied mines", "landrelease outlook SCENARIO.json", lines, columns, rows)


def _figures(time: Result) -> Iterator[str]:
    for name in ("can_function", "needs_clearance"):
        value = time[name]
        yield f"{_items(value['mean'])} ({_items(value['lower'])} – {_items(value['upper'])})"


def _items(expected: float) -> str:
    """An expected number of items; a small one is never rounded to nothing."""
    if 0 < expected < 0.01:
        return "< 0.01"
    return f"{expected:,.0f}" if expected >= 100 else f"{expected:.3g}"


def _land(walk_: _Walk) -> Step:
    rows: list[tuple[object, ...]] = []
    for date in walk_.script["dates"]:
        areas = land.areas(walk_.register, as_of=date)["areas"]
        status = Counter(a["status"] for a in areas)
        remaining = sum(a["remaining_m2"] or 0.0 for a in areas if a["status"] != "handed_over")
        counts = (status[s] for s in ("open", "suspended", "closed", "handed_over"))
        rows.append((date, len(areas), *counts, remaining))
    columns = ("as of", "areas", "open", "suspended", "closed", "handed over", "remaining m²")
    return Step(
        "The state of land on two dates", "landrelease areas --as-of DATE", [], columns, rows
    )


def _balance(walk_: _Walk) -> Step:
    account = land.balance(walk_.register, as_of=walk_.script["dates"][-1])
    terms = ("reported", "resurvey", "cancelled", "reduced", "cleared", "remaining", "difference")
    rows: list[tuple[object, ...]] = [(term, account[f"{term}_m2"]) for term in terms]
    return Step(
        "The balance of square metres", "landrelease balance --as-of DATE", [], ("term", "m²"), rows
    )


def _plan(walk_: _Walk) -> Step:
    made = work.plan(
        walk_.register,
        walk_.data / walk_.script["teams"],
        horizon_days=walk_.script["horizon_days"],
    )
    written = json.dumps(made, ensure_ascii=False, indent=1)
    (walk_.folder / "plan.json").write_text(written, encoding="utf-8")
    rows: list[tuple[object, ...]] = [
        (r["rank"], r["local_id"], r["district"], "; ".join(r["reasons"][:3]))
        for r in made["ranked"][:6]
    ]
    lines = [
        f"{team['name']}: {', '.join(t['local_id'] for t in team['tasks']) or 'nothing fits'}"
        for team in made["teams"]
    ]
    return Step(
        f"A plan for three teams, {made['horizon_days']} days",
        "landrelease plan --teams teams.yaml",
        [*lines, made["statement"]],
        ("rank", "area", "district", "reasons"),
        rows,
    )


def _report(walk_: _Walk) -> Step:
    folder = walk_.folder / "reports"
    made = reporting.country(walk_.register, folder, year=walk_.script["report_year"])
    return Step("The country report", "landrelease report country --out reports", made["files"])


def _verify(walk_: _Walk) -> Step:
    found = keeping.verify(walk_.register)
    with open_register(walk_.register) as register:
        heads = [head.hash for head in register.heads()]
    line = "unbroken" if found["ok"] else f"{len(found['problems'])} problems found"
    lines = [f"{found['entries']:,} entries, {line}; head {heads[0]}"]
    return Step("The ledger is proved", "landrelease verify", lines)
