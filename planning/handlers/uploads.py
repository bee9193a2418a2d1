"""Files in: staged, looked at, then applied as a whole. Refused rows are quarantined and counted, missing ones left
alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any
from uuid import uuid4

from hospital.errors import BadInput, Conflict, UnknownId, WrongState
from intake.folder import batch_of, workbook_sheets
from intake.header import match_columns
from intake.matching import key_of, match
from intake.quarantine import RefusedRow, Warned
from intake.schema import table_of, tables_of
from intake.upload import TableBatch, guess_kind, ids_set_aside, read_table
from intake.usage import ISSUES
from planning import commands as c
from planning.areas import AREAS
from planning.desk import Desk, UseCase
from planning.handlers.identities import IDENTITIES, read_identities
from planning.pharmacy.incoming import WideIssues, matched, wide_issues
from planning.pharmacy.records import AREA as ORDERS
from planning.pharmacy.records import pharmacy_of
from planning.rows import Record, Upload
from planning.site_data import records_for
from planning.views import UploadView

WORKBOOK = "workbook"


@dataclass(frozen=True, kw_only=True)
class Staged:
    """A file read outside the transaction: what applying it would store and what the page shows."""

    kind: str
    source: str
    revision: int
    content: Mapping[str, Any]
    summary: Mapping[str, Any]
    mapping: Mapping[str, str] | None


def source_of(command: c.StageUpload) -> str:
    """The source whose columns are kept: as named by the person, else the file's name without its numbers."""
    stem = command.filename.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return (command.source.strip() or re.sub(r"[\d_\-. ()]+", " ", stem).strip() or "file")[:200]


def _ready(desk: Desk, command: c.StageUpload) -> Staged:
    limit = desk.settings.upload_max_mb
    if len(command.content) > limit * 1_000_000:
        found = len(command.content) // 1_000_000
        raise BadInput("file_too_large", where=command.filename, expected=limit, found=found)
    situation_site = _site(desk, command.area)
    kind = command.kind or guess_kind(command.filename, command.content, command.area) or WORKBOOK
    if kind == WORKBOOK:
        return _whole_workbook(desk, command, situation_site)
    source = source_of(command)
    if kind == IDENTITIES:
        content, summary = read_identities(command.filename, command.content)
        return Staged(
            kind=kind, source=source, revision=_revision(desk, command), content=content, summary=summary, mapping=None
        )
    if kind == ISSUES:
        wide = wide_issues(command.filename, command.content, situation_site)
        if wide is not None:
            return _wide(desk, command, situation_site, wide)
    if kind not in tables_of(command.area):
        raise BadInput("unknown_kind", found=kind, expected=", ".join(tables_of(command.area)))
    mapping: Mapping[str, str] | None = command.mapping
    if mapping is None:
        mapping = desk.work.uploads.mapping(desk.site_id, command.area, source, kind)
    settings = situation_site.settings
    batch = read_table(
        kind, command.filename, command.content, settings=settings, mapping=mapping, known=situation_site
    )
    summary = _columns(batch) | {"refused": [row.as_dict() for row in batch.refused]}
    summary["warnings"] = [row.as_dict() for row in batch.warnings]
    aside = {kind: batch.refused_ids}
    content, counts = _matched(desk, command.area, situation_site, {kind: batch.rows}, source=source, aside=aside)
    return Staged(
        kind=kind,
        source=source,
        revision=_revision(desk, command),
        content=content,
        summary=summary | counts,
        mapping=batch.mapping,
    )


def _site(desk: Desk, area: str) -> Any:
    """The area's data as they stand."""
    if area in AREAS:
        return desk.situation(area).site
    desk.check_area(area)
    if area != ORDERS:
        raise BadInput("unknown_area", id=area, expected=", ".join((*AREAS, ORDERS)))
    return pharmacy_of(desk.work.records.all(desk.site_id, area))


def _wide(desk: Desk, command: c.StageUpload, site: Any, wide: WideIssues) -> Staged:
    """A table of issues with a column an item."""
    source = source_of(command)
    kept = {ISSUES: desk.work.records.digests(desk.site_id, command.area, ISSUES)}
    content, counts = matched(site, {}, kept, source=source, at=desk.now, usage=wide.usage)
    summary = {
        "columns": list(wide.headings),
        "mapping": {},
        "known_columns": list(table_of(ISSUES).names),
        "sample_rows": list(wide.sample_rows),
        "missing_columns": [],
        "num_rows": wide.num_rows,
        "refused": [row.as_dict() for row in wide.refused],
        "warnings": [row.as_dict() for row in wide.warnings],
    }
    return Staged(
        kind=ISSUES,
        source=source,
        revision=_revision(desk, command),
        content=content,
        summary=summary | counts,
        mapping=None,
    )


