"""Words part from an entry and join it again: nothing is lost, and no word stays in the ledger."""

from __future__ import annotations

import hashlib

import orjson
from hypothesis import given
from hypothesis import strategies as st

from landrelease.domain.canonical import canonical_json
from landrelease.domain.entries import Draft
from landrelease.domain.kinds import COMMON_FIELDS, erasable_fields, kinds
from landrelease.domain.words import ERASED, REFERENCE, join, part

KEPT = {"code", "codes", "link", "links", "date", "integer", "number", "boolean", "opaque", "label"}
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
values = st.recursive(
    texts | st.integers(-(2**53), 2**53) | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)


@st.composite
def drafts(draw):
    """A draft of any kind with any values in any of its fields."""
    kind = draw(st.sampled_from(sorted(kinds())))
    names = st.sampled_from([*kinds()[kind].fields, *COMMON_FIELDS])
    body = draw(st.dictionaries(names, values))
    quote, reason = draw(st.none() | texts), draw(st.none() | texts)
    return Draft(kind, "record.added", body, quote=quote, reason=reason)


@given(drafts())
def test_what_is_parted_is_joined_again(draft):
    """Body, quote and reason come back as they were, whatever they hold."""
    words = part(draft, draft.body)
    said = (draft.body, draft.quote, draft.reason)
    if words is None:
        assert said[1:] == (None, None)
        assert erasable_fields(draft.kind).isdisjoint(draft.body)
    else:
        assert tuple(join(words.body, None, None, words.text)) == said


@given(drafts())
def test_the_ledger_keeps_a_hash_and_no_words(draft):
    """What stays are fields that hold no words, and the hash that proves the others."""
    words = part(draft._replace(blanked={"an entry": "a hash"}), draft.body)
    if words is not None:
        kept = orjson.loads(words.body)
        assert kept.pop(REFERENCE) == hashlib.sha256(words.salt + words.text.encode()).hexdigest()
        assert kept.pop(ERASED) == {"an entry": "a hash"}
        fields = kinds()[draft.kind].fields
        assert all(name in ("local_id", "geometry") or fields[name].type in KEPT for name in kept)


def test_a_short_word_cannot_be_guessed_from_its_hash():
    """The same word has another hash each time, so that nobody can try out names."""
    draft = Draft("accident", "accident.recorded", reason="Ana")
    first, second = part(draft, {}), part(draft, {})
    assert first is not None
    assert second is not None
    assert first.body != second.body
    assert first.text == second.text


def test_entries_of_earlier_versions_hold_their_words():
    """A body without a hash of words is read as it stands, with its quote and reason."""
    body = canonical_json({"note": "by the mill"})
    assert join(body, "quote", "reason", None) == ({"note": "by the mill"}, "quote", "reason")


def test_missing_words_leave_the_rest_readable():
    """Where the words are gone, which `verify` tells, the record is read without them."""
    words = part(Draft("accident", "accident.recorded"), {"killed": 1, "note": "by the mill"})
    assert words is not None
    assert join(words.body, None, None, None) == ({"killed": 1}, None, None)
