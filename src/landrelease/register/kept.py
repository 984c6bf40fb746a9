"""What a register keeps beside its records: documents, attached files, rows that wait."""

from __future__ import annotations

from collections.abc import Iterable

from landrelease.errors import NotFoundError
from landrelease.register import (
    attachments,
    documents,
    quarantine,
)
from landrelease.register.connection import explained, reading
from landrelease.register.contract import QuarantineRow
from landrelease.register.questions import Questions
from landrelease.register.state import bounds


class Kept(Questions):
    """The questions about documents and waiting rows that an open register answers."""

    def document(self, source_id: str) -> tuple[bytes, str]:
        """Return a source's bytes, and the text read from them.

        Raises
        ------
        NotFoundError
            No document is kept under this source.
        """
        row = self._one("SELECT raw, text FROM document WHERE source_id = ?", (source_id,))
        if row is None:
            raise NotFoundError("document_unknown", f"no document is kept for {source_id!r}")
        return row[0], row[1]

    def erased_texts(self) -> dict[str, str]:
        """Return the texts of documents that erasings left, for a merge, by source."""
        with reading(self._connection, self.path):
            return documents.erased_texts(self._connection)

    def attachment(self, sha256: str) -> bytes:
        """Return an attached file.

        Raises
        ------
        NotFoundError
            No file of this hash is kept here.
        """
        return self.document(f"{attachments.PREFIX}{sha256}")[0]

    def kept_attachments(self) -> set[str]:
        """Return the SHA-256 of attached files that are kept here: not of who was erased."""
        query = "SELECT source_id FROM document WHERE source_id LIKE ?"
        rows = self._all(query, (f"{attachments.PREFIX}%",))
        return {source_id.removeprefix(attachments.PREFIX) for (source_id,) in rows}

    def missing_attachments(self) -> list[str]:
        """Return the SHA-256 of attached files that are not kept here, as after a merge."""
        with reading(self._connection, self.path):
            return attachments.missing(self._connection)

    def unsearched_attachments(self) -> list[str]:
        """Return the SHA-256 of attached files that are no text, in which no name is found."""
        with reading(self._connection, self.path):
            return attachments.unsearched(self._connection)

    def quarantine(self, import_id: str | None = None) -> list[QuarantineRow]:
        """Return rows that wait to be mended, of one import or all."""
        with reading(self._connection, self.path):
            rows = quarantine.waiting(self._connection, import_id)
        return quarantine.with_names(rows, self._people)

    def quarantine_then(self, known_at: str) -> list[QuarantineRow]:
        """Return rows that waited as known at a time."""
        with reading(self._connection, self.path):
            rows = quarantine.waiting_then(self._connection, bounds(None, known_at)["known_us"])
        return quarantine.with_names(rows, self._people)

    def mended(self) -> list[QuarantineRow]:
        """Return rows that were mended and taken in since, as they were read."""
        with reading(self._connection, self.path):
            rows = quarantine.mended(self._connection)
        return quarantine.with_names(rows, self._people)

    def imports_kept(self) -> set[str]:
        """Return the imports that left rows here, whatever became of them."""
        with explained(self.path):
            return quarantine.imports_kept(self._connection)

    def mending_imports(self) -> dict[int, str]:
        """Return the imports by which rows were mended, by the rows' ids here."""
        with explained(self.path):
            return quarantine.mending_imports(self._connection)

    def mended_with(self, quarantine_ids: Iterable[int]) -> set[str]:
        """Return the records that the imports brought by which these rows were mended."""
        with explained(self.path):
            return quarantine.mended_with(self._connection, quarantine_ids)
