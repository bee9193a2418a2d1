"""What the use cases need of a database: one unit of work. ``storage`` implements it, tests may too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol

from hospital.plans import Appointment
from planning.rows import (
    Account,
    AreaState,
    AskedText,
    AuditEntry,
    Call,
    Forecast,
    Job,
    Mark,
    Record,
    RecordedChange,
    Session,
    Site,
    Upload,
    Version,
)


class Sites(Protocol):
    """Hospitals and the counters of their areas."""

    def add(self, site: Site) -> None:
        """Stores a new site."""

    def get(self, site_id: str) -> Site | None:
        """The site, if there is one."""

    def all(self) -> tuple[Site, ...]:
        """Every site, oldest first."""

    def delete(self, site_id: str) -> None:
        """The site and all its rows but the audit log."""

    def area(self, site_id: str, area: str, *, lock: bool = False) -> AreaState:
        """The area's counters; with ``lock`` nobody else can change them before this unit of work ends."""

    def save_area(self, state: AreaState) -> None:
        """Writes the counters."""


class Records(Protocol):
    """The hospital's own data."""

    def all(self, site_id: str, area: str) -> tuple[Record, ...]:
        """Every record of the area, by kind, in the order they came."""

    def digests(self, site_id: str, area: str, kind: str) -> Mapping[str, str]:
        """Digest by key of one kind, cancelled ones included."""

    def put(self, site_id: str, area: str, records: Sequence[Record]) -> None:
        """Adds or replaces."""

    def cancel(self, site_id: str, area: str, kind: str, keys: Sequence[str]) -> int:
        """Marks records cancelled; the number that were not before."""

    def identity(self, site_id: str, patient: str) -> Mapping[str, str]:
        """Who stands behind a pseudonym."""

    def put_identities(self, site_id: str, identities: Mapping[str, Mapping[str, str]]) -> None:
        """Adds or replaces identities by pseudonym."""


class Uploads(Protocol):
    """Files on their way in."""

    def add(self, upload: Upload) -> None:
        """Stores a staged file."""

    def get(self, site_id: str, upload_id: str) -> Upload | None:
        """The upload with its content."""

    def list(self, site_id: str, area: str) -> tuple[Upload, ...]:
        """Newest first, without content."""

    def set_state(self, upload: Upload, state: str) -> bool:
        """Moves it on; False if somebody else did first."""

    def mapping(self, site_id: str, area: str, source: str, kind: str) -> Mapping[str, str] | None:
        """The columns kept for a source."""

    def keep_mapping(self, site_id: str, area: str, source: str, kind: str, mapping: Mapping[str, str]) -> None:
        """Keeps the columns for the next file of that source."""

    def add_refused(self, upload: Upload, at: datetime, rows: Sequence[Mapping[str, Any]]) -> None:
        """Quarantines refused rows."""

    def refused(
        self, site_id: str, area: str, upload_id: str | None
    ) -> tuple[tuple[str, datetime, str, Mapping[str, Any]], ...]:
        """Quarantined rows: upload id, when, by whom, the row."""


class Changes(Protocol):
    """What happened to the plan's world."""

    def add(self, change: RecordedChange) -> None:
        """Stores a change."""

    def all(self, site_id: str, area: str) -> tuple[RecordedChange, ...]:
        """Oldest first, undone ones included."""

    def undo(self, change: RecordedChange, *, by: str, at: datetime) -> bool:
        """Marks it undone; False if it was already."""

    def mark(self, site_id: str, area: str, mark: Mark) -> None:
        """Stores an appointment's status, replacing the task's former one."""

    def marks(self, site_id: str, area: str) -> Mapping[str, Mark]:
        """Status by task."""


class Versions(Protocol):
    """Plan versions and whom to call."""

    def add(self, version: Version, appointments: Sequence[Appointment]) -> None:
        """Stores a new version. Raises Conflict if its number is taken."""

    def get(self, site_id: str, area: str, number: int) -> Version | None:
        """The version without its appointments."""

    def list(self, site_id: str, area: str) -> tuple[Version, ...]:
        """Newest first."""

    def appointments(self, site_id: str, area: str, number: int) -> tuple[Appointment, ...]:
        """What the version promises."""

    def move_on(self, version: Version, after: Version) -> bool:
        """Writes the fields of a version's life (status, approval, publication, review); False if its status was
        changed meanwhile."""

    def add_calls(self, calls: Sequence[Call]) -> None:
        """Stores a call list."""

    def calls(self, site_id: str, area: str, version: int | None) -> tuple[Call, ...]:
        """The call list of a version, or of all."""

    def tick(self, call: Call) -> None:
        """Writes a call's tick."""


