"""A slow fold written from the design alone; it shares no code with the register.

It walks the entries in plain Python, where the register asks one SQL query.
"""

from __future__ import annotations

import calendar
import json
from datetime import date

import numpy as np
import shapely
from shapely.geometry import shape
from shapely.ops import unary_union

BEGINNING, END = date.min, date.max


def period(text):
    """First and last day of a partial date."""
    parts = [int(p) for p in text.split("-")]
    if len(parts) == 1:
        return date(parts[0], 1, 1), date(parts[0], 12, 31)
    if len(parts) == 2:
        return date(*parts, 1), date(*parts, calendar.monthrange(*parts)[1])
    return date(*parts), date(*parts)


def removes(entry):
    """Whether the entry takes a hazard away."""
    if entry.kind == "land_release_product":
        return True
    return entry.kind == "hazardous_area" and json.loads(entry.body).get("status") in (
        "closed",
        "handed_over",
    )


def days(entry, by_id):
    """(effective day, first, last) of an entry."""
    if entry.occurred_on:
        first, last = period(entry.occurred_on)
        return (last if removes(entry) else first), first, last
    day = date.fromisoformat(entry.recorded_at[:10]) if removes(entry) else BEGINNING
    before = by_id.get(entry.supersedes)
    if before is not None:
        day = max(day, days(before, by_id)[0])
    return day, day, day


def saw(later, entry, entries):
    """Whether an entry was written in view of another one: see `view`."""
    return entry.entry_id in view(later, entries)


def view(later, entries):
    """Ids of all that is in an entry's chain, and in those of what it or its record's there replaced."""
    by_hash, by_id = ({getattr(e, name): e for e in entries} for name in ("hash", "entry_id"))
    found, ends = set(), [later]
    while ends:
        before = ends.pop()
        while before is not None and before.entry_id not in found:
            found.add(before.entry_id)
            if before.record_id == later.record_id:
                ends.append(by_id.get(before.supersedes))
            before = by_hash.get(before.previous_hash)
    return found


def spared(void, entry, entries):
    """Whether a void never saw the version of a hazard, or one that replaced it."""
    own = [e for e in entries if e.record_id == entry.record_id and e.action != "record.voided"]
    unseen = [e for e in own if e.recorded_at <= void.recorded_at and not saw(void, e, entries)]
    by_id = {e.entry_id: e for e in entries}
    return any(entry.entry_id in _replaced(one, by_id) for one in unseen)


def _replaced(entry, by_id):
    """Ids of an entry and of all that it replaced."""
    found = []
    while entry is not None:
        found.append(entry.entry_id)
        entry = by_id.get(entry.supersedes)
    return found


def undone(entry, entries, known_at):
    """Whether a void that is known takes this entry out."""
    for void in entries:
        if void.received_at > known_at:
            continue
        own = void.action == "record.voided" and void.record_id == entry.record_id
        if own and entry.kind != "hazardous_area" and not saw(entry, void, entries):
            return True
        if entry.recorded_at > void.recorded_at:
            continue
        if own and (entry.kind != "hazardous_area" or not spared(void, entry, entries)):
            return True
        if void.action == "import.voided" and void.record_id == entry.import_id:
            return True
    return False


ONCE = ("resurvey", "land_release_product")
ENDINGS = ("hazardous_area.closed", "hazardous_area.handed_over")


def happened_otherwise(entry, known, by_id, day):
    """Whether the last date said of an event is a later word, or has not come."""
    own = [
        e
        for e in known
        if e.record_id == entry.record_id
        and e.occurred_on
        and e.action not in ("record.verified", "record.approved")
    ]
    if entry.kind not in ONCE or not own:
        return False
    last = max(own, key=lambda e: (e.recorded_at, e.entry_id))
    is_later = (last.recorded_at, last.entry_id) > (entry.recorded_at, entry.entry_id)
    return is_later or days(last, by_id)[0] > day


