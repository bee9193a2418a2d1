"""What every process of this package opens first: settings, log, database, broker."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from celery import Celery

from planning.app import Application
from planning.settings import Settings, read_settings
from workers.app import make_app


@dataclass(frozen=True, slots=True)
class Parts:
    """The opened parts of one process."""

    settings: Settings
    application: Application
    app: Celery


def open_parts() -> Parts:
    """Read the settings and open what they name. Raises a CaretableError that says what is missing."""
    from storage.bootstrap import open_application

    settings = read_settings()
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    app = make_app(settings)
    return Parts(settings, open_application(settings), app)
