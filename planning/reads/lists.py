"""Plain lists: calls, reviews, jobs, uploads, quarantine, audit log, accounts, sites."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hospital.errors import UnknownId
from intake.quarantine import RefusedRow
from planning import queries as q
from planning.actors import Role
from planning.areas.advice import place_view
from planning.audit import verify_chain
from planning.desk import Desk
from planning.handlers.access import account_row
from planning.handlers.sites import site_view
from planning.handlers.uploads import find_upload, upload_view
from planning.job_desk import job_view
from planning.reads.rows import abouts_of, version_row
from planning.site_data import settings_of
from planning.views import (
    AccountRow,
    AuditRow,
    CallRow,
    ChainCheck,
    JobView,
    QuarantineRow,
    ReviewRow,
    SiteView,
    UploadRow,
    UploadView,
)


def call_rows(desk: Desk, area: str, version: int) -> tuple[CallRow, ...]:
    """A version's call list, those still to be told first, then by time."""
    desk.version(area, version)
    situation = desk.situation(area)
    abouts = abouts_of(situation)
    rows = [
        CallRow(
            request=call.request,
            patient=call.patient,
            about=abouts.of(call.request),
            old=tuple(place_view(row) for row in call.old),
            new=tuple(place_view(row) for row in call.new),
            cause=call.cause,
            reason=call.reason,
            is_done=call.is_done,
            done_by=call.done_by,
            done_at=call.done_at,
        )
        for call in desk.work.versions.calls(desk.site_id, area, version)
    ]
    return tuple(sorted(rows, key=_by_time))


def _by_time(row: CallRow) -> tuple[bool, str, str]:
    times = [place.start.isoformat() for place in (*row.old, *row.new)]
    return (row.is_done, min(times, default=""), row.request)


def _reviews(desk: Desk, query: q.ReviewList) -> tuple[ReviewRow, ...]:
    desk.check_area(query.area)
    rows = [
        ReviewRow(
            version=version_row(version),
            num_calls=len(desk.work.versions.calls(desk.site_id, query.area, version.number)),
            is_reviewed=version.reviewed is not None,
            reviewer=version.reviewer,
            reviewed=version.reviewed,
        )
        for version in desk.work.versions.list(desk.site_id, query.area)
        if version.is_same_day
    ]
    return tuple(sorted(rows, key=lambda row: row.is_reviewed))


def _job(desk: Desk, query: q.JobStatus) -> JobView:
    job = desk.work.jobs.get(query.job_id)
    if job is None or job.site_id != desk.site_id:
        raise UnknownId("unknown_job", id=query.job_id)
    return job_view(job)


def _active_job(desk: Desk, query: q.ActiveJob) -> JobView | None:
    desk.check_area(query.area)
    job = desk.work.jobs.last(desk.site_id, query.area)
    return None if job is None else job_view(job)


def _uploads(desk: Desk, query: q.Uploads) -> tuple[UploadRow, ...]:
    desk.check_area(query.area)
    return tuple(
        UploadRow(
            id=upload.id,
            kind=upload.kind,
            source=upload.source,
            filename=upload.filename,
            state=upload.state,
            by=upload.by,
            at=upload.at,
            num_new=upload.summary["num_new"],
            num_changed=upload.summary["num_changed"],
            num_unchanged=upload.summary["num_unchanged"],
            num_missing=len(upload.summary["missing"]),
            num_refused=len(upload.summary["refused"]),
        )
        for upload in desk.work.uploads.list(desk.site_id, query.area)
    )


def _upload(desk: Desk, query: q.UploadStatus) -> UploadView:
    return upload_view(find_upload(desk, query.upload_id))


def _quarantine(desk: Desk, query: q.Quarantine) -> tuple[QuarantineRow, ...]:
    desk.check_area(query.area)
    rows = desk.work.uploads.refused(desk.site_id, query.area, query.upload_id)
    return tuple(
        QuarantineRow(upload_id=upload_id, at=at, by=by, refused=RefusedRow(**row)) for upload_id, at, by, row in rows
    )


def _audit_log(desk: Desk, query: q.AuditLog) -> tuple[AuditRow, ...]:
    limit = max(1, min(query.limit, 1000))
    names = (
        "number", "at", "account_id", "name", "role", "command", "details", "reason", "is_refused", "refusal", "before",
        "after", "hash",
    )  # fmt: skip
    rows = desk.work.audit.list(desk.site_id, limit=limit, before=query.before)
    return tuple(AuditRow(**{name: getattr(row, name) for name in names}) for row in rows)


def _audit_check(desk: Desk, _: q.AuditCheck) -> ChainCheck:
    rows = desk.work.audit.list(desk.site_id, limit=None)
    return verify_chain(tuple(reversed(rows)), desk.work.audit.last(desk.site_id))


def _accounts(desk: Desk, _: q.Accounts) -> tuple[AccountRow, ...]:
    return tuple(account_row(account) for account in desk.work.accounts.all(desk.site_id))


def _sites(desk: Desk, _: q.Sites) -> tuple[SiteView, ...]:
    sees_all = desk.actor.role in (Role.ADMINISTRATOR, Role.SYSTEM)
    return tuple(site_view(site) for site in desk.work.sites.all() if sees_all or site.id == desk.site_id)


def _settings(desk: Desk, query: q.SettingsView) -> Any:
    desk.check_area(query.area)
    return settings_of(query.area, desk.work.records.all(desk.site_id, query.area))


READS: dict[type[q.Query], Callable[[Desk, Any], Any]] = {
    q.CallList: lambda desk, query: call_rows(desk, query.area, query.version),
    q.ReviewList: _reviews,
    q.JobStatus: _job,
    q.ActiveJob: _active_job,
    q.Uploads: _uploads,
    q.UploadStatus: _upload,
    q.Quarantine: _quarantine,
    q.AuditLog: _audit_log,
    q.AuditCheck: _audit_check,
    q.Accounts: _accounts,
    q.Sites: _sites,
    q.SettingsView: _settings,
}