def told_anew(ending, known):
    """Whether versions that go on from an ending tell the same ending again, with its date."""
    status = json.loads(ending.body)["status"]
    again, waiting = [], [ending]
    while waiting:
        at = waiting.pop()
        next_ones = [
            e
            for e in known
            if e.supersedes == at.entry_id
            and e.kind == "hazardous_area"
            and e.action != "hazardous_area.reopened"
            and json.loads(e.body)["status"] == status
        ]
        again += next_ones
        waiting += next_ones
    return any(e.action in ENDINGS and e.occurred_on for e in again)


def counting(entries, as_of=None, known_at="9999"):
    """Per record, the versions that count, in the order of effect."""
    by_id = {e.entry_id: e for e in entries}
    day = END if as_of is None else period(as_of)[1]
    known = [
        e
        for e in entries
        if e.received_at <= known_at
        and e.action != "record.voided"
        and not undone(e, entries, known_at)
    ]
    found = {}
    for e in known:
        effective, first, last = days(e, by_id)
        if effective > day:
            continue
        ends = e.kind == "hazardous_area" and removes(e) and e.action != "hazardous_area.reopened"
        reopened = any(
            r.record_id == e.record_id
            and r.action == "hazardous_area.reopened"
            and (
                (days(r, by_id)[1] <= last and days(r, by_id)[2] >= first)
                or outdoes_undated(r, e, known, by_id)
            )
            for r in known
        )
        if ends and (reopened or told_anew(e, known)):
            continue
        if happened_otherwise(e, known, by_id, day):
            continue
        found.setdefault(e.record_id, []).append((effective, e.recorded_at, e.entry_id, e))
    return {
        record: [row[-1] for row in sorted(rows, key=lambda row: row[:3])]
        for record, rows in found.items()
    }


def outdoes_undated(opening, ending, known, by_id):
    """Whether an opening is the later word than an ending that nothing dates, and before it."""
    if ending.occurred_on or opening.recorded_at <= ending.recorded_at:
        return False
    begun, over = days(opening, by_id)[1:]
    again = any(
        e.record_id == ending.record_id
        and removes(e)
        and e.occurred_on
        and e.recorded_at <= ending.recorded_at
        and days(e, by_id)[1] > over
        for e in known
    )
    return begun <= days(ending, by_id)[0] and not again


def waits(entry, entries, known_at="9999"):
    """Whether the entry was recorded while approval was asked for, or verified, and has none."""
    switches = [e for e in entries if e.kind == "register" and e.received_at <= known_at]
    switches.sort(key=lambda e: (e.recorded_at, e.entry_id))
    if not any(json.loads(e.body).get("workflow") for e in switches):
        return False
    if entry.action in ("record.approved", "identity.erased"):
        return False
    if entry.action == "record.verified":
        return True
    before = [e for e in switches if e.recorded_at <= entry.recorded_at]
    return bool(before) and bool(json.loads(before[-1].body).get("workflow"))


def statuses(entries, as_of=None, known_at="9999"):
    """Per area record, its status: an ending that waits for approval leaves it open."""
    return {
        record: "open"
        if removes(e) and waits(e, entries, known_at)
        else json.loads(e.body)["status"]
        for record, e in state(entries, as_of, known_at).items()
        if e.kind == "hazardous_area"
    }


def state(entries, as_of=None, known_at="9999"):
    """Per record, the entry that stands."""
    return {record: versions[-1] for record, versions in counting(entries, as_of, known_at).items()}


