"""A sign of a hazard on released land opens an inquiry: a person hurt, or a device found there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache, partial
from typing import Any

from landrelease.domain.actions import ENDED, STATUS_AFTER
from landrelease.domain.dates import PartialDate
from landrelease.domain.entries import Draft, Entry
from landrelease.domain.ids import named_record_id
from landrelease.domain.known import in_words
from landrelease.errors import NotFoundError
from landrelease.register import Record, Register
from landrelease.services.met import met
from landrelease.services.on_released import RELEASES, SIGNS, Pair, around, on_released
from landrelease.services.released import dated

#: How a sign is told, before the land on which it is.
_LIES = {"accident": "an accident lies inside", "device": "a device was found on"}


def inquiries(register: Register, signs: Sequence[Record]) -> list[Draft]:
    """Drafts of the inquiries that accidents and devices open, one for each and its release.

    Released is what a product took out of an area, and what lies in an area that was closed or
    handed over. An accident opens an inquiry unless its date shows that it came before the
    release. A device opens one only where the dates show that it was found after it: most are
    found by the work that released the land.
    """
    return _opened(register, on_released(register, signs))


def late_inquiries(register: Register, releases: Sequence[Record]) -> list[Draft]:
    """Drafts of the inquiries that a release opens which is recorded after a sign on it.

    Only where both are dated: what nothing dates is listed as a conflict, since most accidents are
    the reason why land was cleared.
    """
    ended = {r.record_id: r for r in releases if r.occurred_on}
    if not ended:
        return []
    concerned = dated(register, around(register, list(ended.values())))
    pairs = on_released(register, [sign for sign in concerned if sign.occurred_on])
    return _opened(register, [(sign, r) for sign, r in pairs if r.record_id in ended])


def merged_inquiries(register: Register, entries: Iterable[Entry]) -> list[Draft]:
    """Drafts of the inquiries that entries of another copy open, as if they were recorded here.

    Whichever copy takes in the other, the same ones. One that somebody opened and voided, here or
    there, stays void.
    """
    fresh: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        fresh[entry.kind].add(entry.record_id)
    signs, releases = (
        register.some(one for kind in kinds for one in fresh[kind]) for kinds in (SIGNS, RELEASES)
    )
    found = [*on_released(register, signs), *_on_any(register, releases)]
    pairs = [*found, *met(register)]
    brought = {record_id for record_id, _ in register.bringers(sign.record_id for sign, _ in pairs)}
    drafts = _opened(register, [pair for pair in pairs if _in_turn(*pair, brought)])
    opened = register.kinds_of(str(draft.record_id) for draft in drafts)
    return [draft for draft in drafts if draft.record_id not in opened]


def _on_any(register: Register, releases: Sequence[Record]) -> list[Pair]:
    """Signs on some releases, with each."""
    if not releases:
        return []
    wanted = {release.record_id for release in releases}
    pairs = on_released(register, list(around(register, list(releases))))
    return [
        (sign, release)
        for sign, release in pairs
        if release.record_id in wanted or not sign.body.get("geometry")  # on the whole area
    ]


def _in_turn(sign: Record, release: Record, brought: Collection[str]) -> bool:
    """Whether a sign counts as later than a release: by the dates, else by when they were recorded.

    A sign that a file brought without a date tells nothing of when it was.
    """
    if sign.occurred_on and release.occurred_on:
        return True  # the dates decide
    if not sign.occurred_on and sign.record_id in brought:
        return False
    return sign.recorded_at > release.recorded_at


def told_inquiries(register: Register, opened: Iterable[Entry]) -> dict[str, list[str]]:
    """Return what was opened by rule: ``inquiries``, their ids, and ``in_doubt``, their areas."""
    ids = [entry.record_id for entry in opened]
    found = {record.record_id: record.body.get("area") for record in register.some(ids)}
    areas = {_area_name(register, str(area)) for area in found.values() if area}
    return {"inquiries": ids, "in_doubt": sorted(areas)}


def _area_name(register: Register, area: str) -> str:
    try:
        record = register.record(area, "hazardous_area")
    except NotFoundError:
        return area
    return record.local_id or record.record_id


def open_inquiries(
    register: Register, as_of: str | None = None, known_at: str | None = None
) -> Mapping[str, int]:
    """How many inquiries are open on each area, by the name that they call it."""
    found = register.inquired(as_of, known_at).values()
    areas = (area for asked in found for area in {one.area for one in asked})
    return Counter(area for area in areas if area)


def orphaned(register: Register) -> list[str]:
    """Ids of the inquiries of signs that stand no more, which nobody has worked on since."""
    asked = {sign for one in register.records("inquiry") if (sign := _sign_of(one))}
    gone = asked - {one.record_id for one in register.some(asked)}
    return left_by(register, gone & register.kinds_of(gone).keys())


def left_by(register: Register, signs: Collection[str]) -> list[str]:
    """Ids of the inquiries that signs opened by rule and that nobody has worked on since."""
    return [
        inquiry.record_id
        for inquiry in (register.records("inquiry") if signs else ())
        if _sign_of(inquiry) in signs and _untouched(register, inquiry)
    ]


def _sign_of(inquiry: Record) -> str | None:
    return next((inquiry.body[kind] for kind in SIGNS if inquiry.body.get(kind)), None)


def _untouched(register: Register, inquiry: Record) -> bool:
    """Whether an inquiry says what the rule wrote, and nothing was attached or linked to it."""
    release = inquiry.body.get("product") or inquiry.body.get("area")
    by_rule = _inquiry_id(register.info().register_id, str(_sign_of(inquiry)), str(release))
    versions = [e for e in register.history(inquiry.record_id) if not e.action.endswith(".voided")]
    opened = inquiry.record_id == by_rule and inquiry.action == "inquiry.opened"
    same = all(version.action == "inquiry.opened" for version in versions)
    return opened and same and not register.linked_to(inquiry.record_id)


def _opened(register: Register, pairs: Sequence[Pair]) -> list[Draft]:
    register_id = register.info().register_id
    ended_on = cache(partial(_ended_on, register))
    drafts = {
        _inquiry_id(register_id, sign.record_id, release.record_id): (sign, release)
        for sign, release in pairs
        if _asks(sign, release, ended_on)
    }
    held, there = register.contents(drafts), register.kinds_of(drafts)
    return [
        _inquiry(record_id, *about)
        for record_id, about in drafts.items()
        if held.get(record_id) is None
        and not (record_id in there and _judged(register, record_id, about))
    ]


def _asks(sign: Record, release: Record, ended_on: Callable[[str, str], str]) -> bool:
    """Whether a sign puts a release in doubt, as far as the dates tell."""
    if sign.kind == "accident":
        return not _came_before(sign, release)
    product = release.kind == "land_release_product"
    on = release.occurred_on if product else ended_on(release.record_id, release.recorded_at)
    return bool(sign.occurred_on and on) and _is_after(sign.occurred_on, on)


def _is_after(found_on: str | None, released_on: str | None) -> bool:
    found, released = (PartialDate.parse(str(on)) for on in (found_on, released_on))
    return found.first > released.last


def _ended_on(register: Register, area: str, said_at: str) -> str:
    """The day from which an area is known to have ended, as was said at a moment of recording.

    The date of its report is none of it.
    """
    history = [entry for entry in register.history(area) if entry.recorded_at <= said_at]
    endings = [entry for entry in history if STATUS_AFTER.get(entry.action) in ENDED]
    last = endings[-1] if endings else history[0]
    said = last.occurred_on if last.occurred_on != history[0].occurred_on else None
    return said or last.recorded_at[: len("2026-11-23")]


def _judged(register: Register, inquiry: str, about: Iterable[Record]) -> bool:
    """Whether a person voided an inquiry in view of these places and dates.

    An inquiry that was voided along with its sign was judged by nobody.
    """
    voids = [e for e in register.history(inquiry) if e.action.endswith(".voided")]
    return bool(voids) and all(_said_so_at(register, one, voids[-1].received_at) for one in about)


def _said_so_at(register: Register, record: Record, known_at: str) -> bool:
    """Whether a record stood at a moment where it stands now, at the same date."""
    try:
        was = register.as_it_stood(record.record_id, known_at=known_at)
    except NotFoundError:
        return False
    return _where_and_when(register, was) == _where_and_when(register, record)


def _where_and_when(register: Register, record: Record) -> tuple[Any, ...]:
    """What of a record decides on an inquiry; the date of an area is that of its report."""
    body = record.body
    if record.kind == "hazardous_area":
        return body.get("geometry"), body["status"]
    [told] = dated(register, [record])
    return body.get("geometry"), body.get("area"), told.occurred_on


def _came_before(accident: Record, released: Record) -> bool:
    on = released.occurred_on
    if released.kind == "hazardous_area":
        on = on or released.recorded_at[: len("2026-11-23")]  # an undated ending counts from then
    if not accident.occurred_on or not on:
        return False
    return PartialDate.parse(accident.occurred_on).last < PartialDate.parse(on).first


def _inquiry(record_id: str, sign: Record, released: Record) -> Draft:
    about = {**_about(released), "why": f"{_LIES[sign.kind]} {_land(released)}"}
    body = {**about, sign.kind: sign.record_id, "open": True}
    return Draft(
        "inquiry",
        "inquiry.opened",
        {name: value for name, value in body.items() if value is not None},
        record_id,
        sign.occurred_on,
        reason=f"opened by rule: {_LIES[sign.kind]} released land, which is inquired into",
    )


def _inquiry_id(register_id: str, sign: str, release: str) -> str:
    return named_record_id(register_id, f"inquiry:{sign}:{release}")


def _about(released: Record) -> dict[str, str | None]:
    if released.kind == "hazardous_area":
        return {"area": released.record_id}
    return {"area": released.body.get("area"), "product": released.record_id}


def _land(released: Record) -> str:
    if released.kind == "hazardous_area":
        return f"an area that was {in_words(str(released.body['status']))}"
    return f"land {released.body['method']}"
