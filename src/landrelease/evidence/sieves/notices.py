# ruff: noqa: E501 - patterns are read whole
"""Acts that a depositary notifies as a form: under the state's name, or one a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landrelease.evidence import gazetteer
from landrelease.evidence.layout import Span
from landrelease.evidence.proposals import Proposal, propose
from landrelease.evidence.reading import Reading

_STATE = r"(?P<state>[A-Z][A-Za-zÀ-ž'’(). -]{2,50}?)"
_NAMES = "withdrawal|denunciation|accession|ratification|acceptance|approval|succession"
_ACT = re.compile(
    rf"^[ \t]*{_STATE}[:,] (?P<act>{_NAMES})\b"
    r"(?:[^\n]{0,200}\n){1,12}?[^\n]{0,200}\b(?:action|deposit|act) (?:\w+ ){0,3}?(?:was|were|has been) (?:effected|deposited|received|made)[^\n]{0,12}? on [^\n]{4,20}",
    re.IGNORECASE | re.MULTILINE,
)
"""A heading with the act, its day some lines on."""
_ROW = re.compile(
    rf"^[ \t•*·–-]{{0,4}}(?:{_STATE} ?(?:[:,|(–—-]| [–—-]) ?(?:instrument of |notification of |notice of )?(?P<act>{_NAMES})"
    rf"|(?P<act2>{_NAMES}) (?:of|by|[:–—-]) ?(?:the )?(?P<state2>[A-Z][A-Za-zÀ-ž'’. -]{{2,50}}?))"
    r"(?:,? on | ?[,:|(–—-] ?)(?=[^\n]{0,12}\d)(?P<rest>[^\n]{4,120})$",
    re.IGNORECASE | re.MULTILINE,
)
"""«State: act, day, with effect from …», in lists and in rows of tables."""
_ENDS = ("withdrawal", "denunciation")
_DONE = {
    "accession": "acceded", "ratification": "ratified", "acceptance": "ratified",
    "approval": "ratified", "succession": "acceded",
}  # fmt: skip
_NOTICE = 400
"""Characters of a notification after its act."""


def notices(reading: Reading, treaty: str) -> Iterator[Proposal]:
    """Yield the acts that forms and rows of a notice name, for the treaty of its heading."""
    for match in _ACT.finditer(reading.text):
        days = reading.inside(match.end("act"), match.end() + 20, "D")
        named = [m.key for m in reading.inside(match.end(), match.end() + _NOTICE, "T")]
        code = next((key for key in named if key != "other"), treaty)
        day = days[-1].data.value if days else None
        end = max([match.end("act"), *(m.end for m in days[-1:])])
        yield from _act(reading, (match["state"], match["act"]), Span(match.start("state"), end), code, day)  # fmt: skip
    for match in _ROW.finditer(reading.text):
        days = reading.inside(match.start("rest"), match.end(), "D")
        state, act = match["state"] or match["state2"], match["act"] or match["act2"]
        if days and days[0].start - match.start("rest") <= _AT_ONCE:
            first = match.start("state") if match["state"] else match.start("act2")
            yield from _act(reading, (state, act), Span(first, match.end()), treaty, days[0].data.value)  # fmt: skip


_AT_ONCE = 12
"""The day of a row follows its act within these characters."""


def _act(
    reading: Reading, words: tuple[str, str], span: Span, treaty: str, day: str | None
) -> Iterator[Proposal]:
    name, word = words[0], words[1].casefold()
    states = [m for m in gazetteer.phrase_book().find(name, 0, len(name)) if m.kind == "S"]
    if len(states) != 1:
        return
    status, kind = ("withdrawing", "notified") if word in _ENDS else ("party", _DONE[word])
    yield propose(
        reading, "treaty_position", span, "position.notification", "high", state=states[0].key,
        treaty=treaty, status=status, status_in_text=words[1], date=day, date_kind=kind,
    )  # fmt: skip
