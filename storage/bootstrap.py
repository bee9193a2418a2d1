"""The one place that puts the parts together: settings in, application out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from planning.app import Application, present
from planning.settings import Settings
from storage.database import open_engine
from storage.work import SqlStore


def open_application(settings: Settings, *, clock: Callable[[], datetime] = present) -> Application:
    """The application on the settings' database, its tables up to date. ``clock`` is the aware present; tests hand in
    their own."""
    return Application(SqlStore(open_engine(settings.database)), settings, clock=clock)
