"""The one task: a job's id rings, a visitor goes and looks. Whatever else a message says is refused and counted."""

from __future__ import annotations

import logging
import re
import threading

from celery import Celery

from workers.app import SOLVE
from workers.visit import Visitor

JOB_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")

_log = logging.getLogger(__name__)


class Refusals:
    """How many messages were refused since this process began: forged, malformed, or of a task nobody has."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._num = 0

    @property
    def num(self) -> int:
        """So many until now."""
        return self._num

    def count(self, why: str) -> None:
        """One more. The message itself is not logged: it may be anything."""
        with self._lock:
            self._num += 1
            _log.warning("message refused (%s); %s refused so far", why, self._num)


def add_solve_task(app: Celery, visitor: Visitor, refusals: Refusals) -> None:
    """Teach the application what to do when a job rings."""

    @app.task(name=SOLVE, typing=False, shared=False)  # type: ignore[untyped-decorator]
    def solve(*args: object, **values: object) -> None:
        if len(args) != 1 or values or not isinstance(args[0], str) or not JOB_ID.fullmatch(args[0]):
            refusals.count("not a job id")
            return
        visitor.visit(args[0])
