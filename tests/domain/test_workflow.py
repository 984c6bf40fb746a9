"""Who may verify and approve, in which order, and what the refusals say."""

from __future__ import annotations

from collections import namedtuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landrelease.domain.entries import Draft
from landrelease.domain.kinds import codes
from landrelease.domain.workflow import (
    STEPS,
    UNCHECKED,
    Step,
    asked,
    spells,
    state_of,
    switched_by_its_own_act,
    waits,
    writers,
)
from landrelease.errors import RefusedError

from .test_rules import Memory, Rec

Version = namedtuple("Version", "action author")


class Known(Memory):
    """Records in memory, recorded by Ana and mended by Cem."""

    def history(self, record_id):
        """Two versions since the last approval."""
        return [
            Version("record.added", "Dora"),
            Version("record.approved", "Cem"),
            Version("record.amended", "Ana Anić"),
            Version("record.verified", "Ben"),
            Version("record.amended", "Cem"),
        ]


PRODUCT = Rec("land_release_product", "p", {"method": "cleared", "activity": "w"}, "LR-1")
WORK = Rec("activity", "w", {"activity_type": "clearance"}, "AC-1")


def refused(action, by, record=PRODUCT, held=(PRODUCT, WORK), **states):
    """The code with which a step is refused; None where it is taken."""
    return refusal(lambda: Step(action, by).check(record, Known(list(held), states)))


def refusal(rule):
    """The code with which a rule refuses; every refusal says a cure."""
    try:
        rule()
    except RefusedError as problem:
        return problem.code if problem.cure else f"{problem.code} without a cure"
    return None


VERIFY, APPROVE = STEPS


@pytest.mark.parametrize(
    ("action", "by", "state", "code"),
    [
        (VERIFY, "Ben", "collected", None),
        (VERIFY, "Dora", "collected", None),
        (VERIFY, "Cem", "collected", "four_eyes"),
        (VERIFY, "  ana  ANIĆ ", "collected", "four_eyes"),
        (VERIFY, "Ben", "verified", "already_verified"),
        (VERIFY, "Ben", "approved", "already_approved"),
        (VERIFY, "Ben", None, "approval_not_asked"),
        (APPROVE, "Ben", "collected", "not_verified"),
        (APPROVE, "Ben", "verified", None),
        (APPROVE, "Ana Anić", "verified", "four_eyes"),
        (APPROVE, "Ben", "approved", "already_approved"),
    ],
)
def test_who_may_take_which_step(action, by, state, code):
    """Verified before approved, and neither by who wrote it since the last approval."""
    states = {} if state is None else {"p": state}
    assert refused(action, by, **states) == code


def test_a_product_is_approved_after_the_work_it_rests_on():
    """Its activity comes first; work that is not here, or not asked about, does not hold it."""
    assert refused(APPROVE, "Ben", p="verified", w="verified") == "activity_unapproved"
    assert refused(APPROVE, "Ben", p="verified", w="approved") is None
    assert refused(APPROVE, "Ben", held=(PRODUCT,), p="verified") is None


def test_an_ending_is_approved_after_its_products():
    """No area is closed over the head of a release that waits."""
    area = Rec("hazardous_area", "a", {"status": "closed"}, "HA-1")
    product = Rec("land_release_product", "p", {"area": "HA-1"}, "LR-1")
    held = (area, product)
    assert refused(APPROVE, "Ben", area, held, a="verified", p="verified") == "products_unapproved"
    assert refused(APPROVE, "Ben", area, held, a="verified", p="approved") is None


def test_a_void_record_and_the_programs_own_are_not_approved():
    """There is nothing to look at."""
    void = Rec("device", "d", {}, voided=True)
    assert refused(VERIFY, "Ben", void, (void,), d="collected") == "record_void"
    for kind in UNCHECKED:
        own = Rec(kind, "o", {})
        assert refused(VERIFY, "Ben", own, (own,), o="collected") == "kind_unchecked"


def test_the_states_are_those_of_the_code_list():
    """The vocabulary and the rules cannot drift apart, and its order is the way."""
    way = [state_of("record.added", asked=True), *STEPS.values()]
    assert way == list(codes("workflow"))
    assert [waits(state) for state in (*way, None)] == [True, True, False, False]


names = st.sampled_from(["Ana", "Ben", "Cem"])
actions = st.sampled_from(["record.added", "record.amended", "record.voided", *STEPS])


@given(st.lists(st.builds(Version, actions, names)))
def test_writers_are_all_who_changed_it_since_the_last_approval(history):
    """Steps change nothing, and an approval settles what came before."""
    approvals = [at for at, version in enumerate(history) if version.action == "record.approved"]
    since = history[approvals[-1] + 1 :] if approvals else history
    assert writers(history) == {v.author.lower() for v in since if v.action not in STEPS}


@given(st.lists(st.tuples(st.integers(0, 30), st.booleans())), st.integers(-1, 31))
def test_a_moment_is_asked_about_as_the_last_switch_says(switches, moment):
    """Whatever the number of switches."""
    switches.sort(key=lambda pair: pair[0])
    before = [on for at, on in switches if at <= moment]
    assert asked(spells(switches), moment) == (bool(before) and before[-1])


@pytest.mark.parametrize(
    ("action", "was", "will", "reason", "code"),
    [
        ("workflow.switched_on", False, True, "as agreed", None),
        ("workflow.switched_off", True, False, "as agreed", None),
        ("workflow.switched_on", False, True, None, "workflow_switch"),
        ("record.amended", True, False, "as agreed", "workflow_switch"),
        ("workflow.switched_off", False, True, "as agreed", "workflow_switch"),
        ("workflow.switched_on", True, True, "as agreed", "workflow_as_it_is"),
        ("record.amended", True, True, None, None),
    ],
)
def test_the_workflow_is_switched_by_its_own_act(action, was, will, reason, code):
    """With a reason, and never in passing."""
    draft = Draft("register", action, {"workflow": will}, "r", reason=reason)
    before = Rec("register", "r", {"workflow": was})
    assert refusal(lambda: switched_by_its_own_act(draft, before, Memory())) == code
