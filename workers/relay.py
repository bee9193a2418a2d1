"""The relay rings the broker for every job that waits. `python -m workers.relay` runs it alone; each worker has one too.

A queued job is its own outbox: whatever is lost between the database and a worker, the next round rings again. Two relays
do no harm, a second message finds the job taken.
"""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable

from celery import Celery

from planning.jobs import Jobs
from workers.app import QUEUE, SOLVE

EVERY_S = 0.5

_log = logging.getLogger(__name__)


def ring(app: Celery, job_id: str) -> None:
    """Send the one message there is: this job waits. Raises where the broker is away."""
    app.send_task(SOLVE, args=(job_id,), queue=QUEUE, retry=False, ignore_result=True)


class Relay(threading.Thread):
    """Rounds through the database until told to stop. A database or broker that is away is waited for."""

    def __init__(self, jobs: Jobs, send: Callable[[str], None], *, every_s: float = EVERY_S) -> None:
        super().__init__(name="relay", daemon=True)
        self._jobs = jobs
        self._send = send
        self._every_s = every_s
        self._is_over = threading.Event()

    def run(self) -> None:
        """Go round until `stop`."""
        while not self._is_over.wait(self._every_s):
            self.round()

    def round(self) -> int:
        """Queue the night's forecasts, ring once for all that is due; the number of messages that reached the broker."""
        num_rung = 0
        try:
            self._jobs.queue_nightly()
            for job_id in self._jobs.due_for_ringing():
                self._send(job_id)
                num_rung += 1
        except Exception as error:  # whatever it is, the next round tries again; a relay that ends helps nobody
            _log.warning("relay: %s: %s", type(error).__name__, error)
        return num_rung

    def stop(self) -> None:
        """No further round; waits for the present one."""
        self._is_over.set()
        if self.is_alive():
            self.join(timeout=10)


def main() -> None:
    """Run a relay alone until SIGTERM or Ctrl-C."""
    from workers.parts import open_parts

    parts = open_parts()
    relay = Relay(parts.application.jobs, lambda job_id: ring(parts.app, job_id))
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: relay.stop())
    relay.run()
    parts.application.close()


if __name__ == "__main__":
    main()