def _revision(desk: Desk, command: c.StageUpload) -> int:
    return desk.work.sites.area(desk.site_id, command.area).data_revision


def _whole_workbook(desk: Desk, command: c.StageUpload, site: Any) -> Staged:
    """A workbook whose sheets are named for their tables: the whole hospital, its references among themselves."""
    tables = tables_of(command.area)
    sheets = workbook_sheets(command.filename, command.content, command.area)
    if not sheets:
        raise BadInput("no_tables", where=command.filename, expected=", ".join(tables))
    batch = batch_of(sheets, site.settings, area=command.area)
    rows = {kind: getattr(batch.value, tables[kind].attribute) for kind in sheets}
    source = source_of(command)
    aside = {
        kind: ids_set_aside(sheet, match_columns(sheet.header, kind), (r for r in batch.refused if r.kind == kind))
        for kind, sheet in sheets.items()
    }
    content, counts = _matched(desk, command.area, site, rows, source=source, aside=aside)
    summary = {
        "columns": list(sheets),
        "mapping": {},
        "known_columns": list(tables),
        "sample_rows": [],
        "missing_columns": [],
        "num_rows": sum(len(sheet.rows) + len(sheet.broken) for sheet in sheets.values()),
        "refused": [row.as_dict() for row in batch.refused],
        "warnings": [row.as_dict() for row in batch.warnings],
    }
    return Staged(
        kind=WORKBOOK,
        source=source,
        revision=_revision(desk, command),
        content=content,
        summary=summary | counts,
        mapping=None,
    )


def _columns(batch: TableBatch) -> dict[str, Any]:
    headings = [column.heading for column in batch.columns]
    return {
        "columns": headings,
        "mapping": dict(batch.mapping),
        "known_columns": list(table_of(batch.kind).names),
        "sample_rows": [dict(zip(headings, row, strict=True)) for row in batch.sample_rows],
        "missing_columns": list(batch.missing),
        "num_rows": batch.num_rows,
    }


