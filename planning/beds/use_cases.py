"""How the wards' commands are carried out and their questions answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from forecasting.beds import Wards
from hospital.errors import BadInput
from planning.beds.asked import BedsPage, UploadWards
from planning.beds.records import AREA, records_of, wards_of_files
from planning.beds.views import BedsView, ward_of
from planning.commands import Command
from planning.desk import Desk, UseCase
from planning.queries import Query

MOST_MB = 25


def _read(_: Desk, command: UploadWards) -> Wards:
    size = sum(len(content) for content in command.files.values())
    if size > MOST_MB * 1_000_000:
        raise BadInput("file_too_large", where=", ".join(command.files), expected=MOST_MB, found=size // 1_000_000)
    return wards_of_files(command.files)


def _upload(desk: Desk, command: UploadWards, wards: Wards) -> int:
    state = desk.work.sites.area(desk.site_id, AREA, lock=True)
    rows = records_of(wards, source=", ".join(command.files)[:200], at=desk.now)
    kept = {(row.kind, row.key) for row in rows}
    for old in desk.work.records.all(desk.site_id, AREA):
        if (old.kind, old.key) not in kept:
            desk.work.records.cancel(desk.site_id, AREA, old.kind, [old.key])
    desk.work.records.put(desk.site_id, AREA, rows)
    desk.work.sites.save_area(replace(state, data_revision=state.data_revision + 1))
    desk.trail.facts |= {"wards": len(wards.occupied.names), "days": wards.occupied.num_dates}
    return len(wards.occupied.names)


def _page(desk: Desk, _: BedsPage) -> BedsView:
    state = desk.work.sites.area(desk.site_id, AREA)
    kept = desk.work.forecasts.last(desk.site_id, AREA)
    job = desk.work.jobs.last(desk.site_id, AREA)
    site = desk.work.sites.get(desk.site_id)
    view = BedsView(
        now=desk.now,
        timezone="UTC" if site is None else site.timezone,
        num_wards=len(desk.work.records.digests(desk.site_id, AREA, "occupied")),
        is_running=job is not None and job.state in ("queued", "running"),
        error=job.error if job is not None and job.state == "failed" else "",
        error_values=job.error_values if job is not None else {},
    )
    if kept is None:
        return view
    return replace(
        view,
        last=kept.day,
        days=tuple(date.fromisoformat(day) for day in kept.result["words"]["dates"]),
        number=kept.number,
        made=kept.created,
        author=kept.author,
        is_old=kept.data_revision != state.data_revision,
        wards=tuple(ward_of(row) for row in kept.result["wards"]),
    )


USE_CASES: dict[type[Command], UseCase] = {UploadWards: UseCase(_upload, ready=_read)}
READS: dict[type[Query], Callable[[Desk, Any], Any]] = {BedsPage: _page}
