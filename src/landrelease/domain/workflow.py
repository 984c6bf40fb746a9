"""Collected → verified → approved, where a programme switches it on.

Whoever records does not approve. What is recorded while the workflow is on takes no hazard away
until a second person has approved it; what adds or keeps a hazard counts at once. Whether a
version needs approval is settled when it is recorded, so switching the workflow on or off
changes no figure, and no switch releases land.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from landrelease.domain.actions import ENDED
from landrelease.domain.entries import Draft
from landrelease.domain.kinds import kind_spec
from landrelease.domain.known import Known, KnownRecord, KnownVersion, in_words, lookup, names_of
from landrelease.errors import RefusedError

COLLECTED, VERIFIED, APPROVED = "collected", "verified", "approved"

#: What a person does to a record, and the state that it is in afterwards.
STEPS = {"record.verified": VERIFIED, "record.approved": APPROVED}

#: What a person does to the workflow itself.
SWITCHES = {"workflow.switched_on": True, "workflow.switched_off": False}

#: Records that the program keeps about its own work; nobody approves them.
UNCHECKED = frozenset({"register", "import", "proposal", "source", "attachment"})

#: From a moment on, and up to one, in microseconds since 1970.
Spell = tuple[float, float]


def check_recordable(draft: Draft) -> None:
    """Refuse an entry whose action only an act of its own may write.

    A file of entries or a column of an import cannot carry an approval past the rules.

    Raises
    ------
    RefusedError
        It verifies, approves or erases.
    """
    if draft.action in STEPS or draft.action == "identity.erased":
        raise RefusedError(
            "act_recorded",
            f"{draft.action} is no change of a record but an act of its own",
            "use: landrelease verify-record, approve or erase",
        )


def state_of(action: str, *, asked: bool) -> str | None:
    """Return the state that an action leaves a record in; None where no approval is asked for.

    Any change puts a record back to collected. One that was verified needs its approval, also
    when the workflow is switched off meanwhile.

    Parameters
    ----------
    action : str
        What brought about the record's version.
    asked : bool
        Whether the workflow was on when it was recorded.

    Examples
    --------
    >>> state_of("record.verified", asked=False), state_of("record.amended", asked=True)
    ('verified', 'collected')
    >>> state_of("record.amended", asked=False) is None
    True
    """
    if action in STEPS:
        return STEPS[action]
    return COLLECTED if asked and action != "identity.erased" else None


def waits(state: str | None) -> bool:
    """Whether a state is on the way to approval.

    Examples
    --------
    >>> waits("verified"), waits("approved"), waits(None)
    (True, False, False)
    """
    return state in (COLLECTED, VERIFIED)


def spells(switches: Iterable[tuple[int, bool]]) -> tuple[Spell, ...]:
    """Return when the workflow was on.

    Parameters
    ----------
    switches : iterable of (int, bool)
        Moment in microseconds since 1970, and whether it was on from then; in order of time.

    Examples
    --------
    >>> spells([(1, False), (5, True), (6, True), (9, False), (12, True)])
    ((5, 9), (12, inf))
    """
    found: list[Spell] = []
    since: int | None = None
    for moment, on in switches:
        if on and since is None:
            since = moment
        elif not on and since is not None:
            found.append((since, moment))
            since = None
    return tuple(found) if since is None else (*found, (since, float("inf")))


def asked(when: Sequence[Spell], recorded_us: int) -> bool:
    """Whether what was recorded at a moment needs approval.

    Examples
    --------
    >>> asked([(5, 9)], 5), asked([(5, 9)], 9)
    (True, False)
    """
    return any(first <= recorded_us < end for first, end in when)


def status_under(state: str | None, status: str) -> str:
    """Return an area's status in a state: one whose ending waits for approval is open still.

    Examples
    --------
    >>> status_under("verified", "closed"), status_under("approved", "closed")
    ('open', 'closed')
    """
    return "open" if status in ENDED and waits(state) else status


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a record on its way: verified, or approved.

    Attributes
    ----------
    action : str
        ``record.verified`` or ``record.approved``.
    by : str
        Who takes it.
    """

    action: str
    by: str

    def check(self, record: KnownRecord, known: Known) -> None:
        """Refuse a step that the workflow does not allow.

        Raises
        ------
        RefusedError
            The message says the rule and what to do instead.
        """
        _check_is_checked(record)
        self._check_order(record, known.workflow_state(record.record_id))
        self._check_four_eyes(record, known)
        if self.action == "record.approved":
            _check_rests_on_approved(record, known)

    def _check_order(self, record: KnownRecord, state: str | None) -> None:
        wanted = STEPS[self.action]
        if state is None:
            raise RefusedError(
                "approval_not_asked",
                f"{_name(record)} was recorded while the register asked for no approval",
                "it counts as it stands; to ask from now on: landrelease workflow on",
            )
        if state in (APPROVED, wanted):
            raise RefusedError(
                f"already_{state}", f"{_name(record)} is {state} already", "nothing is left to do"
            )
        if wanted == APPROVED and state != VERIFIED:
            raise RefusedError(
                "not_verified",
                f"{_name(record)} is {state}; a record is approved only after it was verified",
                "verify it first: landrelease verify-record",
            )

    def _check_four_eyes(self, record: KnownRecord, known: Known) -> None:
        if folded_name(self.by) in writers(known.history(record.record_id)):
            raise RefusedError(
                "four_eyes",
                f"{self.by} recorded {_name(record)}; nobody verifies or approves their own record",
                "let another person look at it",
            )


