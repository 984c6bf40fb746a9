"""Which areas lie in a district, by what their records say."""

from __future__ import annotations

from collections.abc import Callable

from landrelease.domain.land import AreaState
from landrelease.register import Register


def named_in(
    register: Register, words: str | None, as_of: str | None, known_at: str | None
) -> Callable[[AreaState], bool]:
    """Return whether an area names a district, or one under it, by name, id or P-code.

    Without words every area does. A name that no recorded district has is compared as it stands.
    """
    if words is None:
        return lambda area: True
    districts = register.districts(as_of, known_at)
    meant = {part for at in districts.called(words) for part in districts.within(at)}
    codes = register.district_codes(as_of, known_at)

    def named(area: AreaState) -> bool:
        said = (codes.get(area.record_id), area.district)
        places = (districts.place(text) for text in said)
        at = next((at for at in places if at is not None), None)
        if at is not None:
            return at in meant
        return words.casefold() in {text.casefold() for text in said if text}

    return named
