"""The worker's door: what is no ring for a known task is thrown away and counted. It is never repeated in a log, it may be anything."""

from __future__ import annotations

import logging
import threading
from typing import Any

from celery.worker.consumer import Consumer

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
        """One more."""
        with self._lock:
            self._num += 1
            _log.warning("message refused (%s); %s refused so far", why, self._num)


REFUSALS = Refusals()
"""Those of this process: Celery makes its consumer itself, so there is no other way to hand them in."""


class Door(Consumer):  # type: ignore[misc]
    """Celery's consumer, refusing in our way."""

    def on_decode_error(self, message: Any, _exc: Exception) -> None:
        """Not JSON."""
        self._refuse(message, "not readable")

    def on_unknown_message(self, _body: Any, message: Any) -> None:
        """JSON, but no message of ours."""
        self._refuse(message, "no task message")

    def on_unknown_task(self, _body: Any, message: Any, _exc: Exception) -> None:
        """A task we do not have."""
        self._refuse(message, "unknown task")

    def on_invalid_task(self, _body: Any, message: Any, _exc: Exception) -> None:
        """Our task's name on something else."""
        self._refuse(message, "invalid task")

    def _refuse(self, message: Any, why: str) -> None:
        REFUSALS.count(why)
        message.reject_log_error(_log, self.connection_errors)
