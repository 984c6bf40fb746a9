"""Reading the second file: who is named, and where in the register a name stands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from landrelease.errors import NotFoundError
from landrelease.register import erasing
from landrelease.register.connection import explained, reading
from landrelease.register.matching import Names
from landrelease.register.names import names_in, traces_in
from landrelease.register.people import erased_ids, named_ids, own_identity_id
from landrelease.register.questions import Questions


class Identities(Questions):
    """The questions about people that an open register answers."""

    def erased_identities(self) -> set[str]:
        """Return the identities that were erased: no file brings them back."""
        with explained(self.path):
            return erased_ids(self._connection)

    def identity(self, identity_id: str) -> dict[str, Any]:
        """Return what the second file says of a person.

        Raises
        ------
        NotFoundError
            The file is not here, or holds no such identity; erased ones are gone.
        """
        found = self._people.get([identity_id])
        if not found:
            raise NotFoundError("identity_unknown", f"no identity {identity_id!r} is kept here")
        return found[identity_id]

    def held_identities(self) -> set[str]:
        """Return the ids of all people that the second file holds."""
        held = self._people.held()
        return set(held.identities) if held else set()

    def names_of(self, record_id: str) -> set[str]:
        """Return the names that the second file holds of whom any version of a record names."""
        with reading(self._connection, self.path):
            wanted = named_ids(self._connection, record_id) | {own_identity_id(record_id)}
        held = self._people.get(wanted).values()
        return {name for fields in held for name in traces_in(fields)}

    def held_names(self) -> set[str]:
        """Return the names of all people that the second file holds."""
        return {name for fields in self._people.all() for name in names_in(fields)}

    def where_named(self, names: Iterable[str]) -> list[erasing.Standing]:
        """Return every place in the register's files that holds one of the names.

        Pages that another program freed without overwriting them are written anew first.
        """
        wanted = Names(names)
        with reading(self._connection, self.path):
            found = erasing.standing(self._connection, self.path, wanted)
        if all(one.where != self.path.name for one in found):
            return found
        with explained(self.path):
            self._connection.execute("VACUUM")
        with reading(self._connection, self.path):
            found = erasing.standing(self._connection, self.path, wanted)
        if erasing.stands_alone(self.path, wanted):
            return found
        return [one for one in found if one.where != self.path.name]  # in longer words

    def where_part_named(self, names: Iterable[str]) -> list[erasing.Standing]:
        """Return the places that hold one part of a name alone, which nothing blanks."""
        with reading(self._connection, self.path):
            return erasing.standing_alone(self._connection, self.path, names)
