"""Everything that can be asked of the product to be done. A form, a click, an import and the worker all hand in these
values.

Each class says what ``Application.execute`` returns for it. Fields marked ``secret`` never reach the audit log.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from hospital.plans import AppointmentStatus
from planning.actors import Role
from planning.areas import AREAS, FORECASTS

if TYPE_CHECKING:
    from hospital.changes import Change
    from planning.views import SlotView

IMAGING = "imaging"


def _secret() -> Any:
    return field(repr=False, metadata={"secret": True})


class Command:
    """Base of all commands. ``reason`` (where a command has one) is the person's own words and goes into the audit
    log."""

    __slots__ = ()


# --- accounts and sites


@dataclass(frozen=True, slots=True)
class LogIn(Command):
    """-> str: a new session token (shown once; only its hash is stored). Raises NotAllowed with one text for every
    cause."""

    name: str
    password: str = _secret()
    address: str = ""


@dataclass(frozen=True, slots=True)
class LogOut(Command):
    """-> None. The token is dead afterwards."""

    token: str = _secret()


@dataclass(frozen=True, slots=True)
class CreateSite(Command):
    """-> SiteView. An empty site with its first administrator."""

    name_en: str
    name_zh: str
    administrator: str
    password: str = _secret()
    timezone: str = "Asia/Shanghai"


@dataclass(frozen=True, slots=True)
class DeleteSite(Command):
    """-> None. The site and all it holds are gone; the audit log keeps the fact. Only one's own site or the sample."""

    site_id: str


@dataclass(frozen=True, slots=True)
class LoadSample(Command):
    """-> SampleLoaded(site, passwords by account name, ids of the jobs that make each area's first plan). ``name`` is
    imaging's sample, week or day; the others are filled with their usual one."""

    name: str = "week"
    areas: tuple[str, ...] = (*AREAS, *FORECASTS)
    seed: int = 1
    solve_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class ChangeSettings(Command):
    """-> None. Some of the area's settings (fields of its settings type), ``weights`` merged key by key."""

    values: dict[str, Any]
    area: str = IMAGING


@dataclass(frozen=True, slots=True)
class CreateAccount(Command):
    """-> AccountRow. A name is one person in the whole installation; the password has at least 8 characters."""

    name: str
    role: Role
    password: str = _secret()
    language: str = "en"


@dataclass(frozen=True, slots=True)
class SetRole(Command):
    """-> None. All of the person's sessions end."""

    account_id: str
    role: Role


@dataclass(frozen=True, slots=True)
class DisableAccount(Command):
    """-> None. All of the person's sessions end; ``is_disabled=False`` lets them in again."""

    account_id: str
    is_disabled: bool = True


@dataclass(frozen=True, slots=True)
class SetPassword(Command):
    """-> None. One's own (with ``old_password``), or anybody's by an administrator; other sessions end."""

    account_id: str
    password: str = _secret()
    old_password: str = field(default="", repr=False, metadata={"secret": True})


@dataclass(frozen=True, slots=True)
class SetLanguage(Command):
    """-> None. One's own language: en or zh."""

    language: str


# --- data in


@dataclass(frozen=True, slots=True)
class StageUpload(Command):
    """-> UploadView: what applying it would do. Nothing is changed yet. ``kind`` is a table of the area (requests,
    scanners ...), "identities" (who stands behind the pseudonyms) or "" for a workbook whose sheets are named so.
    ``mapping``: file column -> our column; None = the one kept for ``source``, else aliases."""

    kind: str
    filename: str
    content: bytes = _secret()
    mapping: dict[str, str] | None = None
    source: str = ""
    area: str = IMAGING


@dataclass(frozen=True, slots=True)
class ApplyUpload(Command):
    """-> UploadView. New and changed rows are stored, refused ones quarantined, missing ones left alone: all or
    nothing."""

    upload_id: str


@dataclass(frozen=True, slots=True)
class DiscardUpload(Command):
    """-> None. A staged upload is not applied."""

    upload_id: str


