"""The tables as they are now. Migrations lead here; a test compares the two. Every row carries its site."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC. SQLite has no zones, so they are put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC on the way in; naive values are a fault of ours."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime on its way into the database")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Aware UTC on the way out."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _site(*, is_key: bool = False) -> Column[Any]:
    return Column("site_id", String(40), ForeignKey("sites.id"), nullable=False, primary_key=is_key)


def _area() -> Column[Any]:
    return Column("area", String(20), nullable=False)


sites = Table(
    "sites",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("name_en", String(200), nullable=False),
    Column("name_zh", String(200), nullable=False),
    Column("timezone", String(60), nullable=False),
    Column("is_sample", Boolean, nullable=False),
    Column("is_deleting", Boolean, nullable=False, server_default=text("false")),
    Column("created", Moment, nullable=False),
)

areas = Table(
    "areas",
    metadata,
    _site(is_key=True),
    Column("area", String(20), primary_key=True),
    Column("head", Integer, nullable=False),
    Column("published", Integer),
    Column("data_revision", Integer, nullable=False),
    Column("changes_revision", Integer, nullable=False),
)

records = Table(
    "records",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    _site(),
    _area(),
    Column("kind", String(40), nullable=False),
    Column("key", String(200), nullable=False),
    Column("payload", JSON, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("source", String(200), nullable=False),
    Column("updated", Moment, nullable=False),
    Column("is_cancelled", Boolean, nullable=False),
    UniqueConstraint("site_id", "area", "kind", "key"),
)

identities = Table(
    "identities",
    metadata,
    _site(is_key=True),
    Column("patient", String(200), primary_key=True),
    Column("payload", JSON, nullable=False),
)

uploads = Table(
    "uploads",
    metadata,
    Column("id", String(40), primary_key=True),
    _site(),
    _area(),
    Column("kind", String(40), nullable=False),
    Column("source", String(200), nullable=False),
    Column("filename", String(300), nullable=False),
    Column("state", String(20), nullable=False),
    Column("by", String(100), nullable=False),
    Column("at", Moment, nullable=False),
    Column("content", JSON, nullable=False),
    Column("summary", JSON, nullable=False),
    CheckConstraint("state IN ('staged', 'applied', 'discarded')", name="state"),
    Index("ix_uploads_area", "site_id", "area", "at"),
)

mappings = Table(
    "mappings",
    metadata,
    _site(is_key=True),
    Column("area", String(20), primary_key=True),
    Column("source", String(200), primary_key=True),
    Column("kind", String(40), primary_key=True),
    Column("mapping", JSON, nullable=False),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    _site(),
    _area(),
    Column("upload_id", String(40), nullable=False),
    Column("at", Moment, nullable=False),
    Column("by", String(100), nullable=False),
    Column("row", JSON, nullable=False),
    Index("ix_quarantine_area", "site_id", "area"),
)

changes = Table(
    "changes",
    metadata,
    Column("id", String(40), primary_key=True),
    _site(),
    _area(),
    Column("number", Integer, nullable=False),
    Column("intent", String(40), nullable=False),
    Column("payload", JSON, nullable=False),
    Column("author_id", String(40), nullable=False),
    Column("author", String(100), nullable=False),
    Column("reason", String(2000), nullable=False),
    Column("at", Moment, nullable=False),
    Column("is_active", Boolean, nullable=False),
    Column("undone_by", String(100)),
    Column("undone_at", Moment),
    UniqueConstraint("site_id", "area", "number"),
)

marks = Table(
    "marks",
    metadata,
    _site(is_key=True),
    Column("area", String(20), primary_key=True),
    Column("task", String(200), primary_key=True),
    Column("resource", String(200), nullable=False),
    Column("start", Moment, nullable=False),
    Column("status", String(20), nullable=False),
    Column("late_min", Integer, nullable=False),
    Column("by", String(100), nullable=False),
    Column("at", Moment, nullable=False),
)

versions = Table(
    "versions",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    _site(),
    _area(),
    Column("number", Integer, nullable=False),
    Column("base", Integer),
    Column("status", String(20), nullable=False),
    Column("origin", String(20), nullable=False),
    Column("author_id", String(40), nullable=False),
    Column("author", String(100), nullable=False),
    Column("created", Moment, nullable=False),
    Column("reason", String(2000), nullable=False),
    Column("data_revision", Integer, nullable=False),
    Column("changes_revision", Integer, nullable=False),
    Column("submitted", Moment),
    Column("approver_id", String(40)),
    Column("approver", String(100)),
    Column("published", Moment),
    Column("publisher", String(100)),
    Column("is_same_day", Boolean, nullable=False),
    Column("reviewer", String(100)),
    Column("reviewed", Moment),
    Column("cost", Float, nullable=False),
    Column("num_planned", Integer, nullable=False),
    Column("num_unplanned", Integer, nullable=False),
    Column("num_moved", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("measured", JSON, nullable=False),
    Column("appointments", LargeBinary, nullable=False),
    UniqueConstraint("site_id", "area", "number"),
    CheckConstraint("status IN ('draft', 'submitted', 'published', 'superseded', 'rejected')", name="status"),
    CheckConstraint("approver_id IS NULL OR approver_id <> author_id", name="two_persons"),
    CheckConstraint(
        "status NOT IN ('published', 'superseded') OR approver_id IS NOT NULL OR (is_same_day AND reason <> '')",
        name="approved",
    ),
    Index(
        "ix_versions_one_published",
        "site_id",
        "area",
        unique=True,
        sqlite_where=text("status = 'published'"),
        postgresql_where=text("status = 'published'"),
    ),
)

calls = Table(
    "calls",
    metadata,
    _site(is_key=True),
    Column("area", String(20), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("request", String(200), primary_key=True),
    Column("patient", String(200), nullable=False),
    Column("old", JSON),
    Column("new", JSON),
    Column("cause", String(40), nullable=False),
    Column("reason", String(2000), nullable=False),
    Column("is_done", Boolean, nullable=False),
    Column("done_by", String(100)),
    Column("done_at", Moment),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", String(40), primary_key=True),
    _site(),
    _area(),
    Column("state", String(20), nullable=False),
    Column("author_id", String(40), nullable=False),
    Column("author", String(100), nullable=False),
    Column("requested", Moment, nullable=False),
    Column("limit_s", Float, nullable=False),
    Column("seed", BigInteger, nullable=False),
    Column("base", Integer, nullable=False),
    Column("min_changes", Boolean, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("fence", Integer, nullable=False),
    Column("worker", String(100), nullable=False),
    Column("lease_expires", Moment),
    Column("rung", Moment),
    Column("is_stopping", Boolean, nullable=False),
    Column("problem_now", Moment),
    Column("data_revision", Integer),
    Column("changes_revision", Integer),
    Column("cost", Float),
    Column("bound", Float),
    Column("seconds", Float, nullable=False),
    Column("num_unplanned", Integer),
    Column("version", Integer),
    Column("error", String(60), nullable=False),
    Column("error_values", JSON, nullable=False),
    Column("ended", Moment),
    Column("log", JSON, nullable=False),
    CheckConstraint("state IN ('queued', 'running', 'done', 'stopped', 'superseded', 'failed')", name="state"),
    Index(
        "ix_jobs_one_active",
        "site_id",
        "area",
        unique=True,
        sqlite_where=text("state IN ('queued', 'running')"),
        postgresql_where=text("state IN ('queued', 'running')"),
    ),
)

forecasts = Table(
    "forecasts",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    _site(),
    _area(),
    Column("number", Integer, nullable=False),
    Column("day", Date, nullable=False),
    Column("created", Moment, nullable=False),
    Column("author_id", String(40), nullable=False),
    Column("author", String(100), nullable=False),
    Column("data_revision", Integer, nullable=False),
    Column("made_from", JSON, nullable=False),
    Column("result", JSON, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("accepted_by", String(100)),
    Column("accepted_at", Moment),
    Column("accepted", JSON, nullable=False),
    UniqueConstraint("site_id", "area", "number"),
)

asked = Table(
    "asked",
    metadata,
    Column("id", String(40), primary_key=True),
    _site(),
    Column("account_id", String(40), nullable=False),
    Column("account", String(100), nullable=False),
    Column("at", Moment, nullable=False),
    _area(),
    Column("text", Text, nullable=False),
    Column("language", String(5), nullable=False),
    Column("reading", JSON, nullable=False),
    Column("cards", JSON, nullable=False),
    Column("revision", Integer, nullable=False),
    Index("ix_asked_site_id_account_id_at", "site_id", "account_id", "at"),
)

audit = Table(
    "audit",
    metadata,
    Column("site_id", String(40), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("account_id", String(40), nullable=False),
    Column("name", String(100), nullable=False),
    Column("role", String(20), nullable=False),
    Column("command", String(60), nullable=False),
    Column("details", JSON, nullable=False),
    Column("reason", String(2000), nullable=False),
    Column("is_refused", Boolean, nullable=False),
    Column("refusal", String(60), nullable=False),
    Column("before", String(64), nullable=False),
    Column("after", String(64), nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)

audit_heads = Table(
    "audit_heads",
    metadata,
    Column("site_id", String(40), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)

accounts = Table(
    "accounts",
    metadata,
    Column("id", String(40), primary_key=True),
    _site(),
    Column("name", String(100), nullable=False, unique=True),
    Column("role", String(20), nullable=False),
    Column("password", String(300), nullable=False),
    Column("language", String(5), nullable=False),
    Column("is_disabled", Boolean, nullable=False),
    Column("created", Moment, nullable=False),
    Column("last_login", Moment),
    CheckConstraint("role IN ('viewer', 'scheduler', 'approver', 'steward', 'administrator')", name="role"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("account_id", String(40), ForeignKey("accounts.id"), nullable=False, index=True),
    Column("created", Moment, nullable=False),
    Column("last_seen", Moment, nullable=False),
)

login_tries = Table(
    "login_tries",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("name", String(100), nullable=False, index=True),
    Column("address", String(100), nullable=False, index=True),
    Column("at", Moment, nullable=False),
)

BY_SITE = (
    records,
    identities,
    uploads,
    mappings,
    quarantine,
    changes,
    marks,
    calls,
    versions,
    forecasts,
    asked,
    jobs,
    areas,
    accounts,
)
"""The tables that DeleteSite empties for a site, in order. The audit log stays."""
