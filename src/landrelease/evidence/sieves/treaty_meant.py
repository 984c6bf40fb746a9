"""Which treaty «the convention» is: the one a text is about, else the one named last."""

from __future__ import annotations

from collections import Counter

from landrelease.evidence.reading import Reading, Tagged


def main_treaty(reading: Reading) -> str | None:
    """The treaty named first, unless another is named far more often."""
    found = Counter(m.key for m in reading.mentions if m.kind == "T" and m.key != "other")
    if not found:
        return _treaty_of_subject(reading)
    first = next(iter(found))
    most, times = found.most_common(1)[0]
    return most if times > _FAR_MORE * found[first] else first


_FAR_MORE = 2


def in_passing(reading: Reading) -> set[str]:
    """Treaties named but once, so that the next paragraph goes back to the main one."""
    named = Counter(m.key for m in reading.mentions if m.kind == "T")
    return {key for key, times in named.items() if times == 1}


def _treaty_of_subject(reading: Reading) -> str | None:
    """Where no treaty is named, «the treaty» is that of the munition spoken of most."""
    classes = Counter(m.key for m in reading.mentions if m.kind == "M")
    mines = sum(n for key, n in classes.items() if key in _MINES)
    clusters = classes["cluster munition"]
    if max(mines, clusters) < _OFTEN:
        return None
    return "MBT" if mines >= clusters else "CCM"


_MINES = frozenset({"AP mine", "landmine", "mine (type not stated)"})
_OFTEN = 2


def is_told(reading: Reading, tagged: Tagged, named: str | None) -> bool:
    """Whether a treaty is named outside quotation marks, so that the text goes on about it."""
    marks = [(q.start, q.end) for q in reading.quoted(tagged.sentence.start, tagged.sentence.end)]
    return any(
        m.key == named and not any(a <= m.start < b for a, b in marks) for m in tagged.all("T")
    )
