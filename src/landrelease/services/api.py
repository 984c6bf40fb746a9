"""All use cases of one open register behind one object: what the web asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from landrelease.register import open_register
from landrelease.services import (
    approving,
    area_science,
    attachments,
    claims,
    documents,
    exporting,
    judging,
    land,
    layers,
    mending,
    records,
    row_mending,
    science,
    workflow,
)
from landrelease.services.area_page import area_page
from landrelease.services.files import read_json

Result = dict[str, Any]

#: Name and bytes of a file.
NamedBytes = tuple[str, bytes]


class Services:
    """The use cases of one register in one person's name.

    Parameters
    ----------
    register : Path
        The register file; opened for each question and closed again.
    author : str
        Who judges, where a call does not say.
    """

    def __init__(self, register: Path, author: str) -> None:
        self.register = register
        self.author = author
        self._summary: tuple[str, Result] | None = None

    def revision(self) -> str:
        """Return a text that changes whenever the ledger does."""
        with open_register(self.register) as register:
            return register.revision()

    def summary(self) -> Result:
        """Return the figures of the first page; counted anew when the ledger has changed."""
        revision = self.revision()
        if self._summary is None or self._summary[0] != revision:
            self._summary = (revision, land.summary(self.register))
        return self._summary[1]

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
    ) -> Result:
        """Return one page of hazardous areas and how many there are."""
        wanted = land.AreaFilter(search, hazard_kind, status, district)
        result = land.areas(self.register, as_of, known_at, wanted)
        rows = _sorted(result["areas"], sort)
        page = rows[offset : None if limit is None else offset + limit]
        return {**result, "total": len(rows), "count": len(page), "areas": page}

    def area(self, record_id: str) -> Result:
        """Return all that is known of one hazardous area."""
        return area_page(self.register, record_id)

    def show(self, record_id: str, as_of: str | None = None, known_at: str | None = None) -> Result:
        """Return one record with its links."""
        return records.show(self.register, record_id, as_of, known_at)

    def history(self, record_id: str) -> Result:
        """Return every version of one record."""
        return records.history(self.register, record_id)

    def near(
        self,
        longitude: float,
        latitude: float,
        radius_m: float = 500.0,
        *,
        as_of: str | None = None,
        known_at: str | None = None,
    ) -> Result:
        """Return what is known near a point."""
        place = (longitude, latitude, radius_m)
        return land.near(self.register, *place, as_of=as_of, known_at=known_at)

    def balance(
        self, as_of: str | None = None, known_at: str | None = None, scope: str | None = None
    ) -> Result:
        """Return the account of square metres."""
        return land.balance(self.register, as_of, known_at, scope)

    def inbox(self, state: str = "pending", *, limit: int | None = None, offset: int = 0) -> Result:
        """Return one page of proposals with the words around their quotes and what is alike."""
        found = documents.inbox(self.register, state)
        rows = found["proposals"]
        page = rows[offset : None if limit is None else offset + limit]
        shown = [
            {**p, "alike": documents.alike(found, p["id"]), "held": _held(found, p["id"])}
            for p in documents.context(self.register, page)
        ]
        return {"proposals": shown, "total": len(rows), "candidates": found["candidates"]}

    def proposal(self, proposal_id: str) -> Result:
        """Return one proposal."""
        return documents.proposal(self.register, proposal_id)

    def judge(
        self,
        proposal_id: str,
        decision: str,
        *,
        why: str,
        set_fields: Mapping[str, str] | None = None,
        by: str | None = None,
        together: Sequence[str] = (),
        same_as: str | None = None,
        take: Sequence[str] = (),
        keep: Sequence[str] = (),
    ) -> Result:
        """Accept or reject a proposal, and with it others about the same."""
        how = judging.Accepting(set_fields or {}, together, same_as, take, keep)
        by = by or self.author
        return judging.judge(self.register, proposal_id, decision, why=why, by=by, how=how)

    def source(self, source_id: str) -> Result:
        """Return a source with its text."""
        return documents.source(self.register, source_id)

    def layer_features(
        self, kind: str, audience: str
    ) -> Iterable[tuple[str, bytes, Mapping[str, object]]]:
        """Return record id, WKB and visible properties of one kind's records."""
        return exporting.features(self.register, kind, audience)

    def outlook(self, scenario: Mapping[str, Any]) -> Result:
        """Return the persistence of cohorts over time."""
        return science.outlook(scenario)

    def munitions(self) -> list[Result]:
        """Return the munition catalogue."""
        return science.munitions()

    def calculators(self) -> list[Result]:
        """Return every calculator's inputs and formula."""
        return science.calculators()

    def calculate(self, name: str, inputs: Mapping[str, Any]) -> Result:
        """Run one calculator."""
        return science.calculate(name, inputs)

    def explain(self, answer: Mapping[str, Any]) -> Result:
        """Return a calculator's answer in words, and a small chart of it."""
        return science.explain(answer)

    def claim_outlook(self, record_id: str) -> Result:
        """Return the outlook that an accepted munition claim or transfer starts."""
        return area_science.claim_outlook(self.register, record_id)

    def claimed_and_found(self, munition_id: str) -> list[Result]:
        """Return the published shares of failures of a munition, claims first."""
        return science.claimed_and_found(munition_id)

    def plan(self) -> Result | None:
        """Return the last plan written beside the register, None where there is none."""
        written = self.register.parent / "plan.json"
        return read_json(str(written)) if written.is_file() else None

    def imports(self) -> Result:
        """Return every import."""
        return layers.imports(self.register)

    def quarantine(self, import_id: str | None = None) -> Result:
        """Return rows that wait to be mended."""
        return mending.quarantine(self.register, import_id)

    def waiting_row(self, token: str) -> Result:
        """Return one row that waits, with its cells and what they are read as."""
        return row_mending.waiting_row(self.register, token)

    def mend(
        self,
        token: str,
        cells: Mapping[str, str],
        *,
        set_fields: Mapping[str, str],
        exchange: bool,
        by: str | None = None,
    ) -> Result:
        """Take a waiting row in as it was mended."""
        mended = row_mending.Mended(cells, set_fields, exchange)
        return row_mending.mend(self.register, token, mended, by=by or self.author)

    def awaiting(
        self, state: str | None = None, *, limit: int | None = None, offset: int = 0
    ) -> Result:
        """Return records that wait for a second person, with what they would change."""
        return approving.queue(self.register, state, limit=limit, offset=offset)

    def approve(
        self, step: str, record_ids: Sequence[str], *, why: str, by: str | None = None
    ) -> Result:
        """Verify, approve or reject records."""
        by = by or self.author
        if step == "reject":
            return approving.reject(self.register, record_ids, why=why, by=by)
        return workflow.take_step(self.register, step, record_ids, why=why, by=by)

    def claims(self, import_id: str | None = None, kind: str | None = None) -> Result:
        """Return what files claim against the rules of land and nobody has settled."""
        return claims.listing(self.register, claims.Chosen((), import_id, kind))

    def would_settle(self, record_ids: Sequence[str], how: Mapping[str, Any]) -> Result:
        """Say what settling the claims of records would do."""
        chosen = claims.Chosen(record_ids)
        return claims.preview(self.register, chosen, claims.Settling(**how))

    def settle(
        self, record_ids: Sequence[str], how: Mapping[str, Any], *, by: str | None = None
    ) -> Result:
        """Settle the claims of records: take them over or dismiss them."""
        chosen = claims.Chosen(record_ids)
        settling = claims.Settling(**how)
        return claims.settle(self.register, chosen, settling, by=by or self.author)

    def attachments(self, audience: str = "internal", record_id: str | None = None) -> Result:
        """Return the attachments of one record or all that an audience may have."""
        return attachments.listing(self.register, audience, record_id)

    def attach(
        self,
        record_id: str,
        files: Sequence[NamedBytes],
        *,
        note: str | None,
        audience: str,
        by: str | None = None,
    ) -> Result:
        """Attach files to a record."""
        how = attachments.Attaching(note, audience)
        by = by or self.author
        return attachments.attach_contents(self.register, record_id, files, by=by, how=how)

    def attachment(self, attachment_id: str) -> NamedBytes:
        """Return name and bytes of one attached file."""
        return attachments.content(self.register, attachment_id)

    def waiting_file(self, layer: str, suffix: str, import_id: str | None = None) -> NamedBytes:
        """Return the waiting rows of a layer as a file to be mended elsewhere."""
        with TemporaryDirectory() as folder:
            file = Path(folder) / f"quarantine.{suffix}"
            mending.give_out(self.register, file, import_id=import_id, layer=layer)
            return f"quarantine-{layer}.{suffix}", file.read_bytes()

    def reports(self) -> list[Result]:
        """Return the reports written beside the register."""
        folder = self.register.parent / "reports"
        found = sorted(p for p in folder.glob("*") if p.suffix in (".html", ".xlsx"))
        return [{"name": p.name, "path": str(p)} for p in found]


def _held(found: Result, proposal_id: str) -> list[Result]:
    return [one for one in found["held"] if one["proposal"] == proposal_id]


def _sorted(rows: list[Result], sort: str | None) -> list[Result]:
    if not sort:
        return rows
    name = sort.removeprefix("-")
    known = [row for row in rows if row.get(name) is not None]
    unknown = [row for row in rows if row.get(name) is None]
    return sorted(known, key=lambda row: row[name], reverse=sort.startswith("-")) + unknown
