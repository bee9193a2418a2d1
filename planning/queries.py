"""Everything that can be asked. Each class says which value of ``planning.views`` (or the engine) ``Application.ask``
returns for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from planning.commands import IMAGING


class Query:
    """Base of all questions; they change nothing."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class PlanView(Query):
    """-> PlanPage of a version; None = the newest that is not rejected."""

    area: str = IMAGING
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Versions(Query):
    """-> tuple[VersionRow, ...], newest first."""

    area: str = IMAGING


@dataclass(frozen=True, slots=True)
class Compare(Query):
    """-> PlanDifference of versions ``a`` (before) and ``b`` (after)."""

    area: str
    a: int
    b: int


@dataclass(frozen=True, slots=True)
class Changes(Query):
    """-> tuple[ChangeRow, ...], newest first, undone ones included."""

    area: str = IMAGING


@dataclass(frozen=True, slots=True)
class JobStatus(Query):
    """-> JobView."""

    job_id: str


@dataclass(frozen=True, slots=True)
class ActiveJob(Query):
    """-> JobView | None: the area's job that is queued or running, else the last one that ended."""

    area: str = IMAGING


@dataclass(frozen=True, slots=True)
class Slots(Query):
    """-> tuple[SlotView, ...]: at most ``count`` best places for one task or a whole request, cheapest first; fewer where fewer
    exist."""

    area: str
    version: int
    name: str
    max_moved: int = 0
    count: int = 3


@dataclass(frozen=True, slots=True)
class MovePreview(Query):
    """-> MovePreviewView: broken rules and price of a drag, before letting go."""

    area: str
    version: int
    task_id: str
    resource: str
    start: datetime


@dataclass(frozen=True, slots=True)
class Why(Query):
    """-> tuple[Fact, ...]: why a task (or a request) is where it is."""

    area: str
    version: int
    name: str


@dataclass(frozen=True, slots=True)
class WhyNot(Query):
    """-> scheduler.explain WhyNot: the alternative forced and solved again (resource and start None = why not planned
    at all)."""

    area: str
    version: int
    name: str
    resource: str | None = None
    start: datetime | None = None
    seconds: float = 5.0


@dataclass(frozen=True, slots=True)
class CallList(Query):
    """-> tuple[CallRow, ...]: whom to call because of a published version."""

    version: int
    area: str = IMAGING


@dataclass(frozen=True, slots=True)
class ReviewList(Query):
    """-> tuple[ReviewRow, ...]: same-day publications, those not yet reviewed first."""

    area: str = IMAGING


@dataclass(frozen=True, slots=True)
class Operations(Query):
    """-> OperationsPage: one row an area, alerts, drafts waiting."""


@dataclass(frozen=True, slots=True)
class Quarantine(Query):
    """-> tuple[QuarantineRow, ...]: refused rows of applied uploads, newest first; ``upload_id`` narrows."""

    upload_id: str | None = None
    area: str = IMAGING


@dataclass(frozen=True, slots=True)
class Uploads(Query):
    """-> tuple[UploadRow, ...], newest first."""

    area: str = IMAGING


@dataclass(frozen=True, slots=True)
class UploadStatus(Query):
    """-> UploadView of one upload."""

    upload_id: str


@dataclass(frozen=True, slots=True)
class AuditLog(Query):
    """-> tuple[AuditRow, ...], newest first; ``before`` is the number to page on from."""

    limit: int = 200
    before: int | None = None


@dataclass(frozen=True, slots=True)
class AuditCheck(Query):
    """-> ChainCheck: whether the audit log's hash chain is whole, else the first row that is not."""


@dataclass(frozen=True, slots=True)
class Accounts(Query):
    """-> tuple[AccountRow, ...] of the site."""


@dataclass(frozen=True, slots=True)
class Sites(Query):
    """-> tuple[SiteView, ...]: all sites for an administrator and the system, else one's own."""


@dataclass(frozen=True, slots=True)
class SettingsView(Query):
    """-> the area's settings."""

    area: str = IMAGING


@dataclass(frozen=True, slots=True)
class Templates(Query):
    """-> Download: an empty table of that kind to fill in ("" = a workbook of all kinds), headings in the person's
    language."""

    kind: str = ""
    format: str = "xlsx"
    area: str = IMAGING


@dataclass(frozen=True, slots=True)
class ExportPlan(Query):
    """-> Download of a version: ``format`` csv or xlsx."""

    version: int
    format: str = "xlsx"
    area: str = IMAGING


@dataclass(frozen=True, slots=True)
class ExportCalls(Query):
    """-> Download of a version's call list: ``format`` csv or xlsx."""

    version: int
    format: str = "xlsx"
    area: str = IMAGING