def balances(entries, as_of=None, known_at="9999"):
    """Per area record: reported, resurvey, by method, remaining; step by step, any unit."""
    by_id = {e.entry_id: e for e in entries}
    versions = counting(entries, as_of, known_at)
    stands = {record: rows[-1] for record, rows in versions.items()}
    areas = {r: e for r, e in stands.items() if e.kind == "hazardous_area"}
    found = {}
    for record, area in areas.items():
        names = {record, json.loads(area.body).get("local_id")}
        own = drawings(versions[record], entries, known_at)
        events = [(e, "survey") for e, _ in own]
        for e in stands.values():
            if (
                e.kind in ("resurvey", "land_release_product")
                and json.loads(e.body).get("area") in names
            ):
                events.append((e, json.loads(e.body).get("method", "survey")))
        events = [(e, what) for e, what in events if json.loads(e.body).get("geometry")]
        held = {e.entry_id for e, what in events if waits(e, entries, known_at)}
        held -= {e.entry_id for e, drawing_waits in own if not drawing_waits}
        events.sort(key=lambda pair: order(pair[0], entries, by_id))
        moved = unary_union([equal_area(one) for one in _parts_of(record, areas, versions, stands)])
        found[record] = _walk(events, held, moved) | {"moved": moved}
    for account in found.values():
        survey, covered, moved = (account.pop(name) for name in ("survey", "covered", "moved"))
        if survey is None:
            continue
        own = survey.difference(moved)
        outline = own.union(covered)
        account["resurvey"] += outline.area - account["outline"]
        account["remaining"] = own.difference(covered).area
        account["outline"] = outline.area
    return found


def order(entry, entries, by_id):
    """Day, moment and id by which an entry takes its turn; a corrected release keeps its own."""
    if entry.kind != "land_release_product":
        return days(entry, by_id)[0], entry.recorded_at, entry.entry_id
    said = entry
    while said.occurred_on is None and said.supersedes:
        said = by_id[said.supersedes]
    own = [e for e in entries if e.record_id == entry.record_id]
    first = min(own, key=lambda e: (e.recorded_at, e.entry_id))
    dated = period(said.occurred_on or said.recorded_at[:10])
    return dated[1], first.recorded_at, first.entry_id


def _parts_of(record, areas, versions, stands):
    """All that was ever drawn of the areas that name this one as what they were split from."""
    names = {record, json.loads(areas[record].body).get("local_id")}
    drawn = []
    for other, area in areas.items():
        body = json.loads(area.body)
        if other == record or names.isdisjoint(body.get("split_from", ())):
            continue
        own = {other, body.get("local_id")}
        surveys = [e for e in stands.values() if e.kind == "resurvey"]
        surveys = [e for e in surveys if json.loads(e.body).get("area") in own]
        bodies = [json.loads(e.body) for e in (*versions[other], *surveys)]
        drawn += [shape(b["geometry"]) for b in bodies if b.get("geometry")]
    return drawn


def drawings(versions, entries, known_at="9999"):
    """The versions that draw the area anew, and whether nobody has approved what they drew.

    A version whose polygon is that of the version before it draws nothing.
    """
    found = []
    for e in versions:
        polygon = json.loads(e.body).get("geometry")
        if polygon is None:
            continue
        waiting = waits(e, entries, known_at)
        if found and json.loads(found[-1][0].body)["geometry"] == polygon:
            found[-1][1] &= waiting
        else:
            found.append([e, waiting])
    return found


def equal_area(box):
    """Boxes of meridians and parallels in Lambert's cylindrical projection, which keeps areas."""
    return shapely.transform(
        box, lambda xy: np.column_stack([xy[:, 0], 1000 * np.sin(np.radians(xy[:, 1]))])
    )


def _walk(events, held, moved):
    survey, covered, outline = None, unary_union([]), unary_union([])
    account = {"reported": 0.0, "resurvey": 0.0, "cancelled": 0.0, "reduced": 0.0, "cleared": 0.0}
    for entry, what in events:
        ground = equal_area(shape(json.loads(entry.body)["geometry"]))
        if what == "survey":
            if survey is None:
                account["reported"] = ground.area
                account["resurvey"] -= ground.area
                survey = ground
            survey = survey.union(ground) if entry.entry_id in held else ground
        elif entry.entry_id in held:
            continue
        else:
            ground = ground.difference(moved)  # what a part holds is the part's
            account[what] += ground.difference(covered).area
            covered = covered.union(ground)
        changed = covered if survey is None else survey.union(covered)
        account["resurvey"] += changed.area - outline.area
        outline = changed
    account["remaining"] = 0.0 if survey is None else survey.difference(covered).area
    account["outline"] = outline.area
    account |= {"survey": survey, "covered": covered}
    return account
