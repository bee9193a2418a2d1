"""The unit of work on SQLAlchemy: one connection, one transaction, every repository on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DataError, IntegrityError, InterfaceError, OperationalError

from hospital.errors import BadInput, Conflict, Unavailable
from storage.accounts import SqlAccounts
from storage.asked import SqlAsked
from storage.audit import SqlAudit
from storage.changes import SqlChanges
from storage.forecasts import SqlForecasts
from storage.jobs import SqlJobs
from storage.records import SqlRecords
from storage.sites import SqlSites
from storage.uploads import SqlUploads
from storage.versions import SqlVersions


class SqlWork:
    """One transaction over all repositories; see ``planning.ports.UnitOfWork``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.sites = SqlSites(connection)
        self.records = SqlRecords(connection)
        self.uploads = SqlUploads(connection)
        self.changes = SqlChanges(connection)
        self.versions = SqlVersions(connection)
        self.forecasts = SqlForecasts(connection)
        self.asked = SqlAsked(connection)
        self.jobs = SqlJobs(connection)
        self.audit = SqlAudit(connection)
        self.accounts = SqlAccounts(connection)

    def commit(self) -> None:
        """Makes it so."""
        self._connection.commit()


class SqlStore:
    """Opens units of work on one engine; see ``planning.ports.Store``."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def reading(self) -> Iterator[SqlWork]:
        """A consistent view of the database; writing fails on PostgreSQL and is rolled back everywhere."""
        options: dict[str, Any] = {"is_reading": True}
        if self._engine.dialect.name == "postgresql":
            options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with self._transaction(options) as work:
            yield work

    @contextmanager
    def writing(self) -> Iterator[SqlWork]:
        """A transaction that may write; rolled back unless committed."""
        with self._transaction({}) as work:
            yield work

    @contextmanager
    def _transaction(self, options: dict[str, Any]) -> Iterator[SqlWork]:
        try:
            with self._engine.connect().execution_options(**options) as connection, connection.begin() as transaction:
                yield SqlWork(connection)
                if transaction.is_active:
                    transaction.rollback()
        except IntegrityError as error:
            raise Conflict("changed_meanwhile") from error
        except (DataError, OverflowError) as error:
            raise BadInput("does_not_fit") from error
        except (OperationalError, InterfaceError) as error:
            raise Unavailable("database_busy") from error

    def close(self) -> None:
        """Closes all connections."""
        self._engine.dispose()
