"""An area's timeline page: a plan version with everything around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from hospital.facts import Match
from hospital.plans import AppointmentStatus, PlanStatus
from hospital.wording import with_times

if TYPE_CHECKING:
    from hospital.changes import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceView:
    """Where and when an appointment is; ``session`` counts a request's visits from 1."""

    resource: str
    start: datetime
    end: datetime
    session: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanView:
    """A stretch of a resource's time: ``kind`` is open, overtime, reserved, maintenance, downtime, holiday."""

    start: datetime
    end: datetime
    kind: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceView:
    """One row of the timeline. ``group`` is what it can stand in for (modality, beam-matched group, zone). ``spans`` are sorted by start; a
    break is the time between two open ones."""

    id: str
    name: str
    group: str
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
    """What every area knows of one visit (or of a request none of whose visits has a place) without knowing the patient.

    ``task`` names it wherever one visit is meant, ``request`` what was asked for: the same where that is one visit. ``session`` counts from
    1 of ``num_sessions``. ``title`` is what is done (an examination, a protocol, a mode of dialysis); ``rclass`` how urgent or of which
    kind it is, in the area's own words. ``minutes`` is the planned time. Areas add to it.
    """

    task: str
    request: str
    session: int = 1
    num_sessions: int = 1
    patient: str
    title_en: str
    title_zh: str
    rclass: str
    group: str
    minutes: int
    requested: datetime | None
    earliest: datetime
    target: datetime | None
    latest: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImagingRequestView(RequestView):
    """An examination asked for; ``group`` is its modality."""

    examination: str
    ward: str
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
    resource: str
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
    """All that an area's page shows of one version (``version`` None: no plan yet, everything unplanned).

    ``head`` is the newest version that was not rejected (the base an edit names; 0 before any), ``published`` the number in force.
    ``figures`` are those of the area's measures; ``cost`` and ``cost_by_rule`` in points; ``pending`` the
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
    resources: tuple[ResourceView, ...]
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
        values=with_times(match.values, moment),
    )
