"""Canonical JSON and identities."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landrelease.domain.canonical import body_sha256, canonical_json
from landrelease.domain.ids import EntryIds, named_record_id
from landrelease.errors import FieldError

texts = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | texts
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(texts, values, max_size=5))
def test_the_text_reads_back_as_the_value(value):
    """Numbers to the last digit."""
    assert json.loads(canonical_json(value)) == value


@given(st.dictionaries(texts, values, max_size=5))
def test_the_order_of_keys_does_not_matter(value):
    """The same content has the same text and hash."""
    turned = dict(reversed(value.items()))
    assert canonical_json(turned) == canonical_json(value)
    assert body_sha256(turned) == body_sha256(value)


@given(st.dictionaries(texts, st.none() | st.integers(-(2**53), 2**53) | texts, max_size=5))
def test_columns_have_the_text_of_the_standard_library(value):
    """For text, whole numbers and nothing, any JSON library gives the same."""
    plain = json.dumps(
        {k: value[k] for k in sorted(value, key=lambda k: k.encode())},
        separators=(",", ":"),
        ensure_ascii=False,
    )
    assert canonical_json(value) == plain


@pytest.mark.parametrize("value", [{"a": "\ud800"}, {"a": {1, 2}}, {1: 2}, {"a": 2**70}])
def test_what_is_no_json_is_refused(value):
    """In words, not with a traceback."""
    with pytest.raises(FieldError, match="is no JSON"):
        canonical_json(value)


def test_a_number_that_is_none_is_nothing():
    """JSON has no NaN; what is not a number is not written as one."""
    assert canonical_json({"a": math.nan}) == '{"a":null}'


@given(st.lists(st.tuples(st.integers(0, 2**47), st.integers(0, 20)), max_size=8))
def test_entry_ids_always_rise(calls):
    """Also when the clock goes back; version and variant are those of RFC 9562."""
    ids, made = EntryIds(), []
    for millisecond, count in calls:
        made += ids.take(millisecond, count)
    assert made == sorted(set(made))
    assert all(one[14] == "7" and one[19] in "89ab" and len(one) == 36 for one in made)


@given(st.text(max_size=20), st.text(max_size=20))
def test_record_ids_follow_from_the_source(first, second):
    """One identity, one id; in another register another."""
    assert (named_record_id("r", first) == named_record_id("r", second)) == (first == second)
    assert named_record_id("r", first) != named_record_id("s", first)