def writers(history: Sequence[KnownVersion]) -> set[str]:
    """Return who wrote what has changed since the last approval, in lower case.

    Examples
    --------
    >>> from collections import namedtuple
    >>> Version = namedtuple("Version", "action author")
    >>> sorted(writers([Version("record.added", "Ana"), Version("record.verified", "Ben"),
    ...                 Version("record.amended", "Cem ")]))
    ['ana', 'cem']
    """
    found: set[str] = set()
    for version in history:
        if version.action == "record.approved":
            found = set()
        elif version.action not in STEPS:
            found.add(folded_name(version.author))
    return found


def switched_by_its_own_act(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    """Refuse to switch the workflow but by its own act, with a reason.

    Raises
    ------
    RefusedError
        It changes in passing, no reason is given, or it is as asked for already.
    """
    was = bool(before and before.body.get("workflow"))
    will = bool(draft.body.get("workflow"))
    if was == will:
        if draft.action in SWITCHES:
            state = "on" if will else "off"
            raise RefusedError("workflow_as_it_is", f"the workflow is {state} already", "leave it")
        return
    if SWITCHES.get(draft.action) is not will or not draft.reason:
        raise RefusedError(
            "workflow_switch",
            "the workflow is switched by an act of its own, with a reason",
            "use: landrelease workflow on|off --why",
        )


def check_release_approved(area: KnownRecord, known: Known) -> None:
    """Refuse to end an area while land release products of it wait for approval.

    Raises
    ------
    RefusedError
        The products are named.
    """
    names = names_of(area)
    waiting = [
        _name(product)
        for product in known.records("land_release_product")
        if product.body.get("area") in names and waits(known.workflow_state(product.record_id))
    ]
    if waiting:
        raise RefusedError(
            "products_unapproved",
            f"land release products of {_name(area)} wait for approval: {', '.join(waiting[:5])}",
            "approve or void them first",
        )


def _check_is_checked(record: KnownRecord) -> None:
    if record.voided:
        raise RefusedError(
            "record_void", f"{_name(record)} is voided", "record it again if it is true"
        )
    if record.kind in UNCHECKED:
        label = kind_spec(record.kind).label.lower()
        raise RefusedError(
            "kind_unchecked",
            f"{_name(record)} is of the kind {label}, which nobody approves",
            "approve the records that rest on it",
        )


def _check_rests_on_approved(record: KnownRecord, known: Known) -> None:
    if record.kind == "hazardous_area" and record.body.get("status") in ENDED:
        check_release_approved(record, known)
    if record.kind != "land_release_product":
        return
    work = lookup(known, "activity", record.body.get("activity"))
    if work is not None and waits(known.workflow_state(work.record_id)):
        raise RefusedError(
            "activity_unapproved",
            f"{_name(record)} rests on {_name(work)}, which is not approved",
            "approve the activity first",
        )


def folded_name(name: str) -> str:
    """Return a person's name as it is compared with others: case and spaces tell nobody apart.

    Examples
    --------
    >>> folded_name(" Ana  KOVAČ")
    'ana kovač'
    """
    return " ".join(name.split()).casefold()


def _name(record: KnownRecord) -> str:
    return record.local_id or f"{in_words(record.kind)} {record.record_id[:13]}"