class JobRows(Protocol):
    """Jobs as rows."""

    def add(self, job: Job) -> None:
        """Stores a queued job. Raises Conflict if the area has an active one."""

    def get(self, job_id: str, *, lock: bool = False) -> Job | None:
        """The job; with ``lock`` nobody else can change it before this unit of work ends."""

    def last(self, site_id: str, area: str) -> Job | None:
        """The active job, else the one asked for last."""

    def save(self, job: Job) -> None:
        """Writes the job."""

    def waiting(self, now: datetime, rung_before: datetime) -> tuple[Job, ...]:
        """Queued jobs not rung since ``rung_before`` and running ones whose lease has expired."""


class ForecastRows(Protocol):
    """Forecasts and the orders accepted on them."""

    def add(self, forecast: Forecast) -> None:
        """Stores a new forecast. Raises Conflict if its number is taken."""

    def get(self, site_id: str, area: str, number: int) -> Forecast | None:
        """The forecast of that number."""

    def last(self, site_id: str, area: str) -> Forecast | None:
        """The newest forecast."""

    def accept(self, forecast: Forecast, *, by: str, at: datetime, order: Mapping[str, Any]) -> bool:
        """Marks the order of a forecast accepted; False if it was already."""


class AskedTexts(Protocol):
    """What people asked the planner."""

    def add(self, text: AskedText) -> None:
        """Stores a text with its cards."""

    def get(self, site_id: str, asked_id: str) -> AskedText | None:
        """The text of that id."""

    def list(self, site_id: str, account_id: str, *, limit: int) -> tuple[AskedText, ...]:
        """A person's texts, newest first."""

    def num_since(self, site_id: str, account_id: str, since: datetime) -> int:
        """How many texts a person has asked since then."""

    def move_on(self, text: AskedText, cards: Sequence[Mapping[str, Any]]) -> bool:
        """Writes the next state of its cards; False if somebody else did first."""


class Audit(Protocol):
    """The append-only log."""

    def head(self, site_id: str) -> tuple[int, str]:
        """Number and hash of the site's last row (0 and "" before the first); nobody else can append before this unit
        of work ends."""

    def last(self, site_id: str) -> tuple[int, str]:
        """The same as ``head`` without holding anybody up."""

    def append(self, entry: AuditEntry) -> None:
        """Stores a row."""

    def list(self, site_id: str, *, limit: int | None, before: int | None = None) -> tuple[AuditEntry, ...]:
        """Newest first."""


class Accounts(Protocol):
    """People and their log-ins."""

    def add(self, account: Account) -> None:
        """Stores an account. Raises Conflict if the name is taken."""

    def get(self, account_id: str) -> Account | None:
        """The account."""

    def named(self, name: str) -> Account | None:
        """The account of that name."""

    def all(self, site_id: str) -> tuple[Account, ...]:
        """The site's accounts by name."""

    def save(self, account: Account) -> None:
        """Writes an account."""

    def open_session(self, session: Session) -> None:
        """Stores a log-in."""

    def session(self, token_hash: str) -> tuple[Session, Account] | None:
        """A log-in and its account."""

    def seen(self, token_hash: str, at: datetime) -> None:
        """Notes activity."""

    def end_session(self, token_hash: str) -> None:
        """Ends one log-in."""

    def end_sessions(self, account_id: str) -> None:
        """Ends all log-ins of an account."""

    def add_try(self, name: str, address: str, at: datetime) -> None:
        """Notes a failed log-in."""

    def forget_tries(self, name: str) -> None:
        """Drops a name's failed log-ins after a good one."""

    def num_tries(self, since: datetime, *, name: str = "", address: str = "") -> int:
        """Failed log-ins of a name or from an address."""


class UnitOfWork(Protocol):
    """One transaction; what was not committed never happened."""

    @property
    def sites(self) -> Sites:
        """Hospitals and counters."""

    @property
    def records(self) -> Records:
        """The hospital's own data."""

    @property
    def uploads(self) -> Uploads:
        """Files on their way in."""

    @property
    def changes(self) -> Changes:
        """What happened."""

    @property
    def versions(self) -> Versions:
        """Plan versions and calls."""

    @property
    def jobs(self) -> JobRows:
        """Solves."""

    @property
    def forecasts(self) -> ForecastRows:
        """Forecasts."""

    @property
    def asked(self) -> AskedTexts:
        """Texts for the planner."""

    @property
    def audit(self) -> Audit:
        """The append-only log."""

    @property
    def accounts(self) -> Accounts:
        """People and log-ins."""

    def commit(self) -> None:
        """Makes it so. Raises Conflict where the database refuses."""


class Store(Protocol):
    """Opens units of work."""

    def reading(self) -> AbstractContextManager[UnitOfWork]:
        """A consistent view; nothing can be written."""

    def writing(self) -> AbstractContextManager[UnitOfWork]:
        """A transaction that may write; rolled back unless committed."""

    def close(self) -> None:
        """Lets go of the database."""
