"""People and their log-ins."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, Row, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from hospital.errors import Conflict
from planning.actors import Role
from planning.rows import Account, Session
from storage.rowwise import from_row, to_row
from storage.tables import accounts, login_tries, sessions


def _account(row: Row[tuple[object, ...]]) -> Account:
    account = from_row(Account, row)
    return replace(account, role=Role(account.role))


class SqlAccounts:
    """See ``planning.ports.Accounts``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, account: Account) -> None:
        """Stores an account. Raises Conflict if the name is taken."""
        try:
            self._connection.execute(insert(accounts).values(to_row(account, accounts)))
        except IntegrityError as error:
            raise Conflict("name_taken", found=account.name) from error

    def get(self, account_id: str) -> Account | None:
        """The account."""
        row = self._connection.execute(select(accounts).where(accounts.c.id == account_id)).first()
        return None if row is None else _account(row)

    def named(self, name: str) -> Account | None:
        """The account of that name."""
        row = self._connection.execute(select(accounts).where(accounts.c.name == name)).first()
        return None if row is None else _account(row)

    def all(self, site_id: str) -> tuple[Account, ...]:
        """The site's accounts by name."""
        query = select(accounts).where(accounts.c.site_id == site_id).order_by(accounts.c.name)
        return tuple(_account(row) for row in self._connection.execute(query))

    def save(self, account: Account) -> None:
        """Writes an account."""
        values = to_row(account, accounts)
        self._connection.execute(update(accounts).where(accounts.c.id == account.id).values(values))

    def open_session(self, session: Session) -> None:
        """Stores a log-in."""
        self._connection.execute(insert(sessions).values(to_row(session, sessions)))

    def session(self, token_hash: str) -> tuple[Session, Account] | None:
        """A log-in and its account."""
        row = self._connection.execute(select(sessions).where(sessions.c.token_hash == token_hash)).first()
        if row is None:
            return None
        account = self.get(row.account_id)
        return None if account is None else (from_row(Session, row), account)

    def seen(self, token_hash: str, at: datetime) -> None:
        """Notes activity."""
        self._connection.execute(update(sessions).where(sessions.c.token_hash == token_hash).values(last_seen=at))

    def end_session(self, token_hash: str) -> None:
        """Ends one log-in."""
        self._connection.execute(delete(sessions).where(sessions.c.token_hash == token_hash))

    def end_sessions(self, account_id: str) -> None:
        """Ends all log-ins of an account."""
        self._connection.execute(delete(sessions).where(sessions.c.account_id == account_id))

    def add_try(self, name: str, address: str, at: datetime) -> None:
        """Notes a failed log-in."""
        self._connection.execute(insert(login_tries).values(name=name[:100], address=address[:100], at=at))

    def forget_tries(self, name: str) -> None:
        """Drops a name's failed log-ins after a good one."""
        self._connection.execute(delete(login_tries).where(login_tries.c.name == name[:100]))

    def num_tries(self, since: datetime, *, name: str = "", address: str = "") -> int:
        """Failed log-ins of a name or from an address."""
        query = select(func.count()).select_from(login_tries).where(login_tries.c.at > since)
        query = query.where(login_tries.c.name == name[:100]) if name else query
        query = query.where(login_tries.c.address == address[:100]) if address else query
        return int(self._connection.execute(query).scalar_one())
