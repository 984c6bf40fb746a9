"""Names of people stay out of what can never be erased: a guard of records by hand.

Words can be erased (`landrelease.domain.words`); a local id, the name of a district or a mark
stands in the ledger for ever.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from landrelease.domain.entries import Draft
from landrelease.domain.kinds import erasable_fields, kind_spec
from landrelease.domain.plain import texts_in
from landrelease.errors import RefusedError
from landrelease.register import Names, Register, names_in, split_body

#: A single word may be a place or a thing; a name of several words is a person's.
_FEWEST_WORDS = 2


def check_names(register: Register, drafts: Sequence[Draft]) -> None:
    """Refuse drafts whose lasting fields hold a name that the second file keeps or would keep.

    Parameters
    ----------
    drafts : sequence of Draft
        What one call is to write.

    Raises
    ------
    RefusedError
        ``name_in_text``: the field is named, the name is not repeated.
    """
    known = {*register.held_names(), *_brought(drafts)}
    names = Names(name for name in known if len(name.split()) >= _FEWEST_WORDS)
    if not names:
        return
    for draft in drafts:
        for field, text in _lasting(draft):
            if names.holds(text):
                raise RefusedError(
                    "name_in_text",
                    f"{draft.kind} {draft.body.get('local_id') or ''}: {field} holds the name of a "
                    "person, and could never be erased",
                    "leave the name out; the record of the victim keeps it apart",
                )


def _brought(drafts: Sequence[Draft]) -> Iterator[str]:
    for draft in drafts:
        if kind_spec(draft.kind).personal:
            yield from names_in(split_body(draft.kind, "", draft.body)[1])


def _lasting(draft: Draft) -> Iterator[tuple[str, str]]:
    """Texts of a draft that the ledger itself will hold, with their fields."""
    apart = {"geometry", *erasable_fields(draft.kind)}
    yield from texts_in({name: value for name, value in draft.body.items() if name not in apart})
