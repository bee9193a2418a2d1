"""Answers about plans: differences, slots, a drag, calls, reviews, and the Operations page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from planning.actors import Role
from planning.views.plan import MatchView, PlaceView, RequestView, VersionRow

if TYPE_CHECKING:
    pass


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
    """A place for one task, or for a whole request: what it costs in points beside leaving it out, by rule, and whom it moves where (by
    task); ``further`` are the other visits of the same request that are placed with it; ``is_present``: it is there already."""

    resource: str
    start: datetime
    end: datetime
    price: float
    cost_by_rule: Mapping[str, float]
    task: str = ""
    moved: tuple[tuple[str, PlaceView], ...] = ()
    further: tuple[tuple[str, PlaceView], ...] = ()
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
    """Somebody to be told about a published change: one row a request, however many of its visits differ. ``cause``: the change's intent
    that led to it, or "plan".

    ``old`` is what the person was last told of the visits that differ, ``new`` what holds now; empty = no place. Done by nobody
    (``done_by`` None): a later version's list has taken its place.
    """

    request: str
    patient: str
    about: RequestView | None
    old: tuple[PlaceView, ...]
    new: tuple[PlaceView, ...]
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
class RowFigure:
    """A figure of an area's row: ``planning.figure_<id>`` names it, ``values`` are numbers by kind ("" where there is one), ``unit`` is
    hours, days, share, minutes or count."""

    id: str
    unit: str
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaRow:
    """One area of the Operations page. Loads are shares (0-1) of open time; ``next_hours`` (hour, share), 8
    of them from now; ``by_day`` (date, share); groups are of resources that stand in for one another; ``yesterday`` maps statuses to
    counts of yesterday's published appointments. ``is_set_up``: the area has resources."""

    area: str
    is_set_up: bool
    in_force: VersionRow | None
    load_now: float
    next_hours: tuple[tuple[datetime, float], ...]
    by_day: tuple[tuple[date, float], ...]
    load_by_group_today: Mapping[str, float]
    full_until: Mapping[str, datetime]
    figures: tuple[RowFigure, ...]
    num_unplanned: int
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
class SiteView:
    """A hospital in this installation."""

    id: str
    name_en: str
    name_zh: str
    timezone: str
    is_sample: bool
