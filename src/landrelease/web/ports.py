"""What the pages ask of the services: the methods they call, and nothing else.

Every answer is the JSON document that the design gives for the command of the same name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

Document = dict[str, Any]
NamedBytes = tuple[str, bytes]
Feature = tuple[str, bytes, Mapping[str, object]]


class ServicesPort(Protocol):
    """The use cases as the pages see them; `landrelease.services` supplies the real ones."""

    def revision(self) -> str:
        """Return a text that changes whenever the ledger does."""

    def summary(self) -> Document:
        """Return name, counts by kind and status, totals, what is not shown, and the bounds."""

    def areas(
        self,
        as_of: str | None = None,
        known_at: str | None = None,
        *,
        search: str | None = None,
        hazard_kind: str | None = None,
        status: str | None = None,
        district: str | None = None,
        sort: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> Document:
        """Return hazardous areas and their total number."""

    def area(self, record_id: str) -> Document:
        """Return all that is known of one hazardous area."""

    def show(
        self, record_id: str, as_of: str | None = None, known_at: str | None = None
    ) -> Document:
        """Return one record of any kind as it stands, or stood on a date."""

    def history(self, record_id: str) -> Document:
        """Return the ledger entries of one record."""

    def near(
        self,
        longitude: float,
        latitude: float,
        radius_m: float = 500.0,
        *,
        as_of: str | None = None,
        known_at: str | None = None,
    ) -> Document:
        """Return what is known near a point, with sources."""

    def balance(
        self, as_of: str | None = None, known_at: str | None = None, scope: str | None = None
    ) -> Document:
        """Return the balance of square metres."""

    def inbox(
        self, state: str = "pending", *, limit: int | None = None, offset: int = 0
    ) -> Document:
        """Return one page of proposals in one state, and how many there are."""

    def proposal(self, proposal_id: str) -> Document:
        """Return one proposal."""

    def judge(
        self,
        proposal_id: str,
        decision: str,
        *,
        why: str,
        set_fields: Mapping[str, str] | None = None,
        by: str,
        together: Sequence[str] = (),
        same_as: str | None = None,
        take: Sequence[str] = (),
        keep: Sequence[str] = (),
    ) -> Document:
        """Accept or reject a proposal in a person's name, and with it others about the same.

        ``same_as`` names the record that gains a further source, ``take`` and ``keep`` its fields
        whose value is the proposal's or stays.
        """

    def source(self, source_id: str) -> Document:
        """Return a source, its text where it is kept, and the proposals read in it."""

    def layer_features(self, kind: str, audience: str) -> Iterable[Feature]:
        """Yield record id, WKB in EPSG:4326 and properties of one kind's records."""

    def outlook(self, scenario: Mapping[str, Any]) -> Document:
        """Return the persistence of a supplied cohort over time."""

    def munitions(self) -> list[Document]:
        """Return the munition catalogue."""

    def calculators(self) -> list[Document]:
        """Return name, title, summary and parameters of every calculator."""

    def calculate(self, name: str, inputs: Mapping[str, Any]) -> Document:
        """Run one calculator."""

    def explain(self, answer: Mapping[str, Any]) -> Document:
        """Return a calculator's answer in words, and a small chart of it."""

    def claim_outlook(self, record_id: str) -> Document:
        """Return the scenario and outlook that an accepted claim or transfer starts."""

    def claimed_and_found(self, munition_id: str) -> list[Document]:
        """Return the published shares of failures of a munition, claims first."""

    def plan(self) -> Document | None:
        """Return the latest plan, if there is one."""

    def imports(self) -> Document:
        """Return the imports and their counts."""

    def quarantine(self, import_id: str | None = None) -> Document:
        """Return the rows that were not accepted, with the reasons."""

    def waiting_row(self, token: str) -> Document:
        """Return one row that waits, with its cells and what they are read as."""

    def mend(
        self,
        token: str,
        cells: Mapping[str, str],
        *,
        set_fields: Mapping[str, str],
        exchange: bool,
        by: str,
    ) -> Document:
        """Take a waiting row in as it was mended; the account says whether it could be."""

    def awaiting(
        self, state: str | None = None, *, limit: int | None = None, offset: int = 0
    ) -> Document:
        """Return one page of records that wait for a second person, and how many there are."""

    def approve(self, step: str, record_ids: Sequence[str], *, why: str, by: str) -> Document:
        """Take a step with records: ``verify`` or ``approve`` all or none, or ``reject``."""

    def claims(self, import_id: str | None = None, kind: str | None = None) -> Document:
        """Return what files claim against the rules of land and nobody has settled."""

    def would_settle(self, record_ids: Sequence[str], how: Mapping[str, Any]) -> Document:
        """Say what `settle` would do; nothing is written."""

    def settle(self, record_ids: Sequence[str], how: Mapping[str, Any], *, by: str) -> Document:
        """Settle the claims of records; what the rules refuse is left.

        ``how`` holds ``decision`` (``accept``, ``dismiss``), ``why``, ``set_fields``,
        ``occurred_on`` and ``source``.
        """

    def attachments(self, audience: str = "internal", record_id: str | None = None) -> Document:
        """Return the attachments of one record or all that an audience may have."""

    def attach(
        self,
        record_id: str,
        files: Sequence[NamedBytes],
        *,
        note: str | None,
        audience: str,
        by: str,
    ) -> Document:
        """Attach files to a record; the same bytes are stored once."""

    def attachment(self, attachment_id: str) -> NamedBytes:
        """Return name and bytes of one attached file."""

    def waiting_file(self, layer: str, suffix: str, import_id: str | None = None) -> NamedBytes:
        """Return name and bytes of a file of the waiting rows of a layer."""

    def reports(self) -> list[Document]:
        """Return the reports that were written."""
