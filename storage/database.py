"""One engine a process: SQLite or PostgreSQL by URL, migrated when it is opened."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, OperationalError

from hospital.errors import BadSettings, Unavailable

BUSY_S = 30
"""Seconds a writer waits for another one before it gives up."""

_SERVER_PATIENCE = f"-c lock_timeout={BUSY_S}s -c idle_in_transaction_session_timeout=60s"
"""A process frozen in the middle of a transaction must not hold everybody else's rows for ever."""

_MIGRATION_LOCK = 4_201_776


def open_engine(url: str) -> Engine:
    """The engine of that URL, its tables up to date. Raises BadSettings for a bad URL, Unavailable if nobody answers."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise BadSettings("bad_database_url", found=url.split("@")[-1]) from error
    backend = parsed.get_backend_name()
    if backend not in ("sqlite", "postgresql"):
        raise BadSettings("bad_database_url", found=backend)
    if backend == "sqlite" and parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    is_server = backend == "postgresql"
    patience = {"options": _SERVER_PATIENCE} if is_server else {}
    engine = create_engine(url, pool_size=8, max_overflow=56, pool_pre_ping=is_server, connect_args=patience)
    if backend == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    try:
        migrate(engine)
    except OperationalError as error:
        engine.dispose()
        raise Unavailable("no_database", found=parsed.render_as_string(hide_password=True)) from error
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Write-ahead log, foreign keys, patience; transactions are begun by us, never by the driver."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_S * 1000}")
    _turn_on_write_ahead_log(cursor)
    for pragma in ("foreign_keys = ON", "synchronous = FULL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _turn_on_write_ahead_log(cursor: Any) -> None:
    """SQLite does not wait for others while it changes a new file's journal, whatever its patience: so we do."""
    until = time.monotonic() + BUSY_S
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes the write lock at once, so that what it has read still holds when it writes."""
    is_reading = connection.get_execution_options().get("is_reading", False)
    connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")


def migrate(engine: Engine, *, to: str = "head") -> None:
    """Runs the migrations that this database has not seen, up to that revision; processes that start together take turns."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, to)