def _matched(
    desk: Desk,
    area: str,
    site: Any,
    tables: Mapping[str, Iterable[Any]],
    *,
    source: str,
    aside: Mapping[str, frozenset[str]],
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The rows to store and to replace by kind, and their counts beside what is there. Ids of ``aside`` stand in refused
    rows: the file speaks of them, so nobody is asked whether they are to be cancelled."""
    if area == ORDERS:
        digests = {kind: desk.work.records.digests(desk.site_id, area, kind) for kind in tables}
        return matched(site, tables, digests, source=source, at=desk.now)
    put: dict[str, list[dict[str, Any]]] = {}
    replaced: dict[str, list[str]] = {}
    counts = {"num_new": 0, "num_changed": 0, "num_unchanged": 0}
    missing: list[str] = []
    for kind, incoming in tables.items():
        there = getattr(site, table_of(kind).attribute)
        found = match(there, incoming, kind=kind)
        kept = desk.work.records.digests(desk.site_id, area, kind)
        wanted = records_for(kind, incoming, source=source, at=desk.now)
        same = {row.key for row in wanted if kept.get(row.key) == row.digest}
        new = [row for row in records_for(kind, found.new, source=source, at=desk.now) if not _is_back(kind, row, same)]
        changed = records_for(kind, [row.after for row in found.changed], source=source, at=desk.now)
        counts["num_new"] += len(new)
        counts["num_changed"] += len(changed)
        counts["num_unchanged"] += len(found.unchanged) + len(found.new) - len(new)
        names = [_name(kind, value) for value in found.missing]
        missing += [name for name in names if name not in aside.get(kind, ())]
        if table_of(kind).key:
            put[kind] = [_stored(row) for row in (*new, *changed)]
        elif new or found.missing:
            put[kind] = [_stored(row) for row in wanted]
            keys = {row.key for row in wanted}
            replaced[kind] = [
                row.key for row in records_for(kind, there, source="", at=desk.now) if row.key not in keys
            ]
    return {"put": put, "replaced": replaced}, counts | {"missing": missing}


def _is_back(kind: str, row: Record, same: set[str]) -> bool:
    """A request cancelled by a person that stands in the file as before: it stays cancelled."""
    return bool(table_of(kind).key) and row.key in same


def _stored(row: Record) -> dict[str, Any]:
    return {"key": row.key, "payload": dict(row.payload), "digest": row.digest}


def _name(kind: str, value: Any) -> str:
    if table_of(kind).key:
        return " / ".join(part for part in key_of(kind, value) if part)
    return str(getattr(value, fields(value)[0].name))


def _stage(desk: Desk, command: c.StageUpload, staged: Staged) -> UploadView:
    desk.check_area(command.area)
    upload = Upload(
        id=uuid4().hex,
        site_id=desk.site_id,
        area=command.area,
        kind=staged.kind,
        source=staged.source,
        filename=command.filename[:300],
        state="staged",
        by=desk.actor.name,
        at=desk.now,
        content=dict(staged.content) | {"revision": staged.revision},
        summary=staged.summary,
    )
    desk.work.uploads.add(upload)
    if staged.mapping is not None and not staged.summary["missing_columns"]:
        desk.work.uploads.keep_mapping(desk.site_id, command.area, staged.source, staged.kind, staged.mapping)
    desk.trail.facts["upload"] = upload.id
    return upload_view(upload)


def upload_view(upload: Upload) -> UploadView:
    """An upload as its page shows it."""
    said = upload.summary
    return UploadView(
        id=upload.id,
        kind=upload.kind,
        source=upload.source,
        filename=upload.filename,
        state=upload.state,
        columns=tuple(said["columns"]),
        mapping=said["mapping"],
        known_columns=tuple(said["known_columns"]),
        sample_rows=tuple(said["sample_rows"]),
        num_rows=said["num_rows"],
        num_new=said["num_new"],
        num_changed=said["num_changed"],
        num_unchanged=said["num_unchanged"],
        missing=tuple(said["missing"]),
        refused=tuple(RefusedRow(**row) for row in said["refused"]),
        missing_columns=tuple(said["missing_columns"]),
        warnings=tuple(Warned(**row) for row in said["warnings"]),
    )


def find_upload(desk: Desk, upload_id: str) -> Upload:
    """An upload of the actor's site. Raises UnknownId."""
    upload = desk.work.uploads.get(desk.site_id, upload_id)
    if upload is None:
        raise UnknownId("unknown_upload", id=upload_id)
    return upload


def _apply(desk: Desk, command: c.ApplyUpload, _: Any) -> UploadView:
    upload = find_upload(desk, command.upload_id)
    state = desk.lock(upload.area)
    if upload.state != "staged":
        raise WrongState("upload_not_staged", found=upload.state)
    if upload.summary["missing_columns"]:
        columns = ", ".join(upload.summary["missing_columns"])
        raise BadInput("missing_columns", where=upload.filename, expected=columns, found="")
    if upload.content["revision"] != state.data_revision:
        raise Conflict("data_changed", where=upload.filename)
    if not desk.work.uploads.set_state(upload, "applied"):
        raise Conflict("data_changed", where=upload.filename)
    records = [
        Record(kind=kind, source=upload.source, updated=desk.now, **row)
        for kind, rows in upload.content.get("put", {}).items()
        for row in rows
    ]
    desk.work.records.put(desk.site_id, upload.area, records)
    replaced = upload.content.get("replaced", {})
    for kind, keys in replaced.items():
        desk.work.records.cancel(desk.site_id, upload.area, kind, keys)
    desk.work.records.put_identities(desk.site_id, upload.content.get(IDENTITIES, {}))
    desk.work.uploads.add_refused(upload, desk.now, upload.summary["refused"])
    if records or replaced:
        desk.data_changed(upload.area)
    desk.trail.facts |= {"stored": len(records), "refused": len(upload.summary["refused"])}
    return upload_view(find_upload(desk, upload.id))


def _discard(desk: Desk, command: c.DiscardUpload, _: Any) -> None:
    upload = find_upload(desk, command.upload_id)
    if upload.state != "staged" or not desk.work.uploads.set_state(upload, "discarded"):
        raise WrongState("upload_not_staged", found=upload.state)


USE_CASES: dict[type[c.Command], UseCase] = {
    c.StageUpload: UseCase(_stage, ready=_ready),
    c.ApplyUpload: UseCase(_apply),
    c.DiscardUpload: UseCase(_discard),
}
