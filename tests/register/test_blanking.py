"""Blanking: a name goes wherever it stands in a text or in JSON, and nothing else changes."""

from __future__ import annotations

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from landrelease.domain.canonical import canonical_json
from landrelease.domain.plain import texts_in
from landrelease.register.blanking import BLOCK, blanked, gone, united
from landrelease.register.matching import Names

NAME = 'Marija "Maja" Kovač'
FOUND = Names([NAME])
# without blocks and letters of the name: what is made up here never spells it
fillers = st.text('xyz 0129.,;:-\n\t"\\\\{}[]«»ñ😀', max_size=8)
texts = st.lists(fillers | st.sampled_from([NAME, NAME.upper()]), max_size=4).map(" ".join)
inner = texts | texts.map(lambda text: canonical_json({"note": text}))
values = st.recursive(
    inner | st.integers(-9999, 9999) | st.floats(allow_nan=False, allow_infinity=False) | st.none(),
    lambda some: st.lists(some, max_size=3) | st.dictionaries(texts, some, max_size=3),
    max_leaves=6,
)


def said(value):
    """All texts of a value, those of JSON inside a text too."""
    for _, text in texts_in([value]):
        yield text
        if text[:1] == "{":
            try:
                yield from said(orjson.loads(text))
            except ValueError:
                continue


@settings(deadline=None)
@given(values)
def test_no_name_is_left_and_the_json_stays_json(value):
    """Keys, texts, and JSON inside a text; numbers and all other text stay as they were."""
    text = canonical_json([value])
    left = blanked(text, FOUND)
    assert not any(FOUND.holds(one) for one in said(orjson.loads(left)))
    if not any(FOUND.holds(one) for one in said(value)):
        assert left == text


@settings(deadline=None)
@given(texts)
def test_a_text_keeps_its_length(text):
    """Spans of proposals stay where they were."""
    assert len(blanked(text, FOUND)) == len(text)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from("abc"), texts), st.sets(st.sampled_from(["xy", "01", NAME])))
def test_two_copies_blanked_apart_unite_either_way(value, names):
    """The union of what two copies blanked is the same from both sides, and holds all blocks."""
    first = {key: blanked(text, FOUND) for key, text in value.items()}
    second = {key: blanked(t, Names(names)) for key, t in value.items()}
    both = united(first, second)
    assert both == united(second, first)
    assert united(both, first) == both
    assert all(BLOCK not in name for name in gone(value, first))
    for key, text in both.items():
        assert len(text) == len(value[key])
        assert all(c in (BLOCK, before) for c, before in zip(text, value[key], strict=True))
