"""The database of a home before its parts start: brought to the present tables, and filled with the sample the first time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from planning.actors import SYSTEM
from planning.app import Application
from planning.commands import LoadSample
from planning.queries import Accounts, Sites
from planning.settings import Settings


@dataclass(frozen=True, slots=True)
class NewAccount:
    """A sample account; its password is known to nobody else and told once."""

    name: str
    password: str
    role: str


class Database:
    """The opened database of this home."""

    def __init__(self, application: Application) -> None:
        self._application = application

    def load_sample_once(self, announce: Callable[[], None]) -> tuple[NewAccount, ...]:
        """Load the sample hospital where no hospital is; the new accounts, none where there was one already."""
        if self._application.ask(SYSTEM, Sites()):
            return ()
        announce()
        loaded = self._application.execute(SYSTEM, LoadSample())
        rows = self._application.ask(SYSTEM.in_site(loaded.site.id), Accounts())
        roles = {row.name: str(row.role) for row in rows}
        return tuple(NewAccount(name, password, roles[name]) for name, password in loaded.passwords.items())


@contextmanager
def prepare_database(settings: Settings) -> Iterator[Database]:
    """Open the database, which brings its tables up to date before any other part reads them."""
    from storage.bootstrap import open_application

    application = open_application(settings)
    try:
        yield Database(application)
    finally:
        application.close()