@dataclass(frozen=True, slots=True)
class CancelRequests(Command):
    """-> int: requests cancelled. They leave the next plan; never done by an import by itself."""

    request_ids: tuple[str, ...]
    reason: str
    area: str = IMAGING


# --- solving


@dataclass(frozen=True, slots=True)
class RequestSolve(Command):
    """-> str: job id. ``base_version`` is the version the person looks at (None = the newest). Its draft is stored
    only if no other version came in between. ``min_changes`` keeps what is promised where it can (dearer moves)."""

    area: str = IMAGING
    seconds: float | None = None
    seed: int = 1
    base_version: int | None = None
    min_changes: bool = False


@dataclass(frozen=True, slots=True)
class StopJob(Command):
    """-> None. The solve stops at its next step and its best plan becomes the draft; a job still queued is dropped."""

    job_id: str


# --- changes


@dataclass(frozen=True, slots=True)
class RecordChanges(Command):
    """-> tuple[str, ...]: ids of the changes. Downtime, emergencies, locks, wishes ...: they shape the next problem,
    never edit a plan."""

    area: str
    changes: tuple[Change, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class UndoChange(Command):
    """-> str: id of the change undone. None = the person's own last active one."""

    change_id: str | None = None
    area: str = IMAGING


@dataclass(frozen=True, slots=True)
class MarkAppointment(Command):
    """-> None. What became of a published visit on the day; ``late_min`` with status late."""

    task_id: str
    status: AppointmentStatus
    late_min: int = 0
    area: str = IMAGING


# --- plan versions


@dataclass(frozen=True, slots=True)
class MoveAppointment(Command):
    """-> int: number of the new draft. Raises PlanRefused (matches) for a broken hard rule, Conflict (difference) if
    not based on the newest."""

    area: str
    base_version: int
    task_id: str
    resource: str
    start: datetime


@dataclass(frozen=True, slots=True)
class RemoveAppointment(Command):
    """-> int: number of the new draft, in which the task has no place."""

    area: str
    base_version: int
    task_id: str


@dataclass(frozen=True, slots=True)
class PlaceInSlot(Command):
    """-> int: number of the new draft: the task, or the request's visits, in a slot that ``Slots`` gave, with those it moves."""

    area: str
    base_version: int
    name: str
    slot: SlotView


@dataclass(frozen=True, slots=True)
class SubmitDraft(Command):
    """-> None. The draft waits for another person's approval."""

    version: int
    reason: str = ""
    area: str = IMAGING


@dataclass(frozen=True, slots=True)
class ApproveDraft(Command):
    """-> None. By another person than the author; publishes in the same act and makes the call list."""

    version: int
    reason: str = ""
    area: str = IMAGING


@dataclass(frozen=True, slots=True)
class RejectDraft(Command):
    """-> None. A draft or submitted version that will not be published."""

    version: int
    reason: str
    area: str = IMAGING


@dataclass(frozen=True, slots=True)
class PublishSameDay(Command):
    """-> None. One person publishes at once; only where the difference comes from an emergency, a downtime or a
    no-show; with a reason; stands on the approver's review list."""

    version: int
    reason: str
    area: str = IMAGING


@dataclass(frozen=True, slots=True)
class ReviewSameDay(Command):
    """-> None. The approver has seen a same-day publication."""

    version: int
    reason: str = ""
    area: str = IMAGING


@dataclass(frozen=True, slots=True)
class UndoVersion(Command):
    """-> int: number of a new draft equal to the version before ``version``, verified against the present problem."""

    version: int
    reason: str = ""
    area: str = IMAGING


@dataclass(frozen=True, slots=True)
class TickCall(Command):
    """-> None. A person on the call list has been told (or not, ``is_done=False``)."""

    version: int
    request_id: str
    is_done: bool = True
    area: str = IMAGING


@dataclass(frozen=True, slots=True)
class RevealPatient(Command):
    """-> PatientView: who stands behind the pseudonym. A command, because every look is written down."""

    request_id: str
    area: str = IMAGING
