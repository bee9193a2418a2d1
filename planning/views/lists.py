"""Uploads, quarantine, audit log, accounts, files to download."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from intake.quarantine import RefusedRow, Warned
from planning.actors import Role
from planning.views.answers import SiteView

if TYPE_CHECKING:
    pass


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
class SampleLoaded:
    """The sample site, its accounts' random passwords (told once), and by area the job that makes its first plan."""

    site: SiteView
    passwords: Mapping[str, str]
    job_ids: Mapping[str, str]


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
