"""What pages and exports are made from: frozen values with English ids and aware datetimes, never sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from hospital.facts import Match
from hospital.plans import AppointmentStatus, PlanStatus
from intake.quarantine import RefusedRow, Warned
from planning.actors import Role

if TYPE_CHECKING:
    from hospital.changes import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceView:
    """Where and when an appointment is."""

    scanner: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanView:
    """A stretch of a scanner's time: ``kind`` is open, overtime, reserved, maintenance, downtime, holiday."""

    start: datetime
    end: datetime
    kind: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannerView:
    """One row of the timeline. ``spans`` are sorted by start; a break is the time between two open ones."""

    id: str
    name: str
    modality: str
    site: str
    features: tuple[str, ...]
    spans: tuple[SpanView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchView:
    """A rule broken (hard) or felt (soft). ``price`` in points; ``values`` fill the sentence ``rules.<rule>_match``."""

    rule: str
    is_hard: bool
    requests: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    start: datetime | None = None
    end: datetime | None = None
    amount: int = 0
    price: float = 0.0
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestView:
    """What is known of a request without knowing the patient. ``minutes`` is the planned scan time."""

    request: str
    patient: str
    examination: str
    examination_en: str
    examination_zh: str
    modality: str
    rclass: str
    ward: str
    minutes: int
    requested: datetime | None
    earliest: datetime
    target: datetime | None
    latest: datetime | None
    mobility: str
    is_isolated: bool
    is_sedated: bool
    is_fasting: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentView:
    """One bar of the timeline. ``moved_from`` is its place in the published plan where it differs (``is_moved``),
    ``is_new`` where it had none. ``wait_h`` hours from earliest to start; ``late_min`` minutes past the target;
    ``came_late_min`` as marked on the day."""

    about: RequestView
    scanner: str
    start: datetime
    end: datetime
    status: AppointmentStatus
    came_late_min: int
    is_locked: bool
    is_frozen: bool
    is_moved: bool
    is_new: bool
    moved_from: PlaceView | None
    wait_h: float
    late_min: int
    broken: tuple[MatchView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnplannedView:
    """A request without a place: its price in points and the ids of the rules in its way (empty = not yet known)."""

    about: RequestView
    price: float
    rules: tuple[str, ...]
    had_place: PlaceView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRow:
    """One version of a plan. ``origin``: solve, move, slot, undo, import."""

    number: int
    base: int | None
    status: PlanStatus
    origin: str
    author: str
    created: datetime
    reason: str
    approver: str | None
    published: datetime | None
    is_same_day: bool
    is_reviewed: bool
    cost: float
    num_planned: int
    num_unplanned: int
    num_moved: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """A recorded change. ``is_active`` False = undone; ``is_void``: what it speaks of is not there any more, so it is
    passed over."""

    id: str
    change: Change
    intent: str
    author: str
    author_id: str
    reason: str
    at: datetime
    is_active: bool
    undone_by: str | None = None
    is_void: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class JobView:
    """A solve. ``state``: queued, running, done, stopped, superseded, failed. ``cost`` and ``bound`` in points;
    ``seconds`` so far of ``limit_s``; ``version`` the draft it made; ``error`` a text id ``errors.<id>`` with
    ``error_values``."""

    id: str
    area: str
    state: str
    requested_by: str
    requested: datetime
    limit_s: float
    seed: int
    attempt: int
    is_stopping: bool
    cost: float | None = None
    bound: float | None = None
    seconds: float = 0.0
    num_unplanned: int | None = None
    version: int | None = None
    error: str = ""
    error_values: Mapping[str, object] = field(default_factory=dict)

    @property
    def is_active(self) -> bool:
        """True while it waits or runs."""
        return self.state in ("queued", "running")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPage:
    """All that the Imaging page shows of one version (``version`` None: no plan yet, everything unplanned).

    ``head`` is the newest version's number (the base an edit must name), ``published`` the number in force.
    ``figures`` are those of scheduler.imaging.measures; ``cost`` and ``cost_by_rule`` in points; ``pending`` the
    changes made since the version was made. ``allowed`` holds the names of the commands the person may use (e.g.
    "ApproveDraft").
    """

    site_id: str
    area: str
    timezone: str
    now: datetime
    first_day: date
    num_days: int
    grid_min: int
    version: VersionRow | None
    head: int
    published: int | None
    scanners: tuple[ScannerView, ...]
    appointments: tuple[AppointmentView, ...]
    unplanned: tuple[UnplannedView, ...]
    figures: Mapping[str, Any]
    cost: float
    cost_by_rule: Mapping[str, float]
    bound: float | None
    gap: float | None
    is_optimal: bool
    violations: tuple[MatchView, ...]
    changes: tuple[ChangeRow, ...]
    pending: tuple[ChangeRow, ...]
    job: JobView | None
    allowed: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedRow:
    """A request whose place differs between two plans; None = no place there."""

    about: RequestView
    old: PlaceView | None
    new: PlaceView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDifference:
    """Two versions side by side; costs in points, figures as in PlanPage."""

    before: VersionRow
    after: VersionRow
    moved: tuple[MovedRow, ...]
    added: tuple[MovedRow, ...]
    dropped: tuple[MovedRow, ...]
    cost_before: float
    cost_after: float
    cost_by_rule_before: Mapping[str, float]
    cost_by_rule_after: Mapping[str, float]
    figures_before: Mapping[str, Any]
    figures_after: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotView:
    """A place for one request: what it costs in points beside leaving the request out, by rule, and whom it moves
    where; ``is_present``: it is there already."""

    scanner: str
    start: datetime
    end: datetime
    price: float
    cost_by_rule: Mapping[str, float]
    moved: tuple[tuple[str, PlaceView], ...] = ()
    is_present: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MovePreviewView:
    """A drag before letting go: broken hard rules, and the price in points (positive = dearer)."""

    is_allowed: bool
    violations: tuple[MatchView, ...]
    price: float
    cost_by_rule: Mapping[str, float]
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRow:
    """Somebody to be told about a published change. ``cause``: the change's intent that led to it, or "plan"."""

    request: str
    patient: str
    about: RequestView | None
    old: PlaceView | None
    new: PlaceView | None
    cause: str
    reason: str
    is_done: bool
    done_by: str | None
    done_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRow:
    """A same-day publication for the approver to look at."""

    version: VersionRow
    num_calls: int
    is_reviewed: bool
    reviewer: str | None
    reviewed: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertView:
    """Something to be done: catalogue entry ``planning.alert_<id>`` with ``values``, by whom, until when."""

    id: str
    values: Mapping[str, object]
    owner: Role
    due: datetime | None
    is_urgent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaRow:
    """One area of the Operations page. Loads are shares (0-1) of open scanner time; ``next_hours`` (hour, share), 8
    of them from now; ``by_day`` (date, share); ``yesterday`` maps statuses to counts of yesterday's published
    appointments."""

    area: str
    in_force: VersionRow | None
    load_now: float
    next_hours: tuple[tuple[datetime, float], ...]
    by_day: tuple[tuple[date, float], ...]
    load_by_modality_today: Mapping[str, float]
    full_until: Mapping[str, datetime]
    wait_h_by_class: Mapping[str, Mapping[str, float]]
    num_unplanned: int
    num_late: int
    num_open_calls: int
    drafts: tuple[VersionRow, ...]
    alerts: tuple[AlertView, ...]
    yesterday: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationsPage:
    """What goes wrong today, and what can still be done."""

    site: SiteView
    now: datetime
    areas: tuple[AreaRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarantineRow:
    """A refused row of an applied upload; ``refused.sentence(language)`` says it."""

    upload_id: str
    at: datetime
    by: str
    refused: RefusedRow


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadView:
    """A staged or applied file. ``columns`` of the file; ``mapping`` file column -> ours; ``sample_rows`` the first
    five as read.

    ``missing``: ids we have and the file has not; nothing happens to them, but where a table has no ids (opening
    hours, staff ...) the file is the whole table and they are replaced. ``missing_columns``: required ones nobody
    mapped; while there are any, it cannot be applied. ``refused`` and ``warnings`` say their own sentences.
    ``state``: staged, applied, discarded.
    """

    id: str
    kind: str
    source: str
    filename: str
    state: str
    columns: tuple[str, ...]
    mapping: Mapping[str, str]
    known_columns: tuple[str, ...]
    sample_rows: tuple[Mapping[str, str], ...]
    num_rows: int
    num_new: int
    num_changed: int
    num_unchanged: int
    missing: tuple[str, ...]
    refused: tuple[RefusedRow, ...]
    missing_columns: tuple[str, ...] = ()
    warnings: tuple[Warned, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadRow:
    """One line of the list of uploads."""

    id: str
    kind: str
    source: str
    filename: str
    state: str
    by: str
    at: datetime
    num_new: int
    num_changed: int
    num_unchanged: int
    num_missing: int
    num_refused: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRow:
    """One line of the audit log. ``before`` and ``after`` are digests of what the command touched; ``hash`` chains
    the rows."""

    number: int
    at: datetime
    account_id: str
    name: str
    role: str
    command: str
    details: Mapping[str, object]
    reason: str
    is_refused: bool
    refusal: str
    before: str
    after: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainCheck:
    """Whether the audit log is whole; ``broken_at`` is the number of the first row that does not fit."""

    is_whole: bool
    num_rows: int
    broken_at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRow:
    """A person who may log in."""

    id: str
    name: str
    role: Role
    language: str
    is_disabled: bool
    last_login: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteView:
    """A hospital in this installation."""

    id: str
    name_en: str
    name_zh: str
    timezone: str
    is_sample: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleLoaded:
    """The sample site, its accounts' random passwords (told once), and the job that makes its first plan."""

    site: SiteView
    passwords: Mapping[str, str]
    job_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientView:
    """Who stands behind a pseudonym; empty where the hospital gave no identity."""

    request: str
    patient: str
    identity: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A file for the browser."""

    filename: str
    media_type: str
    content: bytes


def match_view(match: Match, moment: Any, point: int) -> MatchView:
    """A match of the engine with datetimes and points; ``moment`` turns a minute into an aware datetime."""
    return MatchView(
        rule=match.rule,
        is_hard=match.is_hard,
        requests=match.requests,
        resources=match.resources,
        start=None if match.start is None else moment(match.start),
        end=None if match.end is None else moment(match.end),
        amount=match.amount,
        price=match.price / point,
        values=dict(match.values),
    )
