"""Show a text with the spans of its proposals and what was dropped."""

from __future__ import annotations

from landrelease.evidence.extract import Extraction
from landrelease.evidence.proposals import Proposal

_SHOWN = ("speaker", "supplier", "party", "state", "kind", "property")


def explain(extraction: Extraction) -> str:
    """Return the text with numbered marks, followed by what each mark stands for.

    ``⟦n ``…`` ⟧`` encloses proposal n, ``⟦-rule …⟧`` what cleaning dropped.

    Examples
    --------
    >>> from landrelease.evidence.extract import extract
    >>> print(explain(extract("Norway ratified the Mine Ban Treaty in 1998.", published="2020")))
    ⟦1 Norway ratified the Mine Ban Treaty in 1998⟧.
    <BLANKLINE>
    1 treaty_position NOR position.ratified medium 0-43
    """
    text = extraction.document.text
    marks: list[tuple[int, int, int, str]] = []
    for number, proposal in enumerate(extraction.proposals, 1):
        marks.append((proposal.start, 1, -proposal.end, f"⟦{number} "))
        marks.append((proposal.end, 0, -proposal.start, "⟧"))
    for dropped in extraction.dropped:
        marks.append((dropped.start, 1, -dropped.end, f"⟦-{dropped.rule} "))
        marks.append((dropped.end, 0, -dropped.start, "⟧"))
    out, at = [], 0
    for place, _, _, mark in sorted(marks):
        out.append(text[at:place])
        out.append(mark)
        at = place
    out.append(text[at:])
    lines = [_line(n, p) for n, p in enumerate(extraction.proposals, 1)]
    lines += [
        f"- {d.rule} {d.start}-{d.end} {_brief(text[d.start : d.end])}" for d in extraction.dropped
    ]
    return "".join(out) + "\n\n" + "\n".join(lines)


def _brief(words: str, length: int = 60) -> str:
    words = " ".join(words.split())
    return words if len(words) <= length else words[: length - 1] + "…"


def _line(number: int, proposal: Proposal) -> str:
    who = next((str(proposal.fields[k]) for k in _SHOWN if proposal.fields.get(k)), "-")
    checks = "".join(f"\n  ! {check['message']} [{check['code']}]" for check in proposal.checks)
    place = f"{proposal.start}-{proposal.end}"
    return (
        f"{number} {proposal.category} {who} {proposal.rule} {proposal.confidence} {place}{checks}"
    )
