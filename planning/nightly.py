"""Forecasts of the night: made without being asked for, so that the morning's first look shows today's proposal."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from planning.areas import FORECASTS
from planning.audit import write_row
from planning.beds.records import AREA as BEDS
from planning.beds.records import OCCUPIED
from planning.desk import Desk
from planning.pharmacy.asked import RequestForecast
from planning.pharmacy.desk import pharmacy_desk
from planning.pharmacy.handlers import queue_forecast

EVERY = timedelta(minutes=1)
"""How often it is looked whether one is due."""


def is_due(desk: Desk, area: str, timezone: str) -> bool:
    """Whether the area's forecast is to be made now: the night's hour is over, none was asked for since, and data or day have changed."""
    local = desk.now.astimezone(ZoneInfo(timezone))
    begins = datetime.combine(local.date(), time(desk.settings.nightly_hour), local.tzinfo)
    job = desk.work.jobs.last(desk.site_id, area)
    if local < begins or (job is not None and (job.state in ("queued", "running") or job.requested >= begins)):
        return False
    kept = desk.work.forecasts.last(desk.site_id, area)
    if area == BEDS:
        revision = desk.work.sites.area(desk.site_id, area).data_revision
        has_data = bool(desk.work.records.digests(desk.site_id, area, OCCUPIED))
        return has_data and (kept is None or kept.data_revision != revision)
    there = pharmacy_desk(desk)
    return bool(there.site.items and there.site.usage.items) and (kept is None or there.is_old)


def queue_due(desk: Desk, timezone: str) -> int:
    """Queues what is due in one hospital, each with its audit row. -> how many."""
    due = [area for area in FORECASTS if is_due(desk, area, timezone)]
    for area in due:
        job = queue_forecast(desk, RequestForecast(area))
        details = {"area": area, "job": job.id}
        write_row(desk.work, desk.actor, RequestForecast.__name__, at=desk.now, details=details)
    return len(due)
