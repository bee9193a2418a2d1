"""What is kept, as frozen rows: the values that pass between the use cases and the storage. Times are aware (UTC)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from hospital.plans import Appointment, AppointmentStatus, PlanStatus
from planning.actors import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A hospital. Everything else carries its id."""

    id: str
    name_en: str
    name_zh: str
    timezone: str
    is_sample: bool = False
    created: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaState:
    """The counters an area's writers compare and swap: newest version, version in force, revisions of data and of
    changes."""

    site_id: str
    area: str
    head: int = 0
    published: int | None = None
    data_revision: int = 0
    changes_revision: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One row of the hospital's data: ``kind`` is its table, ``key`` its id there, ``digest`` of the payload."""

    kind: str
    key: str
    payload: Mapping[str, Any]
    digest: str
    source: str = ""
    updated: datetime
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A staged or applied file. ``content`` are the rows that applying stores, ``summary`` what the page shows."""

    id: str
    site_id: str
    area: str
    kind: str
    source: str
    filename: str
    state: str
    by: str
    at: datetime
    content: Mapping[str, Any] = field(default_factory=dict)
    summary: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedChange:
    """A change with who, why and when; ``number`` orders them."""

    id: str
    site_id: str
    area: str
    number: int
    intent: str
    payload: Mapping[str, Any]
    author_id: str
    author: str
    reason: str
    at: datetime
    is_active: bool = True
    undone_by: str | None = None
    undone_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What became of the published visit of ``task`` that began at ``start`` on ``resource``."""

    task: str
    resource: str
    start: datetime
    status: AppointmentStatus
    late_min: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A plan version without its appointments. ``author`` is a person also where the worker found the plan.
    ``measured`` holds cost, rules, figures, unplanned reasons as JSON."""

    site_id: str
    area: str
    number: int
    base: int | None
    status: PlanStatus
    origin: str
    author_id: str
    author: str
    created: datetime
    reason: str = ""
    data_revision: int = 0
    changes_revision: int = 0
    submitted: datetime | None = None
    approver_id: str | None = None
    approver: str | None = None
    published: datetime | None = None
    publisher: str | None = None
    is_same_day: bool = False
    reviewer: str | None = None
    reviewed: datetime | None = None
    cost: float = 0.0
    num_planned: int = 0
    num_unplanned: int = 0
    num_moved: int = 0
    digest: str = ""
    measured: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A person to be told about a published version: the visits of one request that differ, as they were and as they are."""

    site_id: str
    area: str
    version: int
    request: str
    patient: str
    old: tuple[Appointment, ...]
    new: tuple[Appointment, ...]
    cause: str
    reason: str
    is_done: bool = False
    done_by: str | None = None
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A solve. A queued job is its own outbox; ``fence`` grows with every claim. ``problem_now`` is the moment its
    problem was built for."""

    id: str
    site_id: str
    area: str
    state: str
    author_id: str
    author: str
    requested: datetime
    limit_s: float
    seed: int
    base: int
    min_changes: bool = False
    attempt: int = 0
    fence: int = 0
    worker: str = ""
    lease_expires: datetime | None = None
    rung: datetime | None = None
    is_stopping: bool = False
    problem_now: datetime | None = None
    data_revision: int | None = None
    changes_revision: int | None = None
    cost: float | None = None
    bound: float | None = None
    seconds: float = 0.0
    num_unplanned: int | None = None
    version: int | None = None
    error: str = ""
    error_values: Mapping[str, Any] = field(default_factory=dict)
    ended: datetime | None = None
    log: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """A forecast made on the morning of ``day``, and what was made of it. ``made_from`` is all that is needed to make it again
    (``kept_forecasts.MadeFrom``), ``result`` its words as JSON, ``content`` its numbers; ``accepted`` is the order a person accepted."""

    site_id: str
    area: str
    number: int
    day: date
    created: datetime
    author_id: str
    author: str
    data_revision: int
    made_from: Mapping[str, Any]
    result: Mapping[str, Any]
    content: bytes = field(repr=False)
    accepted_by: str | None = None
    accepted_at: datetime | None = None
    accepted: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedText:
    """A text that a person asked the planner, how it was read (intents as JSON, by whom) and its cards (``planning.asking.views.Card`` as
    JSON). ``revision`` grows with every step of a card."""

    id: str
    site_id: str
    account_id: str
    account: str
    at: datetime
    area: str
    text: str
    language: str
    reading: Mapping[str, Any]
    cards: Sequence[Mapping[str, Any]]
    revision: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One command, done or refused. ``hash`` covers the row and the hash before it."""

    site_id: str
    number: int
    at: datetime
    account_id: str
    name: str
    role: str
    command: str
    details: Mapping[str, Any]
    reason: str
    is_refused: bool
    refusal: str
    before: str
    after: str
    previous: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person who may log in; ``password`` is an Argon2id hash."""

    id: str
    site_id: str
    name: str
    role: Role
    password: str
    language: str
    is_disabled: bool = False
    created: datetime
    last_login: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A log-in; only the token's hash is known here."""

    token_hash: str
    account_id: str
    created: datetime
    last_seen: datetime
